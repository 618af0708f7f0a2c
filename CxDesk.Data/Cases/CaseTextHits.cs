using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// Finds cases by their words. What few cases have is gathered from the index of words, and put in order; for what many
/// have the cases are walked in their order and their words looked at, which soon fills a page. The index says, by a
/// count that ends early, which of both it is.
/// </summary>
/// <param name="few">So many are gathered at most.</param>
internal sealed class CaseTextHits(Session session, CaseLook look, CaseRanges ranges, int few)
{
    // So many cases were walked in vain that the words must be rarer among those asked for than they are elsewhere.
    private const int InVain = 10_000;

    private const string SqliteHits = "SELECT x.rowid AS CaseId FROM CaseWords x WHERE x.CaseWords MATCH @match ORDER BY x.rowid DESC LIMIT @most";
    private const string SqlServerHits = """
        SELECT x.CaseId FROM CaseWords x WHERE x.Word >= @wordFrom AND x.Word < @wordTo ORDER BY x.Word, x.CaseId OFFSET 0 ROWS FETCH NEXT @most ROWS ONLY
        """;

    private static readonly Statement Frequency = new(d => $"SELECT COUNT(*) FROM ({(d == SqlDialect.Sqlite ? SqliteHits : SqlServerHits)}) n");

    private static readonly StatementFamily<Reach> Hits = new(RowPolicy.Reaches, (d, reach) => d == SqlDialect.Sqlite
        ? $"""
        SELECT {Columns} FROM ({SqliteHits}) f CROSS JOIN Cases c
        WHERE c.Id = f.CaseId AND {Conditions(reach)}
        """
        : $"""
        SELECT {Columns} FROM (SELECT DISTINCT h.CaseId FROM ({SqlServerHits}) h) f JOIN Cases c ON c.Id = f.CaseId
        WHERE NOT EXISTS (
            SELECT 1 FROM STRING_SPLIT(@prefixes, N' ') v WHERE NOT EXISTS (
                SELECT 1 FROM CaseWords w WHERE w.CaseId = f.CaseId AND w.Word LIKE CONCAT(v.value, N'%') COLLATE Latin1_General_BIN2))
         AND {Conditions(reach)}
        """);

    private static readonly StatementFamily<Reach> Named = new(RowPolicy.Reaches, (_, reach) => $"SELECT {Columns} FROM Cases c WHERE c.Id = @caseId AND {Conditions(reach)}");

    private const string Columns = "c.Id, c.Status, c.Severity, c.OpenedAt, c.DueAt, c.Value12m, c.ResolvedAt";

    private static string Conditions(Reach reach) => $"+c.Status IN @statuses AND +c.Severity IN @severities AND {RowPolicy.Cases(reach, "c")} AND {CaseLook.Conditions}";

    private IReadOnlyList<HitRow>? _hits;
    private bool _many;

    public async Task<IReadOnlyList<CaseCursor>> Next(IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after)
    {
        var hits = await Load();
        return _many ? await Walk(statuses, sort, limit, after) : Sorted(hits, statuses, sort, limit, after);
    }

    public async Task<CaseCounts> Counts()
    {
        var hits = await Load();
        return CaseCounts.Of(
            Count(hit => hit.Status == CaseStatus.New && look.IsDue(hit.Status, hit.DueAt)),
            Count(hit => hit.Status == CaseStatus.InProgress && look.IsDue(hit.Status, hit.DueAt)),
            Count(hit => hit.Status == CaseStatus.Waiting && look.IsDue(hit.Status, hit.DueAt)),
            Count(hit => hit.ResolvedAt >= look.Today && look.Filter.Overdue != true),
            Count(hit => hit.Status.IsTimed() && hit.DueAt < look.Now && look.Filter.Overdue != false));

        CaseCount Count(Func<HitRow, bool> isOne)
        {
            var count = new CaseCount();
            count.Add(hits.Count(isOne), CaseCounts.Most);
            if (_many) count.Leave();
            return count;
        }
    }

    /// <summary>All that is found; where it is many, the newest of it.</summary>
    private async ValueTask<IReadOnlyList<HitRow>> Load()
    {
        if (_hits is not null) return _hits;
        var terms = look.Terms!;
        if (terms.IsNothing) return _hits = [];
        if (terms.CaseId is { } caseId)
        {
            var named = await session.Query<HitRow>(Named[look.Viewer.Reach], look.Parameters(new { caseId, statuses = Enum.GetValues<CaseStatus>(), severities = look.Severities }));
            var words = await CaseSearch.Words(session, named.Select(hit => hit.Id));
            return _hits = [.. named.Where(hit => SearchWords.Find(terms, words[hit.Id]))];
        }
        return _hits = session.Dialect.Provider == DatabaseProvider.Sqlite ? await LoadByMatch(terms.Prefixes) : await LoadByWord(terms.Prefixes);
    }

