using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>One row of a breakdown before anything was withheld.</summary>
public sealed record ScorecardSums
{
    /// <summary>Id of the unit, person, product or channel; 0 for what was sent without one.</summary>
    public required int KeyId { get; init; }

    /// <summary>The code that intake sends.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public bool IsNoTeam { get; init; }
    public required IndicatorSums Now { get; init; }

    /// <summary>The period before; nothing where no change is asked for.</summary>
    public IndicatorSums Before { get; init; }
    public double? Target { get; init; }

    /// <summary>Mean 12-month value of the customers behind it; null where none was sent.</summary>
    public double? CustomerValue { get; init; }

    /// <summary>The viewer may open the answers behind it, so nothing of it is suppressed towards them.</summary>
    public required bool MayOpen { get; init; }
    public DateTimeOffset? NewestAt { get; init; }
}
