using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// Counts the cases of a look. Whole units are counted from tallies, exactly; what a filter leaves, or somebody owns or
/// watches elsewhere, is counted in the index that it is listed by, up to <see cref="CaseCounts.Most"/>.
/// </summary>
internal sealed class CaseCounting(Session session, CaseLook look, CaseRanges ranges)
{
    private static readonly StatementFamily<Reach> Tallied = new([Reach.All, Reach.Units], (_, reach) => $"""
        SELECT COALESCE(SUM(x.New), 0) AS {nameof(TallyRow.New)}, COALESCE(SUM(x.InProgress), 0) AS {nameof(TallyRow.InProgress)},
            COALESCE(SUM(x.Waiting), 0) AS {nameof(TallyRow.Waiting)}, COALESCE(SUM(x.Critical), 0) AS {nameof(TallyRow.Critical)},
            COALESCE(SUM(x.Overdue), 0) AS {nameof(TallyRow.Overdue)}
        FROM (
            SELECT t.New, t.InProgress, t.Waiting, t.Critical, CASE WHEN t.FromDay < @month THEN t.New + t.InProgress ELSE 0 END AS Overdue
            FROM CaseTallies t WHERE t.Grain = 1 AND {Of(reach)}
            UNION ALL
            SELECT 0, 0, 0, 0, t.New + t.InProgress
            FROM CaseTallies t WHERE t.Grain = 2 AND t.FromDay >= @month AND t.FromDay < @day AND {Of(reach)}) x
        """);

    // All that is left between the whole days of the tallies and an instant.
    private static readonly StatementFamily<CaseSource> Between = new(
        CaseLook.Sources.Where(source => source.Part is CasePartKind.All or CasePartKind.Region or CasePartKind.Team), (d, source) => $"""
        SELECT COUNT(*) FROM {CaseLook.From(d, source.Lead)}c.Status IN (1, 2) AND c.Severity IN (1, 2, 3, 4) AND c.DueAt >= @dueFrom AND c.DueAt < @dueTo
         AND {RowPolicy.Part(source.Part, "c")} AND {CaseLook.Conditions}
        """);

    private static readonly StatementFamily<CaseSource> Capped = new(CaseLook.Sources, (d, source) => $"""
        SELECT COUNT(*) FROM (
            SELECT c.Id FROM {CaseLook.From(d, source.Lead)}c.Status = @status AND c.Severity = @severity AND c.DueAt >= @dueFrom AND c.DueAt < @dueTo
             AND {RowPolicy.Part(source.Part, "c")} AND {CaseLook.Conditions} ORDER BY c.DueAt {d.Limit("@most")}) n
        """);

