using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Walls;

/// <summary>
/// What <see cref="PresentSums"/> gave at an instant, worked out from what is stored: from answers and measurements that had
/// been received by then, the history of cases, and the targets that had been set. Names are today's.
/// </summary>
public sealed class PastSums(Session session, Viewer viewer, DateTimeOffset at) : BoardSums(session, viewer, at)
{
    private static readonly Statement LastAnswer = new(d => $"""
        SELECT a.RespondedAt AS {nameof(LiveNewestAnswer.At)}, s.ExpectedSilenceMinutes
        FROM Answers a JOIN Sources s ON s.Id = a.SourceId WHERE a.RespondedAt <= @latest AND a.ReceivedAt <= @at ORDER BY a.RespondedAt DESC {d.Limit("1")}
        """);

    public override PastInstant Past { get; } = new(at);

    // Days of which something came in later are counted again; of all others the rollups are what they were.
    protected override async Task<IReadOnlyList<RollupRow>> ReadByDay(RollupFilter filter, Viewer eyes)
    {
        var late = await Once(("late", filter.Kind, string.Join(',', filter.Kind == RollupKind.Measure ? filter.MetricIds : []), filter.From, filter.To),
            () => PastDayQuery.Late(Session, filter, At));
        var whole = late.Count == filter.To.DayNumber - filter.From.DayNumber ? [] : await RollupQuery.ByDay(Session, eyes, filter);
        if (late.Count == 0) return whole;
        var counted = await PastDayQuery.ByDay(Session, eyes, filter, late, At);
        return
        [
            .. whole.Where(row => !late.Contains(row.Day!.Value)).Concat(counted)
                .OrderBy(row => row.Code, StringComparer.Ordinal).ThenBy(row => row.KeyId).ThenBy(row => row.Day).ThenBy(row => row.TeamId).ThenBy(row => row.MetricId),
        ];
    }

    protected override Task<IReadOnlyList<LiveHourRow>> ReadScoresSince(RollupBy by, BoardSubject of, DateTimeOffset since, Viewer eyes) =>
        LiveHourQuery.ReadScores(Session, eyes, by, of, since, Past);

    protected override Task<IReadOnlyList<LiveHourMeasure>> ReadMeasuresSince(IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since) =>
        LiveHourQuery.ReadMeasures(Session, Viewer, measures, of, since, Past);

    protected override Task<LiveNewestAnswer?> ReadNewestAnswer() => Session.First<LiveNewestAnswer>(LastAnswer, new { at = At, latest = Past.Latest });

    protected override Task<IReadOnlyList<LiveLowAnswer>> ReadNewest(LiveNewestFilter filter) =>
        LiveNewestQuery.Read(Session, Eyes, filter, IsDisplay, Past);

    protected override Task<LiveCases> ReadCases(BoardSubject of, BusinessCalendar calendar) => PastCasesQuery.Read(Session, Eyes, of, At, calendar);

    protected override Task<long> ReadResolved(BoardSubject of, DateTimeOffset since) => PastCasesQuery.Resolved(Session, Eyes, of, since, At);

    protected override async Task<TargetResolver> ReadTargets(UnitTree units) =>
        new((await TargetQuery.Scores(Session)).Where(target => target.CreatedAt <= At), units);
}
