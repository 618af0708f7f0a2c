namespace CxDesk.Web.Curves;

/// <summary>Names the resource files of the service level curve.</summary>
public sealed class CurvesText;
