using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>What became of low scores: the cases of each row of a scorecard, of those in the viewer's units.</summary>
public static class ScorecardCasesQuery
{
    private static readonly StatementFamily<Shape> Open = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, SUM(g.IsOpen) AS {nameof(KeyRow.NOpen)}, SUM(g.IsOverdue) AS {nameof(KeyRow.NOverdue)}
        FROM (
            SELECT COALESCE({s.Key}, 0) AS KeyId, 1 AS IsOpen, CASE WHEN c.DueAt < @now AND c.Status < 3 THEN 1 ELSE 0 END AS IsOverdue
            FROM Cases c {s.Join} WHERE c.Status IN (1, 2, 3) AND {s.Place("c")} AND {s.Narrowed}
        ) g
        GROUP BY g.KeyId
        """);

    private static readonly StatementFamily<Shape> Resolved = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, SUM(g.IsResolved) AS {nameof(KeyRow.NResolved)}, SUM(g.IsInTime) AS {nameof(KeyRow.NInTime)}
        FROM (
            SELECT COALESCE({s.Key}, 0) AS KeyId, 1 AS IsResolved, CASE WHEN c.ResolvedInTime = 1 THEN 1 ELSE 0 END AS IsInTime
            FROM Cases c {s.Join} WHERE c.ResolvedAt >= @from AND c.ResolvedAt < @to AND {s.Place("+c")} AND {s.Narrowed}
        ) g
        GROUP BY g.KeyId
        """);

    private static readonly StatementFamily<Shape> Blocks = new(Shape.All.Where(s => !s.OfAnswer), (_, s) => $"""
        SELECT g.KeyId, SUM(g.NResolved) AS {nameof(KeyRow.NResolved)}, SUM(g.NInTime) AS {nameof(KeyRow.NInTime)}
        FROM ({s.OfBlocks(28, "fours")} UNION ALL {s.OfBlocks(7, "weeks")}{(s.BlockLevel == 2 ? " UNION ALL " + s.OfBlocks(1, "ones") : "")}) g
        GROUP BY g.KeyId
        """);

    /// <summary>Open and overdue as they stand now, resolved in the period; by the key of the row, whatever has any; null for somebody who does not see all cases of any row.</summary>
    /// <returns>Under 0 those of no agent or segment, where each was counted by itself: blocks do not know them.</returns>
    /// <param name="from">The first instant of the first day, <paramref name="to"/> that of the day after the last.</param>
    public static async Task<IReadOnlyDictionary<int, ScorecardCases>?> Read(Session session, Viewer viewer, RollupFilter filter, DateTimeOffset from, DateTimeOffset to)
    {
        // An agent sees some of the cases about them and not others: a part of them would be no figure.
        if (viewer.Reach is Reach.Own or Reach.None) return null;
        var shape = Shape.Of(viewer, filter);
        var rows = (await session.Query<KeyRow>(Open[shape], Parameters(new { now = session.Now }))).ToList();
        var cover = filter.Keys.Count > 0 ? new CaseCover([(from, to)], [], [], []) : await CaseBlocks.Cover(session, from, to, withOnes: shape.BlockLevel == 2);
        foreach (var span in cover.Spans) rows.AddRange(await session.Query<KeyRow>(Resolved[shape], Parameters(new { from = span.From, to = span.To })));
        if (cover.Ones.Count + cover.Weeks.Count + cover.Fours.Count > 0)
            rows.AddRange(await session.Query<KeyRow>(Blocks[shape], Parameters(new { ones = cover.Ones, weeks = cover.Weeks, fours = cover.Fours })));
        var found = rows.GroupBy(r => r.KeyId).ToDictionary(g => g.Key, g => new ScorecardCases(g.Sum(r => r.NOpen), g.Sum(r => r.NOverdue), g.Sum(r => r.NResolved), g.Sum(r => r.NInTime)));
        if (cover is { Ones: [], Weeks: [], Fours: [] }) found.TryAdd(0, default);
        else found.Remove(0);
        return found;

        object Parameters(object own)
        {
            var parameters = RowPolicy.Parameters(viewer, new
            {
                region = filter.RegionId, team = filter.TeamId, agent = filter.AgentId, product = filter.ProductId, channel = filter.ChannelId, segment = filter.SegmentId,
            });
            parameters.AddDynamicParams(own);
            return parameters;
        }
    }

    /// <summary>The cases of the whole where the rows hold each of them once; null where they do not, as those of no agent or segment may be missing.</summary>
    public static IReadOnlyDictionary<int, ScorecardCases>? Whole(RollupBy by, int wholeKey, IReadOnlyDictionary<int, ScorecardCases>? rows) =>
        rows is null || (by is RollupBy.Agent or RollupBy.Channel or RollupBy.Segment && !rows.ContainsKey(0)) ? null
        : new Dictionary<int, ScorecardCases>
        {
            [wholeKey] = rows.Values.Aggregate(default(ScorecardCases), (a, b) => new ScorecardCases(a.Open + b.Open, a.Overdue + b.Overdue, a.Resolved + b.Resolved, a.InTime + b.InTime)),
        };

    /// <param name="Parent">The place: 1 the company, 2 a region, 3 a team.</param>
    private sealed record Shape(Reach Reach, RollupBy By, int Parent, bool OfAnswer)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in (Reach[])[Reach.All, Reach.Units]
            from what in Enum.GetValues<RollupBy>()
            from parent in (int[])[1, 2, 3]
            from ofAnswer in (bool[])[false, true]
            select new Shape(reach, what, parent, ofAnswer);

        public static Shape Of(Viewer viewer, RollupFilter filter) => new(viewer.Reach, filter.By,
            filter.TeamId is not null ? 3 : filter.RegionId is not null ? 2 : 1, filter.ChannelId is not null || filter.SegmentId is not null);

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

        private (RollupAxis Axis, string Key) BlockKey => By switch
        {
            RollupBy.Company => (RollupAxis.Team, "1"),
            RollupBy.Region => (RollupAxis.Team, "b.RegionId"),
            RollupBy.Team => (RollupAxis.Team, "b.TeamId"),
            RollupBy.Agent => (RollupAxis.Agent, "b.KeyId"),
            RollupBy.Product => (RollupAxis.Product, "b.KeyId"),
            RollupBy.Channel => (RollupAxis.Channel, "b.KeyId"),
            RollupBy.Segment => (RollupAxis.Segment, "b.KeyId"),
        };

        /// <summary>2 where whole regions do, 3 where teams matter.</summary>
        public int BlockLevel => By is RollupBy.Team or RollupBy.Agent || Parent == 3 || Reach != Reach.All ? 3 : 2;

        // A case knows its channel and segment by the answer that opened it.
        public string Join => OfAnswer || By is RollupBy.Channel or RollupBy.Segment ? "JOIN Answers a ON a.Id = c.AnswerId" : "";

        /// <remarks>A plus keeps engines from looking for an index here.</remarks>
        public string Place(string alias) => Parent switch { 1 => "1 = 1", 2 => $"{alias}.RegionId = @region", _ => $"{alias}.TeamId = @team" };

        // Where the rows are figures of units, so are their cases: what somebody owns or watches elsewhere is no part of them.
        public string Narrowed => $"""
            (@agent IS NULL OR c.AgentId = @agent) AND (@product IS NULL OR c.ProductId = @product)
              AND {(OfAnswer ? "(@channel IS NULL OR a.ChannelId = @channel) AND (@segment IS NULL OR a.SegmentId = @segment)" : "1 = 1")} AND {RowPolicy.Answers(Reach, "c")}
            """;

        public string OfBlocks(int days, string list) => $"""
            SELECT {BlockKey.Key} AS KeyId, b.NResolved, b.NInTime FROM BlockCases b
            WHERE b.Days = {days} AND b.FromDay IN @{list} AND b.Level = {BlockLevel} AND b.Axis = {(int)BlockKey.Axis}
              AND {(Parent == 3 ? "b.RegionId IN (SELECT u.Id FROM Units u WHERE u.Kind = 2) AND " : "")}{Place("b")} AND {RowPolicy.Answers(Reach, "b")}
            """;
    }

    private sealed record KeyRow
    {
        public required int KeyId { get; init; }
        public int NOpen { get; init; }
        public int NOverdue { get; init; }
        public int NResolved { get; init; }
        public int NInTime { get; init; }
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
