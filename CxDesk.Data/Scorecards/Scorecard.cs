using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>A breakdown with its total, as one viewer may see it.</summary>
public sealed record Scorecard
{
    private const double Most = 0.5;

    public required ScorecardFilter Filter { get; init; }

    /// <summary>Today was asked for as well, and is shown once it is over: the place is not the viewer's own.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The way to the place, as far as the viewer may go up it: the company first, the place itself last.</summary>
    public required IReadOnlyList<UnitRow> Path { get; init; }

    /// <summary>The agent, product, channel and segment that it is narrowed to.</summary>
    public required ScorecardSubjects Subjects { get; init; }

    /// <summary>What the rows add up to.</summary>
    public required ScorecardRow Total { get; init; }

    /// <summary>In the order that the filter asks for.</summary>
    public required IReadOnlyList<ScorecardRow> Rows { get; init; }

    /// <summary>The rows that can be compared, best first; empty where no comparison was asked for.</summary>
    public IReadOnlyList<Ranked<int>> Ranks { get; init; } = [];

    /// <summary>The change of the total, split by the rows; null where it is withheld, or there is none.</summary>
    public required ChangeSplit? Split { get; init; }

    public UnitRow Place => Path[^1];

    /// <summary>The answers behind its total.</summary>
    public AnswersFilter Answers(Company company) => new(Place, Filter.Indicator, company.StartOf(Filter.From), company.StartOf(Filter.To))
    {
        AgentId = Subjects.Agent?.Id, ProductId = Subjects.Product?.Id, ChannelId = Subjects.Channel?.Id, SegmentId = Subjects.Segment?.Id,
    };

    /// <summary>The row behind most of a change of the total, and how much of it: 0.5 and more. Null where the total did not move, or no row stands out.</summary>
    public (ScorecardRow Row, double Share)? Cause()
    {
        if (Split is not { Verdict: Verdict.Better or Verdict.Worse, Change: { } change and not 0 }) return null;
        var most = Split.Parts.Where(p => p.Key is not null).MaxBy(p => p.Sum / change);
        // A row whose own figures are not to be seen is not named either.
        return most.Key is { } key && most.Sum / change >= Most && Rows.FirstOrDefault(r => r.KeyId == key && r.Verdict != Verdict.TooFew) is { } row ? (row, most.Sum / change) : null;
    }
}
