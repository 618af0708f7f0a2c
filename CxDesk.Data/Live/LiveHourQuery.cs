using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>
/// What came in since an instant, straight from the answers and measurements: rollups know days only. Seen as far as
/// rollups are (<see cref="RollupSights"/>).
/// </summary>
public static class LiveHourQuery
{
    // The join leaves out answers without an agent. A condition for it would lead the planner to the index of agents, and
    // through every answer there is.
    private static readonly StatementFamily<Shape> Scores = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, k.Code, k.Name, g.Csat, g.Nps, g.Ces, g.N, g.NewestAt
        FROM (
            SELECT {s.Key} AS KeyId, r.Csat, r.Nps, r.Ces, COUNT(*) AS N, MAX(r.RespondedAt) AS NewestAt
            FROM (SELECT RegionId, TeamId, {s.Inner} AS KeyId, Csat, Nps, Ces, RespondedAt FROM Answers
                  WHERE RespondedAt > @since{(s.IsPast ? " AND RespondedAt <= @latest AND ReceivedAt <= @at" : "")} AND {BoardSubject.Condition}) r
            WHERE {RollupSights.Condition(s.Sight, s.By, "r")}
            GROUP BY {(s.By == RollupBy.Company ? "" : s.Key + ", ")}r.Csat, r.Nps, r.Ces
        ) g
        JOIN {s.Names} k ON k.Id = g.KeyId
        ORDER BY k.Code, g.KeyId
        """);

    private static readonly StatementFamily<(RollupSight Sight, bool IsPast)> Measures = new(
        Enum.GetValues<RollupSight>().SelectMany(sight => (IEnumerable<(RollupSight, bool)>)[(sight, false), (sight, true)]), (_, s) => $"""
        SELECT r.KeyId AS {nameof(LiveHourMeasure.MeasureId)}, SUM(r.Observations) AS {nameof(LiveHourMeasure.N)},
               SUM(r.Value * r.Observations) AS {nameof(LiveHourMeasure.SumX)},
               SUM(r.Value * r.Value * r.Observations) AS {nameof(LiveHourMeasure.SumXX)}, MAX(r.MeasuredAt) AS {nameof(LiveHourMeasure.NewestAt)}
        FROM (SELECT RegionId, TeamId, MeasureId AS KeyId, Value, Observations, MeasuredAt FROM Measurements
              WHERE MeasureId IN @measures AND MeasuredAt > @since{(s.IsPast ? " AND MeasuredAt <= @latest AND ReceivedAt <= @at" : "")} AND {BoardSubject.Condition}) r
        WHERE {RollupSights.Condition(s.Sight, RollupBy.Company, "r")}
        GROUP BY r.KeyId
        """);

    /// <param name="past">Null: what is stored now; else what had been received by then.</param>
    internal static Task<IReadOnlyList<LiveHourRow>> ReadScores(
        Session session, Viewer viewer, RollupBy by, BoardSubject of, DateTimeOffset since, PastInstant? past = null) =>
        session.Query<LiveHourRow>(Scores[new Shape(by, RollupSights.Of(viewer, by), past is not null)],
            RowPolicy.Parameters(viewer, new { since, at = past?.At, latest = past?.Latest, of.RegionId, of.TeamId, of.ProductId }));

    /// <inheritdoc cref="ReadScores"/>
    internal static Task<IReadOnlyList<LiveHourMeasure>> ReadMeasures(
        Session session, Viewer viewer, IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since, PastInstant? past = null) =>
        session.Query<LiveHourMeasure>(Measures[(RollupSights.Of(viewer, RollupBy.Company), past is not null)],
            RowPolicy.Parameters(viewer, new { since, measures, at = past?.At, latest = past?.Latest, of.RegionId, of.TeamId, of.ProductId }));

    private sealed record Shape(RollupBy By, RollupSight Sight, bool IsPast)
    {
        public static readonly IEnumerable<Shape> All =
            from what in Enum.GetValues<RollupBy>()
            from sight in Enum.GetValues<RollupSight>()
            from isPast in (bool[])[false, true]
            select new Shape(what, sight, isPast);

        // The outer key of the company is a constant, which T-SQL does not group by.
        public string Key => By == RollupBy.Company ? "1" : "r.KeyId";

        public string Inner => By switch
        {
            RollupBy.Company or RollupBy.Region => "RegionId",
            RollupBy.Product => "ProductId",
            RollupBy.Agent => "AgentId",
            RollupBy.Team => "TeamId",
            RollupBy.Channel => "ChannelId",
            RollupBy.Segment => "SegmentId",
        };

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

/// <summary>So many answers with these three scores.</summary>
public sealed record LiveHourRow
{
    public required int KeyId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required int? Csat { get; init; }
    public required int? Nps { get; init; }
    public required int? Ces { get; init; }
    public required long N { get; init; }
    public required DateTimeOffset NewestAt { get; init; }

    public ScoreSums Of(Metric metric)
    {
        var value = metric switch { Metric.Csat => Csat, Metric.Nps => Nps, Metric.Ces => Ces };
        return value is { } x ? ScoreSums.Of(x, N) : default;
    }
}

public sealed record LiveHourMeasure
{
    public required int MeasureId { get; init; }
    public required long N { get; init; }
    public required double SumX { get; init; }
    public required double SumXX { get; init; }
    public required DateTimeOffset NewestAt { get; init; }
}