    // A prefix that is a common word itself is known for one by that word alone, which is read no further than asked; the full-text
    // index gathers all that a prefix finds before it tells the first. So such prefixes are asked of the cases, not of the index.
    private async Task<IReadOnlyList<HitRow>> LoadByMatch(IReadOnlyList<string> prefixes)
    {
        var words = Match(prefixes, "");
        if (await Count(words) > few) return await Newest(words);
        List<string> rare = [];
        foreach (var prefix in prefixes)
            if (prefixes.Count == 1 || await Count(Match([prefix], "")) <= few) rare.Add(prefix);
        var match = Match(rare.Count > 0 ? rare : prefixes, " *");
        if (await Count(match) > few) return await Newest(Match(prefixes, " *"));
        var hits = await Gather(new { match, most = few }, Enum.GetValues<CaseStatus>());
        if (rare.Count == 0 || rare.Count == prefixes.Count) return hits;
        var found = await CaseSearch.Words(session, hits.Select(hit => hit.Id));
        return [.. hits.Where(hit => SearchWords.Find(look.Terms!, found[hit.Id]))];

        Task<int> Count(string match) => session.Single<int>(Frequency, new { match, most = few + 1 });

        Task<IReadOnlyList<HitRow>> Newest(string match)
        {
            _many = true;
            return Gather(new { match, most = Said }, Enum.GetValues<CaseStatus>());
        }
    }

    // One prefix leads, the rarest; the others are looked up.
    private async Task<IReadOnlyList<HitRow>> LoadByWord(IReadOnlyList<string> prefixes)
    {
        var (rarest, frequency) = ("", int.MaxValue);
        foreach (var prefix in prefixes)
            if (await session.Single<int>(Frequency, ByWord(prefix, few + 1)) is var n && n < frequency) (rarest, frequency) = (prefix, n);
        _many = frequency > few;
        return await Gather(ByWord(rarest, _many ? Said : few), Enum.GetValues<CaseStatus>());
    }

    // Of many a part says that there are many.
    private int Said => Math.Min(few, 3 * CaseCounts.Most);

    private static string Match(IEnumerable<string> prefixes, string end) => string.Join(" AND ", prefixes.Select(prefix => $"\"{prefix}\"{end}"));

    private object ByWord(string prefix, int most) => new { wordFrom = prefix, wordTo = prefix + '\uFFFF', prefixes = string.Join(' ', look.Terms!.Prefixes), most };

    private object All() => session.Dialect.Provider == DatabaseProvider.Sqlite
        ? new { match = Match(look.Terms!.Prefixes, " *"), most = int.MaxValue }
        : ByWord(look.Terms!.Prefixes.MaxBy(prefix => prefix.Length)!, int.MaxValue);

    private Task<IReadOnlyList<HitRow>> Gather(object hits, IReadOnlyList<CaseStatus> statuses)
    {
        var parameters = look.Parameters(new { statuses, severities = look.Severities });
        parameters.AddDynamicParams(hits);
        return session.Query<HitRow>(Hits[look.Viewer.Reach], parameters);
    }

    private async Task<IReadOnlyList<CaseCursor>> Walk(IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after)
    {
        var found = new List<CaseCursor>();
        var (place, walked) = (after, 0);
        for (var step = 4 * limit; ; step = Math.Min(2 * step, 2_000))
        {
            var next = await ranges.Next(statuses, sort, step, place);
            var words = await CaseSearch.Words(session, next.Select(at => at.Id));
            found.AddRange(next.Where(at => SearchWords.Find(look.Terms!, words[at.Id])));
            if (found.Count >= limit) return [.. found.Take(limit)];
            if (next.Count < step) return found;
            place = next[^1];
            if ((walked += step) >= InVain) return Sorted(await Gather(All(), statuses), statuses, sort, limit, after);
        }
    }

    private IReadOnlyList<CaseCursor> Sorted(IReadOnlyList<HitRow> hits, IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after) =>
    [
        .. hits.Where(hit => statuses.Contains(hit.Status) && look.IsDue(hit.Status, hit.DueAt) && (sort != CaseSort.ResolvedToday || hit.ResolvedAt >= look.Today))
            .Select(hit => new CaseCursor(sort, hit.Severity, sort switch
            {
                CaseSort.Urgency or CaseSort.Due => hit.DueAt,
                CaseSort.Newest => hit.OpenedAt,
                CaseSort.ResolvedToday => hit.ResolvedAt!.Value,
            }, hit.Value12m, hit.Id))
            .Where(place => after is null || place.CompareTo(after) > 0)
            .Order().Take(limit),
    ];

    private sealed record HitRow
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required decimal Value12m { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
    }
}
