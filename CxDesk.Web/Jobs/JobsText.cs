namespace CxDesk.Web.Jobs;

/// <summary>Names the resource files of the jobs.</summary>
public sealed class JobsText;
