namespace CxDesk.Web.Cases;

/// <summary>The texts of the desk itself: keys, moves, columns, saved views, print.</summary>
public sealed class DeskText;
