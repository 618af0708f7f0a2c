namespace CxDesk.Web.Walls;

/// <summary>Marks the words of the screens on a wall.</summary>
public sealed class WallsText;
