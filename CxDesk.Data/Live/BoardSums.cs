using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// Where everything that a board shows gets its sums and rows: one moment, one viewer, one transaction. What several tiles ask
/// for is read once. <see cref="PresentSums"/> reads what is stored now; the past is another reader of the same shape.
/// </summary>
public abstract class BoardSums(Session session, Viewer viewer, DateTimeOffset at)
{
    private readonly Dictionary<object, object> _known = [];
    private readonly List<(RollupFilter Filter, IReadOnlyList<RollupRow> Rows)> _days = [];

    public Session Session => session;

    /// <summary>Who looks. A display holds nothing personal, and is suppressed towards.</summary>
    public Viewer Viewer => viewer;

    /// <summary>The moment that is shown.</summary>
    public DateTimeOffset At => at;

    /// <summary>The moment again, where it is looked back on; null: it is now.</summary>
    public virtual PastInstant? Past => null;

    /// <summary>Whether a display is shown agents' figures. Towards people their place decides.</summary>
    public bool ScoresAgents { get; init; }

    /// <summary>Whether a display is told the names of agents and owners.</summary>
    public bool NamesAgents { get; init; } = true;

    /// <inheritdoc cref="SuppressionLook.OnWall"/>
    public bool OnWall { get; init; }

    /// <summary>What days were read before; null where each is read anew.</summary>
    public RollupMemory? Memory { get; init; }

    public bool IsDisplay => viewer.Reach == Reach.None;

    /// <summary>
    /// As whom rows are read: a display sees those of the whole company, with everything personal taken out of them as they
    /// are read.
    /// </summary>
    protected Viewer Eyes => IsDisplay ? viewer with { Reach = Reach.All } : viewer;

    /// <summary>Sums by day, as <see cref="RollupQuery.ByDay"/> gives them; filters that lie within one read before are answered from it.</summary>
    public async Task<IReadOnlyList<RollupRow>> ByDay(RollupFilter filter)
    {
        foreach (var (read, rows) in _days)
            if (read.Covers(filter)) return read == filter ? rows : [.. rows.Where(filter.Holds)];
        var found = await ReadByDay(filter, filter.By == RollupBy.Agent && ScoresAgents ? Eyes : Viewer);
        _days.Add((filter, found));
        return found;
    }

    /// <summary>Answers given after an instant, by the scores that they gave.</summary>
    public Task<IReadOnlyList<LiveHourRow>> ScoresSince(RollupBy by, BoardSubject of, DateTimeOffset since) =>
        Once((by, of, since), () => ReadScoresSince(by, of, since, by == RollupBy.Agent && ScoresAgents ? Eyes : Viewer));

    /// <summary>Scores given after an instant, in the order of their time.</summary>
    internal Task<IReadOnlyList<LiveMoment>> Moments(RollupBy by, BoardSubject of, Metric metric, DateTimeOffset since) => Once(("moments", by, of, metric, since),
        () => LiveMomentsQuery.Read(session, by == RollupBy.Agent && ScoresAgents ? Eyes : Viewer, by, of, metric, since, at));

    /// <summary>Measurements taken after an instant, in the order of their time.</summary>
    internal Task<IReadOnlyList<LiveMeasureMoment>> MeasureMoments(int measure, BoardSubject of, DateTimeOffset since) =>
        Once(("measured", measure, of, since), () => LiveMomentsQuery.ReadMeasure(session, viewer, measure, of, since, at));

    /// <summary>How long the source of an answer, or of a measurement, of an instant may be silent; null where there is none of it.</summary>
    internal Task<TimeSpan?> Silence(DateTimeOffset itemAt, string? measure) =>
        Once(("silence", itemAt, measure), () => LiveSilenceQuery.Read(session, itemAt, measure));

    /// <summary>The baseline that was in force at the moment; null where there was none.</summary>
    internal Task<XmrBaseline?> Baseline(BaselineSubject subject) =>
        Once(subject, async () => (await BaselineQuery.InForce(session, subject, at))?.Baseline);

    /// <summary>Measurements taken after an instant.</summary>
    public Task<IReadOnlyList<LiveHourMeasure>> MeasuresSince(IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since) =>
        Once((string.Join(',', measures), of, since), () => ReadMeasuresSince(measures, of, since));

    /// <summary>Whether a board of a place shows nothing of today until it is over.</summary>
    internal bool HoldsToday(UnitRow place, UnitTree units) => SuppressionQuery.HoldsToday(viewer, OnWall) && !ScorecardQuery.Inside(viewer, place, units);

