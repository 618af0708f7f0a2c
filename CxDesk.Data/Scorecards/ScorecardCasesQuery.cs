using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>What became of low scores: the cases of each row of a scorecard, of those that the viewer may see.</summary>
internal static class ScorecardCasesQuery
{
    private static readonly StatementFamily<Shape> Counts = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, SUM(g.IsOpen) AS {nameof(KeyRow.NOpen)}, SUM(g.IsOverdue) AS {nameof(KeyRow.NOverdue)},
               SUM(g.IsResolved) AS {nameof(KeyRow.NResolved)}, SUM(g.IsInTime) AS {nameof(KeyRow.NInTime)}
        FROM (
            SELECT {s.Key} AS KeyId, 1 AS IsOpen, CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END AS IsOverdue, 0 AS IsResolved, 0 AS IsInTime
            FROM Cases c {s.Join} WHERE c.Status < 4 AND {s.Narrowed}
            UNION ALL
            SELECT {s.Key} AS KeyId, 0 AS IsOpen, 0 AS IsOverdue, 1 AS IsResolved, CASE WHEN c.ResolvedInTime = 1 THEN 1 ELSE 0 END AS IsInTime
            FROM Cases c {s.Join} WHERE c.ResolvedAt >= @from AND c.ResolvedAt < @to AND {s.Narrowed}
        ) g
        WHERE g.KeyId IS NOT NULL
        GROUP BY g.KeyId
        """);

    /// <summary>Open and overdue as they stand now, resolved in the period; by the key of the row, whatever has any; null for somebody who does not see all cases of any row.</summary>
    /// <param name="from">The first instant of the first day, <paramref name="to"/> that of the day after the last.</param>
    public static async Task<IReadOnlyDictionary<int, ScorecardCases>?> Read(Session session, Viewer viewer, RollupFilter filter, DateTimeOffset from, DateTimeOffset to)
    {
        // An agent sees some of the cases about them and not others: a part of them would be no figure.
        if (viewer.Reach is Reach.Own or Reach.None) return null;
        var rows = await session.Query<KeyRow>(Counts[new Shape(viewer.Reach, filter.By, filter.ChannelId is not null || filter.SegmentId is not null)], RowPolicy.Parameters(viewer, new
        {
            now = session.Now, from, to, region = filter.RegionId, team = filter.TeamId, agent = filter.AgentId, product = filter.ProductId, channel = filter.ChannelId, segment = filter.SegmentId,
        }));
        return rows.ToDictionary(r => r.KeyId, r => new ScorecardCases(r.NOpen, r.NOverdue, r.NResolved, r.NInTime));
    }

    /// <summary>The cases of the whole where the rows hold each of them once; null where they do not, as an agent or a segment may be missing.</summary>
    public static IReadOnlyDictionary<int, ScorecardCases>? Whole(RollupBy by, int wholeKey, IReadOnlyDictionary<int, ScorecardCases>? rows) =>
        rows is null || by is not (RollupBy.Company or RollupBy.Region or RollupBy.Team or RollupBy.Product) ? null
        : new Dictionary<int, ScorecardCases>
        {
            [wholeKey] = rows.Values.Aggregate(default(ScorecardCases), (a, b) => new ScorecardCases(a.Open + b.Open, a.Overdue + b.Overdue, a.Resolved + b.Resolved, a.InTime + b.InTime)),
        };

    private sealed record Shape(Reach Reach, RollupBy By, bool OfAnswer)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in (Reach[])[Reach.All, Reach.Units]
            from what in Enum.GetValues<RollupBy>()
            from ofAnswer in (bool[])[false, true]
            select new Shape(reach, what, ofAnswer);

        public string Key => By switch
        {
            RollupBy.Company => "1",
            RollupBy.Region => "c.RegionId",
            RollupBy.Team => "c.TeamId",
            RollupBy.Agent => "c.AgentId",
            RollupBy.Product => "c.ProductId",
            RollupBy.Channel => "a.ChannelId",
            RollupBy.Segment => "a.SegmentId",
        };

        // A case knows its channel and segment by the answer that opened it.
        public string Join => OfAnswer || By is RollupBy.Channel or RollupBy.Segment ? "JOIN Answers a ON a.Id = c.AnswerId" : "";

        public string Narrowed => $"""
            (@region IS NULL OR c.RegionId = @region) AND (@team IS NULL OR c.TeamId = @team) AND (@agent IS NULL OR c.AgentId = @agent)
              AND (@product IS NULL OR c.ProductId = @product) AND {(OfAnswer ? "(@channel IS NULL OR a.ChannelId = @channel) AND (@segment IS NULL OR a.SegmentId = @segment)" : "1 = 1")} AND {RowPolicy.Cases(Reach, "c")}
            """;
    }

    private sealed record KeyRow
    {
        public required int KeyId { get; init; }
        public required int NOpen { get; init; }
        public required int NOverdue { get; init; }
        public required int NResolved { get; init; }
        public required int NInTime { get; init; }
    }
}

/// <param name="Open">Open now, whenever they were opened.</param>
/// <param name="Overdue">Of these, past their deadline now.</param>
/// <param name="Resolved">Resolved in the period.</param>
/// <param name="InTime">Of these, within their deadline.</param>
public readonly record struct ScorecardCases(int Open, int Overdue, int Resolved, int InTime)
{
    /// <summary>0–1; null where none was resolved.</summary>
    public double? InTimeShare => Resolved == 0 ? null : (double)InTime / Resolved;
}
