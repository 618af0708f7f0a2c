namespace CxDesk.Web.Warnings;

/// <summary>Names the resource files of the early warning.</summary>
public sealed class WarningsText;
