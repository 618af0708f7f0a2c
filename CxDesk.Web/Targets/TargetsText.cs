namespace CxDesk.Web.Targets;

/// <summary>Names the targets' resource files.</summary>
public sealed class TargetsText;
