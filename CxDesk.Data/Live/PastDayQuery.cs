using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>Counts days as they stood at an instant, from the answers and measurements that had been received by then: the rows that rollups gave.</summary>
public static class PastDayQuery
{
    private static readonly Statement LateAnswers = new("""
        SELECT d.Day FROM RollupDays d WHERE d.Day >= @from AND d.Day < @to AND EXISTS (SELECT 1 FROM Answers a WHERE a.Day = d.Day AND a.ReceivedAt > @at)
        """);

    private static readonly Statement LateMeasurements = new("""
        SELECT d.Day FROM RollupDays d
        WHERE d.Day >= @from AND d.Day < @to AND EXISTS (SELECT 1 FROM Measurements m WHERE m.MeasureId IN @metrics AND m.Day = d.Day AND m.ReceivedAt > @at)
        """);

    private static readonly StatementFamily<Shape> Counted = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, k.Code, k.Name, {(s.By == RollupBy.Team ? "k.IsNoTeam" : "0")} AS {nameof(RollupRow.IsNoTeam)},
               g.RegionId, g.TeamId, g.MetricId, g.Day, g.N, g.SumX, g.SumXX, g.V0, g.V1, g.V2, g.V3, g.V4, g.V5, g.V6, g.V7, g.V8, g.V9, g.V10, g.NewestAt
        FROM (
            SELECT {s.Key} AS KeyId, {s.Region} AS RegionId, {s.Team} AS TeamId, r.MetricId, r.Day,
                   SUM(r.N) AS N, SUM(r.N * r.X) AS SumX, SUM(r.N * r.X * r.X) AS SumXX,
                   {string.Join(", ", Enumerable.Range(0, 11).Select(v => s.IsMeasure ? $"0 AS V{v}" : $"SUM(CASE WHEN r.X = {v} THEN 1 ELSE 0 END) AS V{v}"))},
                   MAX(r.At) AS NewestAt
            FROM ({s.Source}) r
            WHERE r.X IS NOT NULL AND {BoardSubject.Condition}{(s.By == RollupBy.Agent ? " AND (@AgentId IS NULL OR r.KeyId = @AgentId)" : "")} AND {RollupSights.Condition(s.Sight, s.By, "r")}
            GROUP BY {s.Groups}r.MetricId, r.Day
        ) g
        JOIN {s.Names} k ON k.Id = g.KeyId
        """);

    /// <summary>The days of a filter of which something was received after the moment that is shown.</summary>
    public static Task<IReadOnlySet<DateOnly>> Late(BoardSums sums, RollupFilter filter)
    {
        var metrics = filter.Kind == RollupKind.Measure ? filter.MetricIds : [];
        return sums.Once(("late", filter.Kind, string.Join(',', metrics), filter.From, filter.To), async () =>
        {
            var asked = new { metrics, from = filter.From, to = filter.To, at = sums.At };
            return (IReadOnlySet<DateOnly>)(filter.Kind switch
            {
                RollupKind.Score => await sums.Session.Query<DateOnly>(LateAnswers, asked),
                RollupKind.Measure => await sums.Session.Query<DateOnly>(LateMeasurements, asked),
                RollupKind.Rating => throw new NotSupportedException("No wall shows ratings."),
            }).ToHashSet();
        });
    }

    /// <summary>The rows of a filter, of some days, as <see cref="RollupQuery.ByDay"/> gave them at an instant; in no order.</summary>
    public static Task<IReadOnlyList<RollupRow>> ByDay(Session session, Viewer viewer, RollupFilter filter, IReadOnlySet<DateOnly> days, DateTimeOffset at) =>
        session.Query<RollupRow>(Counted[new Shape(filter.By, RollupSights.Of(viewer, filter.By), filter.Kind == RollupKind.Measure)],
            RowPolicy.Parameters(viewer, new { days, at, metrics = filter.MetricIds, filter.RegionId, filter.TeamId, filter.AgentId, filter.ProductId }));

    private sealed record Shape(RollupBy By, RollupSight Sight, bool IsMeasure)
    {
        public static readonly IEnumerable<Shape> All =
            from what in Enum.GetValues<RollupBy>()
            from sight in Enum.GetValues<RollupSight>()
            from isMeasure in (bool[])[false, true]
            select new Shape(what, sight, isMeasure);

        public string Key => By == RollupBy.Company ? "1" : "r.KeyId";
        public string Region => By switch { RollupBy.Region or RollupBy.Agent => "r.RegionId", RollupBy.Team => "MAX(r.RegionId)", _ => "0" };
        public string Team => By is RollupBy.Team or RollupBy.Agent ? "r.TeamId" : "0";
        public string Groups => By switch
        {
            RollupBy.Company => "",
            RollupBy.Product or RollupBy.Channel or RollupBy.Segment => "r.KeyId, ",
            RollupBy.Region => "r.KeyId, r.RegionId, ",
            RollupBy.Team => "r.KeyId, r.TeamId, ",
            RollupBy.Agent => "r.KeyId, r.RegionId, r.TeamId, ",
        };

        // The join with the names leaves out what has no agent, or a measurement without region or product.
        private string KeyColumn => By switch
        {
            RollupBy.Company or RollupBy.Region => "RegionId",
            RollupBy.Team => "TeamId",
            RollupBy.Agent => "AgentId",
            RollupBy.Product => "ProductId",
            RollupBy.Channel => "ChannelId",
            RollupBy.Segment => "SegmentId",
        };

        public string Source => IsMeasure
            ? $"""
               SELECT m.MeasureId AS MetricId, m.Day, COALESCE(m.RegionId, 0) AS RegionId, COALESCE(m.TeamId, 0) AS TeamId, m.ProductId, {(By == RollupBy.Segment ? "(SELECT a.SegmentId FROM Answers a WHERE a.Id = m.AnswerId)" : "m." + KeyColumn)} AS KeyId, m.MeasuredAt AS At,
                      m.Observations AS N, m.Value AS X
               FROM Measurements m WHERE m.MeasureId IN @metrics AND m.Day IN @days AND m.ReceivedAt <= @at
               """
            : $"""
               SELECT k.MetricId, a.Day, a.RegionId, a.TeamId, a.ProductId, a.{KeyColumn} AS KeyId, a.RespondedAt AS At, 1 AS N,
                      CASE k.MetricId WHEN {(int)Metric.Csat} THEN a.Csat WHEN {(int)Metric.Nps} THEN a.Nps ELSE a.Ces END AS X
               FROM Answers a CROSS JOIN (SELECT {(int)Metric.Csat} AS MetricId UNION ALL SELECT {(int)Metric.Nps} UNION ALL SELECT {(int)Metric.Ces}) k
               WHERE a.Day IN @days AND a.ReceivedAt <= @at AND k.MetricId IN @metrics
               """;

        public string Names => By switch
        {
            RollupBy.Company or RollupBy.Region or RollupBy.Team => "Units",
            RollupBy.Agent => "(SELECT Id, COALESCE(AgentCode, Name) AS Code, Name FROM People)",
            RollupBy.Product => "Products",
            RollupBy.Channel => "Channels",
            RollupBy.Segment => "Segments",
        };
    }
}
