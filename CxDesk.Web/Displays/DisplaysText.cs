namespace CxDesk.Web.Displays;

/// <summary>The texts of displays, in every language.</summary>
public sealed class DisplaysText;
