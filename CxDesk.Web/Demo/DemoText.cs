namespace CxDesk.Web.Demo;

/// <summary>Names the resource files of the demo's banner.</summary>
public sealed class DemoText;
