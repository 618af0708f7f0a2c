using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>Section <c>Scorecards</c> of the settings; live boards keep to it as well.</summary>
public sealed class ScorecardsOptions : ISettings
{
    /// <summary>A score of fewer answers is withheld from whoever may not open them, and is no verdict to anybody.</summary>
    public int MinimumN { get; set; } = ScoreStatistics.MinimumN;

    public IEnumerable<string> Faults()
    {
        if (MinimumN < 1) yield return "Scorecards:MinimumN: 1 or more.";
    }
}
