using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>
/// The scores of a day in the order of their time: what a board showed at each of its minutes follows from them. Only what had
/// come in by the moment that is shown counts, so that the past finds what the present found.
/// </summary>
internal static class LiveMomentsQuery
{
    // What a row is about is sought in what the index of times gives: a day's answers.
    private static readonly StatementFamily<Shape> Moments = new(Shape.All, (_, s) => $"""
        SELECT r.KeyId AS {nameof(LiveMoment.KeyId)}, r.RespondedAt AS {nameof(LiveMoment.At)}, r.Score AS {nameof(LiveMoment.Score)}
        FROM (SELECT RegionId, TeamId, {s.Key} AS KeyId, {s.Metric} AS Score, RespondedAt FROM Answers
              WHERE RespondedAt > @since AND RespondedAt <= @latest AND ReceivedAt <= @at AND {BoardSubject.Condition}) r
        WHERE r.Score IS NOT NULL AND {RollupSights.Condition(s.Sight, s.By, "r")}
        ORDER BY r.RespondedAt
        """);

    private static readonly StatementFamily<RollupSight> Measured = new(Enum.GetValues<RollupSight>(), (_, sight) => $"""
        SELECT r.MeasuredAt AS {nameof(LiveMeasureMoment.At)}, r.Observations AS {nameof(LiveMeasureMoment.N)}, r.Value * r.Observations AS {nameof(LiveMeasureMoment.SumX)},
               r.Value * r.Value * r.Observations AS {nameof(LiveMeasureMoment.SumXX)}
        FROM (SELECT RegionId, TeamId, MeasureId AS KeyId, Value, Observations, MeasuredAt FROM Measurements
              WHERE MeasureId = @measure AND MeasuredAt > @since AND MeasuredAt <= @latest AND ReceivedAt <= @at AND {BoardSubject.Condition}) r
        WHERE {RollupSights.Condition(sight, RollupBy.Company, "r")}
        ORDER BY r.MeasuredAt
        """);

    /// <returns>Oldest first.</returns>
    public static Task<IReadOnlyList<LiveMeasureMoment>> ReadMeasure(Session session, Viewer viewer, int measure, BoardSubject of, DateTimeOffset since, DateTimeOffset at) =>
        session.Query<LiveMeasureMoment>(Measured[RollupSights.Of(viewer, RollupBy.Company)],
            RowPolicy.Parameters(viewer, new { measure, since, at, latest = new PastInstant(at).Latest, of.RegionId, of.TeamId, of.ProductId }));

    /// <returns>Oldest first.</returns>
    public static Task<IReadOnlyList<LiveMoment>> Read(
        Session session, Viewer viewer, RollupBy by, BoardSubject of, Metric metric, DateTimeOffset since, DateTimeOffset at) =>
        session.Query<LiveMoment>(Moments[new Shape(by, metric, RollupSights.Of(viewer, by))],
            RowPolicy.Parameters(viewer, new { since, at, latest = new PastInstant(at).Latest, of.RegionId, of.TeamId, of.ProductId }));

    private sealed record Shape(RollupBy By, Metric Metric, RollupSight Sight)
    {
        public static readonly IEnumerable<Shape> All =
            from what in Enum.GetValues<RollupBy>()
            from metric in Enum.GetValues<Metric>()
            from sight in Enum.GetValues<RollupSight>()
            select new Shape(what, metric, sight);

        public string Key => By switch
        {
            RollupBy.Company => "1",
            RollupBy.Region => "RegionId",
            RollupBy.Team => "TeamId",
            RollupBy.Product => "ProductId",
            RollupBy.Agent => "COALESCE(AgentId, 0)",
            RollupBy.Channel => "ChannelId",
            RollupBy.Segment => "COALESCE(SegmentId, 0)",
        };
    }
}

/// <summary>One measurement: the mean of so many observations, as sums.</summary>
internal sealed record LiveMeasureMoment
{
    public required DateTimeOffset At { get; init; }
    public required long N { get; init; }
    public required double SumX { get; init; }
    public required double SumXX { get; init; }
}

/// <summary>One score of one answer.</summary>
internal sealed record LiveMoment
{
    public required int KeyId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Score { get; init; }
}
