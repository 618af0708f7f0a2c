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

/// <summary>One score of one answer.</summary>
internal sealed record LiveMoment
{
    public required int KeyId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Score { get; init; }
}
