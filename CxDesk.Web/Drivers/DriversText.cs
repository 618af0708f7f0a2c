namespace CxDesk.Web.Drivers;

/// <summary>Names the drivers' resource files.</summary>
public sealed class DriversText;