    private static readonly StatementFamily<Reach> Resolved = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT COUNT(*) FROM (
            SELECT c.Id FROM Cases c WHERE c.ResolvedAt >= @today AND +c.Severity IN @severities AND {RowPolicy.Cases(reach, "c")} AND {CaseLook.Conditions}
            ORDER BY c.ResolvedAt {d.Limit("@most")}) n
        """);

    private static string Of(Reach reach) =>
        $"{(reach == Reach.All ? "" : "(t.RegionId IN @policyRegions OR t.TeamId IN @policyTeams) AND ")}(@regionId IS NULL OR t.RegionId = @regionId) AND (@teamId IS NULL OR t.TeamId = @teamId)";

    private readonly CaseCount _new = new(), _inProgress = new(), _waiting = new(), _overdue = new(), _resolvedToday = new();

    public async Task<CaseCounts> Counts()
    {
        var parts = RowPolicy.CaseParts(look.Viewer);
        var tallied = look.IsTallied && look.Viewer.Reach is Reach.All or Reach.Units;
        if (tallied)
        {
            var row = await Tallies();
            _new.Add(row.New);
            _inProgress.Add(row.InProgress);
            _waiting.Add(row.Waiting);
            _overdue.Add(row.Overdue);
            foreach (var part in parts.Where(IsUnit)) _overdue.Add(await DueBetween(part, StartOfDay, look.Now));
        }
        foreach (var part in parts.Where(part => !(tallied && IsUnit(part)))) await Add(part);
        if (look.Filter.Overdue != true)
        {
            // The day's are few beside what is open, and with nothing asked for they are counted to the last.
            var most = look.IsTallied ? int.MaxValue : CaseCounts.Most + 1;
            _resolvedToday.Add(await session.Single<int>(Resolved[look.Viewer.Reach], look.Parameters(new { severities = look.Severities, most })), most - 1);
        }
        return CaseCounts.Of(_new, _inProgress, _waiting, _resolvedToday, _overdue);
    }

    /// <summary>The tallies of the units that the viewer sees whole; overdue ones up to the beginning of the UTC day.</summary>
    public Task<TallyRow> Tallies()
    {
        var day = DateOnly.FromDateTime(look.Now.UtcDateTime);
        return session.Single<TallyRow>(Tallied[look.Viewer.Reach], look.Parameters(new { day, month = day.AddDays(1 - day.Day) }));
    }

    /// <summary>How many cases of a unit's part are due from an instant up to another (exclusive).</summary>
    public Task<int> DueBetween(CasePart part, DateTimeOffset from, DateTimeOffset to)
    {
        var (lead, key) = look.Lead(part, CaseStatus.New);
        return session.Single<int>(Between[new CaseSource(part.Kind, lead)], look.Parameters(new { partId = part.UnitId, lead = key, dueFrom = from, dueTo = to }));
    }

    public DateTimeOffset StartOfDay => new(look.Now.UtcDateTime.Date, TimeSpan.Zero);

    public static bool IsUnit(CasePart part) => part.Kind is CasePartKind.All or CasePartKind.Region or CasePartKind.Team;

    private async Task Add(CasePart part)
    {
        if (part.IsWatched)
        {
            var keys = (await ranges.WatchedKeys(part)).Where(key => look.Severities.Contains(key.Severity) && look.IsDue(key.Status, key.DueAt)).ToList();
            foreach (var (count, status) in Lanes) count.Add(keys.Count(key => key.Status == status));
            _overdue.Add(keys.Count(key => key.Status.IsTimed() && key.DueAt < look.Now));
            return;
        }
        foreach (var severity in look.Severities)
        {
            foreach (var (count, status) in Lanes)
            {
                if (look.Due(status) is not { } due) continue;
                await Add(count, part, status, severity, due.From, due.To);
                if (status.IsTimed() && due.From < look.Now) await Add(_overdue, part, status, severity, due.From, look.Now);
            }
        }
    }

    private (CaseCount, CaseStatus)[] Lanes => [(_new, CaseStatus.New), (_inProgress, CaseStatus.InProgress), (_waiting, CaseStatus.Waiting)];

    private async Task Add(CaseCount count, CasePart part, CaseStatus status, CaseSeverity severity, DateTimeOffset from, DateTimeOffset to)
    {
        if (count.IsFull) return;
        var (lead, key) = look.Lead(part, status);
        count.Add(await session.Single<int>(Capped[new CaseSource(part.Kind, lead)], look.Parameters(new
        {
            partId = part.UnitId, lead = key, status, severity, dueFrom = from, dueTo = to, most = CaseCounts.Most + 1,
        })), CaseCounts.Most);
    }

    internal sealed record TallyRow
    {
        public required int New { get; init; }
        public required int InProgress { get; init; }
        public required int Waiting { get; init; }
        public required int Critical { get; init; }
        public required int Overdue { get; init; }

        public int Open => New + InProgress + Waiting;
    }
}

/// <summary>A number that is being counted, exactly or up to a bound.</summary>
internal sealed class CaseCount
{
    public int N { get; private set; }

    /// <summary>Whether there may be more than was counted.</summary>
    public bool IsAtLeast { get; private set; }

    /// <summary>Whether counting on would tell nothing more.</summary>
    public bool IsFull => IsAtLeast && N >= CaseCounts.Most;

    /// <param name="most">A count above this was ended there.</param>
    public void Add(int n, int most = int.MaxValue)
    {
        IsAtLeast |= n > most;
        N += Math.Min(n, most);
    }

    /// <summary>Says that what was counted is not all.</summary>
    public void Leave() => IsAtLeast = true;
}
