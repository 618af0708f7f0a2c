using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Rollups;

/// <summary>The first and the last day that there are figures of: days beyond them are empty because nothing was sent, not because nothing went wrong.</summary>
public static class RollupSpanQuery
{
    private static readonly StatementFamily<Shape> End = new(Shape.All, (d, s) => $"""
        SELECT r.Day
        FROM Rollups r WHERE r.Axis = 1 AND r.Kind = @kind AND r.MetricId = @metric AND {RollupSights.Condition(s.Sight, RollupBy.Company, "r")}
        ORDER BY r.Day{(s.IsLast ? " DESC" : "")}
        {d.Limit("@count")}
        """);

    /// <returns>Both inclusive; null where the viewer sees none.</returns>
    public static async Task<RollupSpan?> Read(Session session, Viewer viewer, Indicator indicator)
    {
        var sight = RollupSights.Of(viewer, RollupBy.Company);
        var parameters = RowPolicy.Parameters(viewer, new { kind = (int)indicator.Kind, metric = indicator.MetricId, count = 1 });
        return await session.First<DayRow>(End[new Shape(sight, false)], parameters) is { } first && await session.First<DayRow>(End[new Shape(sight, true)], parameters) is { } last
            ? new RollupSpan(first.Day, last.Day) : null;
    }

    private sealed record Shape(RollupSight Sight, bool IsLast)
    {
        public static readonly IEnumerable<Shape> All =
            from sight in (RollupSight[])[RollupSight.All, RollupSight.Units, RollupSight.Teams]
            from last in (bool[])[false, true]
            select new Shape(sight, last);
    }

    private sealed record DayRow
    {
        public required DateOnly Day { get; init; }
    }
}

/// <summary>Days of the company's zone, both inclusive.</summary>
public readonly record struct RollupSpan(DateOnly First, DateOnly Last)
{
    /// <summary>How many of some days lie outside.</summary>
    /// <param name="to">The day after the last.</param>
    public int Missing(DateOnly from, DateOnly to)
    {
        var (begin, end) = (from > First ? from : First, to <= Last ? to : Last.AddDays(1));
        return to.DayNumber - from.DayNumber - Math.Max(0, end.DayNumber - begin.DayNumber);
    }
}
