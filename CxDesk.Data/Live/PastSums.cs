using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// What <see cref="PresentSums"/> gave at an instant, worked out from what is stored: from answers and measurements that had
/// been received by then, the history of cases and units, and the targets that had been set. Names of products and people are
/// today's.
/// </summary>
/// <param name="units">As they stood then.</param>
public sealed class PastSums(Session session, Viewer viewer, DateTimeOffset at, UnitTree units) : BoardSums(session, viewer, at)
{
    private static readonly Statement LastAnswer = new(d => $"""
        SELECT a.RespondedAt AS {nameof(LiveNewestAnswer.At)}, s.ExpectedSilenceMinutes
        FROM Answers a JOIN Sources s ON s.Id = a.SourceId WHERE a.RespondedAt <= @latest AND a.ReceivedAt <= @at ORDER BY a.RespondedAt DESC {d.Limit("1")}
        """);

    public override PastInstant Past { get; } = new(at);

    // Days of which something came in later are counted again; of all others the rollups are what they were.
    protected override async Task<IReadOnlyList<RollupRow>> ReadByDay(RollupFilter filter, Viewer eyes)
    {
        var late = await PastDayQuery.Late(this, filter);
        var whole = late.Count == filter.To.DayNumber - filter.From.DayNumber ? []
            : Memory is null ? await RollupQuery.ByDay(Session, eyes, filter) : await Memory.ByDay(Session, eyes, filter);
        var counted = late.Count == 0 ? [] : await PastDayQuery.ByDay(Session, eyes, filter, late, At);
        return
        [
            .. whole.Where(row => !late.Contains(row.Day!.Value)).Concat(counted).Select(row => Named(filter.By, row.KeyId) is { } name ? row with { Name = name } : row)
                .OrderBy(row => row.Code, StringComparer.Ordinal).ThenBy(row => row.KeyId).ThenBy(row => row.Day).ThenBy(row => row.TeamId).ThenBy(row => row.MetricId),
        ];
    }

    protected override async Task<IReadOnlyList<LiveHourRow>> ReadScoresSince(RollupBy by, BoardSubject of, DateTimeOffset since, Viewer eyes) =>
        [.. (await LiveHourQuery.ReadScores(Session, eyes, by, of, since, Past)).Select(row => Named(by, row.KeyId) is { } name ? row with { Name = name } : row)];

    protected override Task<IReadOnlyList<LiveHourMeasure>> ReadMeasuresSince(IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since) =>
        LiveHourQuery.ReadMeasures(Session, Viewer, measures, of, since, Past);

    protected override Task<LiveNewestAnswer?> ReadNewestAnswer() => Session.First<LiveNewestAnswer>(LastAnswer, new { at = At, latest = Past.Latest });

    protected override Task<IReadOnlyList<LiveLowAnswer>> ReadNewest(LiveNewestFilter filter) =>
        LiveNewestQuery.Read(Session, Eyes, filter, IsDisplay, Past);

    protected override Task<LiveCases> ReadCases(BoardSubject of, BusinessCalendar calendar) => PastCasesQuery.Read(Session, Eyes, of, At, calendar);

    protected override Task<long> ReadResolved(BoardSubject of, DateTimeOffset since) => PastCasesQuery.Resolved(Session, Eyes, of, since, At);

    protected override async Task<TargetResolver> ReadTargets(UnitTree units) =>
        new((await TargetQuery.All(Session)).Where(target => target.CreatedAt <= At), units, new TargetRules((await TargetQuery.Rules(Session)).Where(rule => rule.CreatedAt <= At)));

    private string? Named(RollupBy by, int id) => by is RollupBy.Region or RollupBy.Team ? units.Find(id)?.Name : null;
}
