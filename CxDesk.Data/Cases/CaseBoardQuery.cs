using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// Reads pages of cases and what the board counts, both from one look. First the places of the cases are found in an index
/// (<see cref="CaseRanges"/>, <see cref="CaseTextHits"/>), then their rows are fetched, once.
/// </summary>
public sealed class CaseBoardQuery(Db db, Company company, RegionCalendars calendars)
{
    /// <summary>Words that more cases have than these are looked for along the order of the board, not in the index of words.</summary>
    public int FewHits { get; init; } = 20_000;

    private static readonly StatementFamily<Reach> Rows = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT {CaseBoardRow.Columns} FROM Cases c {CaseBoardRow.Joins} WHERE c.Id IN @ids AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly Statement FindUnit = new(d => $"""
        SELECT Id, Kind FROM Units WHERE Code = @code ORDER BY CASE Kind WHEN 2 THEN 1 WHEN 3 THEN 2 ELSE 3 END {d.Limit("1")}
        """);

    private static readonly Statement FindProduct = new("SELECT Id FROM Products WHERE Code = @code");
    private static readonly Statement FindOwner = new("SELECT Id FROM People WHERE UserName = @name");

    private static readonly StatementFamily<Reach> Units = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT u.Code AS {nameof(CaseChoice.Code)}, u.Name AS {nameof(CaseChoice.Name)}, CASE WHEN u.Kind = 3 THEN r.Name END AS {nameof(CaseChoice.Parent)}
        FROM Units u LEFT JOIN Units r ON r.Id = u.ParentId
        WHERE u.Kind IN (2, 3) AND u.IsNoTeam = 0 AND u.IsActive = 1 AND {reach switch
        {
            Reach.All => "1 = 1",
            Reach.None => "1 = 0",
            Reach.Units => "(u.Id IN @policyRegions OR u.ParentId IN @policyRegions OR u.Id IN @policyTeams)",
            Reach.Own => "u.Id IN @policyTeams",
        }}
        ORDER BY CASE WHEN u.Kind = 3 THEN r.Name ELSE u.Name END, u.Kind, u.Name
        """);

    private static readonly Statement Products = new($"SELECT Code AS {nameof(CaseChoice.Code)}, Name AS {nameof(CaseChoice.Name)}, CAST(NULL AS nvarchar(200)) AS {nameof(CaseChoice.Parent)} FROM Products ORDER BY Name");

    /// <summary>One page with its counts.</summary>
    /// <exception cref="UnknownFilterException">The filter names a unit, a product or an owner that there is not.</exception>
    public Task<CaseBoardPage> Read(
        Viewer viewer, CaseBoardFilter filter, CaseSort sort, int limit, CaseCursor? after = null, CancellationToken cancel = default) => db.Read(async s =>
    {
        var found = new Found(s, FewHits, await Resolve(s, viewer, filter));
        var (rows, next) = await Page(s, found, viewer, filter, sort, limit, after);
        return new CaseBoardPage { AsOf = s.Now, Rows = rows, Next = next, Counts = await found.Counts(), Calendars = await CalendarsOf(s, rows) };
    }, cancel);

    /// <summary>One page and nothing beside it: for whoever goes from page to page.</summary>
    /// <exception cref="UnknownFilterException">As in <see cref="Read"/>.</exception>
    public Task<CaseRows> ReadRows(
        Viewer viewer, CaseBoardFilter filter, CaseSort sort, int limit, CaseCursor? after = null, CancellationToken cancel = default) => db.Read(async s =>
    {
        var (rows, next) = await Page(s, new Found(s, FewHits, await Resolve(s, viewer, filter)), viewer, filter, sort, limit, after);
        return new CaseRows(s.Now, rows, next);
    }, cancel);

    /// <summary>The lanes at once, each from its top: new, in progress, waiting, resolved today; those that the filter names.</summary>
    /// <exception cref="UnknownFilterException">As in <see cref="Read"/>.</exception>
    public Task<CaseLanes> ReadLanes(Viewer viewer, CaseBoardFilter filter, int limit, CancellationToken cancel = default) => db.Read(async s =>
    {
        var found = new Found(s, FewHits, await Resolve(s, viewer, filter));
        var lanes = new SortedDictionary<CaseStatus, IReadOnlyList<CaseBoardRow>>();
        foreach (var lane in CaseLanes.All.Where(lane => filter.Statuses.Count == 0 || filter.Statuses.Contains(lane)))
            lanes[lane] = await ReadRows(s, viewer, lane == CaseStatus.Resolved
                ? await found.Next([CaseStatus.Resolved, CaseStatus.Closed], CaseSort.ResolvedToday, limit, null)
                : await found.Next([lane], CaseSort.Urgency, limit, null));
        return new CaseLanes
        {
            AsOf = s.Now,
            Rows = lanes,
            Counts = await found.Counts(),
            Calendars = await CalendarsOf(s, lanes.Values.SelectMany(rows => rows)),
        };
    }, cancel);

    /// <summary>What a filter can name: units of the viewer's own place, and products.</summary>
    public Task<(IReadOnlyList<CaseChoice> Units, IReadOnlyList<CaseChoice> Products)> ReadChoices(Viewer viewer, CancellationToken cancel = default) =>
        db.Read(async s => (await s.Query<CaseChoice>(Units[viewer.Reach], RowPolicy.Parameters(viewer)), await s.Query<CaseChoice>(Products)), cancel);

    // One place more than asked for tells whether there is another page.
    private static async Task<(IReadOnlyList<CaseBoardRow>, CaseCursor? Next)> Page(
        Session s, Found found, Viewer viewer, CaseBoardFilter filter, CaseSort sort, int limit, CaseCursor? after)
    {
        var places = await found.Next(filter.Statuses.Count > 0 ? filter.Statuses : Enum.GetValues<CaseStatus>(), sort, limit + 1, after);
        return (await ReadRows(s, viewer, [.. places.Take(limit)]), places.Count > limit ? places[limit - 1] : null);
    }

    private static async Task<IReadOnlyList<CaseBoardRow>> ReadRows(Session s, Viewer viewer, IReadOnlyList<CaseCursor> places)
    {
        var rows = new Dictionary<long, CaseBoardRow>();
        // SQL Server takes no more than some two thousand parameters.
        foreach (var ids in places.Select(place => place.Id).Chunk(1_000))
            foreach (var row in await s.Query<CaseBoardRow>(Rows[viewer.Reach], RowPolicy.Parameters(viewer, new { ids }))) rows[row.Id] = row;
        return [.. places.Where(place => rows.ContainsKey(place.Id)).Select(place => rows[place.Id])];
    }

    private async Task<CaseLook> Resolve(Session s, Viewer viewer, CaseBoardFilter filter)
    {
        var unit = filter.Unit is { } code
            ? await s.First<UnitRow>(FindUnit, new { code }) ?? throw new UnknownFilterException("unit", code)
            : null;
        var product = filter.Product is { } productCode
            ? await s.First<int?>(FindProduct, new { code = productCode }) ?? throw new UnknownFilterException("product", productCode)
            : (int?)null;
        int? owner = filter.Owner switch
        {
            null or CaseBoardFilter.None => null,
            CaseBoardFilter.Me => viewer.PersonId ?? throw new UnknownFilterException("owner", CaseBoardFilter.Me),
            var name => await s.First<int?>(FindOwner, new { name = name.ToLowerInvariant() }) ?? throw new UnknownFilterException("owner", name),
        };
        return new CaseLook
        {
            Viewer = viewer,
            Filter = filter,
            Now = s.Now,
            Today = company.StartOf(company.DayOf(s.Now)),
            RegionId = unit is { Kind: UnitKind.Region } ? unit.Id : null,
            TeamId = unit is { Kind: UnitKind.Team } ? unit.Id : null,
            ProductId = product,
            OwnerId = owner,
            Terms = filter.Text is { } text ? SearchWords.Terms(text) : null,
        };
    }

    private async Task<IReadOnlyDictionary<int, BusinessCalendar>> CalendarsOf(Session s, IEnumerable<CaseBoardRow> rows)
    {
        var of = new Dictionary<int, BusinessCalendar>();
        foreach (var region in rows.Select(row => row.RegionId).Distinct()) of[region] = await calendars.Of(s, region);
        return of;
    }

    /// <summary>What a look finds: by its words where it has some, else by the indexes of the order.</summary>
    private sealed class Found(Session session, int few, CaseLook look)
    {
        private readonly CaseRanges _ranges = new(session, look);
        private CaseTextHits? _hits;
        private CaseCounts? _counts;

        private CaseTextHits? Hits => look.Terms is null ? null : _hits ??= new CaseTextHits(session, look, _ranges, few);

        public async Task<IReadOnlyList<CaseCursor>> Next(IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after) =>
            await (Hits?.Next(statuses, sort, limit, after) ?? _ranges.Next(statuses, sort, limit, after));

        public async Task<CaseCounts> Counts() => _counts ??= await (Hits?.Counts() ?? new CaseCounting(session, look, _ranges).Counts());
    }

    private sealed record UnitRow
    {
        public required int Id { get; init; }
        public required UnitKind Kind { get; init; }
    }
}
