using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using Dapper;

namespace CxDesk.Data.Cases;

/// <summary>Reads pages of cases and what the board counts, both from one base: policy and filter are the same text.</summary>
public sealed class CaseBoardQuery(Db db, Company company, RegionCalendars calendars)
{
    private static readonly IReadOnlyList<Base> Bases =
        [.. from reach in RowPolicy.Reaches from owner in Enum.GetValues<OwnerShape>() from text in (bool[])[false, true] select new Base(reach, owner, text)];

    private static readonly StatementFamily<Shape> Page = new(
        from b in Bases
        from sort in Enum.GetValues<CaseSort>()
        from onlyOpen in (bool[])[false, true]
        from after in (bool[])[false, true]
        select new Shape(b, sort, onlyOpen, after),
        (d, shape) => $"""
        SELECT {CaseBoardRow.Columns}
        FROM ({CaseKeyset.Page(d, shape.Sort, shape.After, Conditions(d, shape))}) f JOIN Cases c ON c.Id = f.Id {CaseBoardRow.Joins}
        ORDER BY {CaseKeyset.Order(shape.Sort, "c")}
        """);

    private static readonly StatementFamily<Base> Count = new(Bases, (d, b) => $"""
        SELECT COALESCE(SUM(f.IsNew), 0) AS {nameof(CaseCounts.New)}, COALESCE(SUM(f.IsWorked), 0) AS {nameof(CaseCounts.InProgress)},
            COALESCE(SUM(f.IsWaiting), 0) AS {nameof(CaseCounts.Waiting)}, COALESCE(SUM(f.IsResolved), 0) AS {nameof(CaseCounts.ResolvedToday)},
            COALESCE(SUM(f.IsOverdue), 0) AS {nameof(CaseCounts.Overdue)}
        FROM (
            SELECT CASE WHEN c.Status = 1 THEN 1 ELSE 0 END AS IsNew, CASE WHEN c.Status = 2 THEN 1 ELSE 0 END AS IsWorked,
                CASE WHEN c.Status = 3 THEN 1 ELSE 0 END AS IsWaiting, 0 AS IsResolved, {IsOverdue} AS IsOverdue
            FROM Cases c WHERE c.Status < 4 AND {Conditions(d, b)}
            UNION ALL
            SELECT 0 AS IsNew, 0 AS IsWorked, 0 AS IsWaiting, 1 AS IsResolved, 0 AS IsOverdue
            FROM Cases c WHERE c.Status IN (4, 5) AND c.ResolvedAt >= @today AND {Conditions(d, b)}) f
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

    private const string IsOverdue = "CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END";

    private static string Conditions(SqlDialect d, Shape shape)
    {
        var lane = shape.Sort == CaseSort.ResolvedToday ? "c.Status IN (4, 5) AND c.ResolvedAt >= @today AND " : shape.OnlyOpen ? "c.Status < 4 AND " : "c.RowVersion > 0 AND ";
        // The plus, here and at the severity, keeps engines from gathering by a list and sorting: the index of the order is to be walked.
        return $"{lane}+c.Status IN @statuses AND {Conditions(d, shape.Base)}";
    }

    private static string Conditions(SqlDialect d, Base b)
    {
        var owner = b.Owner switch
        {
            OwnerShape.Any => "",
            OwnerShape.Is => " AND c.OwnerId = @ownerId",
            OwnerShape.Nobody => " AND c.OwnerId IS NULL",
        };
        var text = b.HasText ? $"""

             AND (c.Id = @textId
                OR EXISTS (SELECT 1 FROM Customers qk WHERE qk.Id = c.CustomerId AND ({d.Contains("qk.Name", "@text")} OR {d.Contains("qk.Code", "@text")}))
                OR EXISTS (SELECT 1 FROM CaseAnswers qc JOIN Answers qa ON qa.Id = qc.AnswerId WHERE qc.CaseId = c.Id AND {d.Contains("qa.Comment", "@text")}))
            """ : "";
        return $"""
            {RowPolicy.Cases(b.Reach, "c")} AND +c.Severity IN @severities
             AND (@regionId IS NULL OR c.RegionId = @regionId) AND (@teamId IS NULL OR c.TeamId = @teamId)
             AND (@productId IS NULL OR c.ProductId = @productId) AND (@overdue IS NULL OR {IsOverdue} = @overdue){owner}{text}
            """;
    }

    /// <summary>What the board sends when nobody has set a filter, for the test of its plan.</summary>
    public static Statement DefaultBoard(bool after) => Page[new Shape(new Base(Reach.All, OwnerShape.Any, false), CaseSort.Urgency, OnlyOpen: true, after)];

    /// <summary>One page with its counts.</summary>
    /// <exception cref="UnknownFilterException">The filter names a unit, a product or an owner that there is not.</exception>
    public Task<CaseBoardPage> Read(
        Viewer viewer, CaseBoardFilter filter, CaseSort sort, int limit, CaseCursor? after = null, CancellationToken cancel = default) => db.Read(async s =>
    {
        var (b, parameters) = await Resolve(s, viewer, filter);
        var rows = await ReadRows(s, b, parameters, filter.Statuses, sort, limit, after);
        return new CaseBoardPage
        {
            AsOf = s.Now,
            Rows = rows.Count > limit ? [.. rows.Take(limit)] : rows,
            Next = rows.Count > limit ? rows[limit - 1].Cursor(sort) : null,
            Counts = await s.Single<CaseCounts>(Count[b], parameters),
            Calendars = await CalendarsOf(s, rows),
        };
    }, cancel);

    /// <summary>The lanes at once, each from its top: new, in progress, waiting, resolved today; those that the filter names.</summary>
    /// <exception cref="UnknownFilterException">As in <see cref="Read"/>.</exception>
    public Task<CaseLanes> ReadLanes(Viewer viewer, CaseBoardFilter filter, int limit, CancellationToken cancel = default) => db.Read(async s =>
    {
        var (b, parameters) = await Resolve(s, viewer, filter);
        var lanes = new SortedDictionary<CaseStatus, IReadOnlyList<CaseBoardRow>>();
        foreach (var lane in CaseLanes.All.Where(lane => filter.Statuses.Count == 0 || filter.Statuses.Contains(lane)))
        {
            var rows = lane == CaseStatus.Resolved
                ? await ReadRows(s, b, parameters, [CaseStatus.Resolved, CaseStatus.Closed], CaseSort.ResolvedToday, limit, null)
                : await ReadRows(s, b, parameters, [lane], CaseSort.Urgency, limit, null);
            lanes[lane] = [.. rows.Take(limit)];
        }
        return new CaseLanes
        {
            AsOf = s.Now,
            Rows = lanes,
            Counts = await s.Single<CaseCounts>(Count[b], parameters),
            Calendars = await CalendarsOf(s, lanes.Values.SelectMany(rows => rows)),
        };
    }, cancel);

    /// <summary>What a filter can name: units of the viewer's own place, and products.</summary>
    public Task<(IReadOnlyList<CaseChoice> Units, IReadOnlyList<CaseChoice> Products)> ReadChoices(Viewer viewer, CancellationToken cancel = default) =>
        db.Read(async s => (await s.Query<CaseChoice>(Units[viewer.Reach], RowPolicy.Parameters(viewer)), await s.Query<CaseChoice>(Products)), cancel);

    // One row more than asked for tells whether there is another page.
    private static Task<IReadOnlyList<CaseBoardRow>> ReadRows(
        Session s, Base b, DynamicParameters shared, IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after)
    {
        var parameters = new DynamicParameters(shared);
        parameters.AddDynamicParams(new
        {
            statuses = statuses.Count > 0 ? statuses : Enum.GetValues<CaseStatus>(),
            limit = limit + 1,
            afterSeverity = after?.Severity,
            afterAt = after?.At,
            afterValue = after?.Value,
            afterId = after?.Id,
        });
        var onlyOpen = statuses.Count > 0 && statuses.All(status => status.IsOpen());
        return s.Query<CaseBoardRow>(Page[new Shape(b, sort, onlyOpen, after is not null)], parameters);
    }

    private async Task<(Base, DynamicParameters)> Resolve(Session s, Viewer viewer, CaseBoardFilter filter)
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
        var parameters = RowPolicy.Parameters(viewer, new
        {
            now = s.Now,
            today = company.StartOf(company.DayOf(s.Now)),
            severities = filter.Severities.Count > 0 ? filter.Severities : Enum.GetValues<CaseSeverity>(),
            regionId = unit is { Kind: 2 } ? unit.Id : (int?)null,
            teamId = unit is { Kind: 3 } ? unit.Id : (int?)null,
            productId = product,
            ownerId = owner,
            overdue = filter.Overdue is { } overdue ? overdue ? 1 : 0 : (int?)null,
            text = filter.Text,
            textId = CaseReference.TryParse(filter.Text, out var id) ? id : (long?)null,
        });
        var shape = filter.Owner is null ? OwnerShape.Any : filter.Owner == CaseBoardFilter.None ? OwnerShape.Nobody : OwnerShape.Is;
        return (new Base(viewer.Reach, shape, filter.Text is not null), parameters);
    }

    private async Task<IReadOnlyDictionary<int, BusinessCalendar>> CalendarsOf(Session s, IEnumerable<CaseBoardRow> rows)
    {
        var of = new Dictionary<int, BusinessCalendar>();
        foreach (var region in rows.Select(row => row.RegionId).Distinct()) of[region] = await calendars.Of(s, region);
        return of;
    }

    /// <summary>Which conditions stand in the text. What an index can serve is a shape; the rest are parameters that may be null.</summary>
    private readonly record struct Base(Reach Reach, OwnerShape Owner, bool HasText);

    private readonly record struct Shape(Base Base, CaseSort Sort, bool OnlyOpen, bool After);

    private enum OwnerShape { Any, Is, Nobody }

    private sealed record UnitRow
    {
        public required int Id { get; init; }
        public required int Kind { get; init; }
    }
}