    /// <summary>The newest answer of the company; null when there never was one.</summary>
    public Task<LiveNewestAnswer?> NewestAnswer() => Once(nameof(NewestAnswer), ReadNewestAnswer);

    /// <summary>The newest low answers, or the newest comments.</summary>
    public async Task<IReadOnlyList<LiveLowAnswer>> Newest(LiveNewestFilter filter)
    {
        var newest = await Once(filter, () => ReadNewest(filter));
        return !IsDisplay || NamesAgents ? newest
            : [.. newest.Select(a => a with { Agent = null, Comment = PersonalData.Masked(a.Comment, a.Agent) })];
    }

    /// <summary>The open cases of a subject, and which of them press most.</summary>
    /// <param name="calendar">Whose next business hour is "soon".</param>
    public async Task<LiveCases> Cases(BoardSubject of, BusinessCalendar calendar)
    {
        var cases = await Once(("cases", of), () => ReadCases(of, calendar));
        return IsDisplay && !NamesAgents ? cases with { Urgent = [.. cases.Urgent.Select(u => u with { Owner = null })] } : cases;
    }

    /// <summary>What is withheld from the viewer of the figures of units and products in some days; null for somebody who may open all that they see.</summary>
    /// <param name="today">The day of the moment that is shown.</param>
    internal Task<SuppressionStretches?> Withheld(Metric metric, DateOnly from, DateOnly to, DateOnly today, int minimumN)
    {
        // Most of a board lies within a month: it is asked for once.
        var begin = SuppressionStretches.Begin(from);
        return Once(("withheld", metric, begin, to), async () => await SuppressionQuery.Read(session, viewer, RollupKind.Score, (int)metric,
            new SuppressionLook(today, minimumN, Memory)
            {
                OnWall = OnWall, Past = Past?.At, Late = Past is null ? [] : [.. await PastDayQuery.Late(this, new RollupFilter(RollupBy.Company, metric, begin, to))],
            }, (begin, to)));
    }

    /// <summary>The same of what was answered after an instant.</summary>
    internal async Task<SuppressionTable?> WithheldSince(Metric metric, DateTimeOffset since, int minimumN) =>
        await Once(("withheld", since), () => SuppressionQuery.Since(session, viewer, since, Past)) is not { } cells ? null
        : await Once(("withheld", metric, since), () => Task.FromResult(SuppressionTable.Of(cells[metric], _ => false, minimumN, isHeld: SuppressionQuery.HoldsToday(viewer, OnWall))));

    /// <summary>Cases of a subject that were resolved from an instant on, and not reopened since.</summary>
    public Task<long> Resolved(BoardSubject of, DateTimeOffset since) => Once(("resolved", of, since), () => ReadResolved(of, since));

    /// <summary>The targets as they were known at the moment.</summary>
    public Task<TargetResolver> Targets(UnitTree units) => Once(nameof(Targets), () => ReadTargets(units));

    /// <summary>What is read once and then known, by what was asked.</summary>
    internal async Task<T> Once<T>(object asked, Func<Task<T>> read)
    {
        if (_known.TryGetValue(asked, out var known)) return (T)known;
        var found = await read();
        _known[asked] = found!;
        return found;
    }

    protected abstract Task<IReadOnlyList<RollupRow>> ReadByDay(RollupFilter filter, Viewer eyes);
    protected abstract Task<IReadOnlyList<LiveHourRow>> ReadScoresSince(RollupBy by, BoardSubject of, DateTimeOffset since, Viewer eyes);
    protected abstract Task<IReadOnlyList<LiveHourMeasure>> ReadMeasuresSince(IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since);
    protected abstract Task<LiveNewestAnswer?> ReadNewestAnswer();
    protected abstract Task<IReadOnlyList<LiveLowAnswer>> ReadNewest(LiveNewestFilter filter);
    protected abstract Task<LiveCases> ReadCases(BoardSubject of, BusinessCalendar calendar);
    protected abstract Task<long> ReadResolved(BoardSubject of, DateTimeOffset since);
    protected abstract Task<TargetResolver> ReadTargets(UnitTree units);
}

/// <summary>The newest answer, and how long its source may be silent.</summary>
public sealed record LiveNewestAnswer
{
    public required DateTimeOffset At { get; init; }
    public required int ExpectedSilenceMinutes { get; init; }
    public TimeSpan Silence => TimeSpan.FromMinutes(ExpectedSilenceMinutes);
}
