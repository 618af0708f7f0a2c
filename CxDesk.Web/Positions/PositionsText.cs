namespace CxDesk.Web.Positions;

/// <summary>Names the position map's resource files.</summary>
public sealed class PositionsText;
