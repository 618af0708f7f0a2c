using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record ScorecardFilter(RollupBy By, Indicator Indicator, DateOnly From, DateOnly To)
{
    public ScorecardFilter(RollupBy by, Metric metric, DateOnly from, DateOnly to) : this(by, Indicator.Of(metric), from, to) { }

    /// <summary>First day of what it is held against. Unless said otherwise that is the equally long period before.</summary>
    public DateOnly BeforeFrom { get; init; } = From.AddDays(From.DayNumber - To.DayNumber);

    /// <summary>The day after the last of what it is held against, which shares no day with the period.</summary>
    public DateOnly BeforeTo { get; init; } = From;

    /// <summary>The first day of both.</summary>
    public DateOnly ReadFrom => BeforeFrom < From ? BeforeFrom : From;

    /// <summary>The day after the last of both.</summary>
    public DateOnly ReadTo => BeforeTo > To ? BeforeTo : To;

    /// <summary>Code of the region or team to look into; null for the company.</summary>
    public string? Parent { get; init; }

    /// <summary>Codes of what it is narrowed to besides; null for all.</summary>
    public string? Agent { get; init; }
    public string? Product { get; init; }
    public string? Channel { get; init; }
    public string? Segment { get; init; }

    public ScorecardSort Sort { get; init; }
    public ScorecardCompare Compare { get; init; }
}
