namespace CxDesk.Web.Scorecards;

/// <summary>Names the scorecards' resource files.</summary>
public sealed class ScorecardsText;
