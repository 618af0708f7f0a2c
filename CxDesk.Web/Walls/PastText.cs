namespace CxDesk.Web.Walls;

/// <summary>The texts of walls of the past: PastText.resx and PastText.zh-Hans.resx.</summary>
public sealed class PastText;
