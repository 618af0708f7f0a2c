using CxDesk.Data.Database;
using CxDesk.Data.People;
using Dapper;

namespace CxDesk.Data.Cases;

/// <summary>The index that a read of cases goes by; its first column has the value <c>@lead</c>.</summary>
internal enum CaseLead { Board, Region, Team, Product, Owner, Nobody }

/// <summary>A filter whose names are found: who looks, at which cases, when.</summary>
internal sealed record CaseLook
{
    public required Viewer Viewer { get; init; }
    public required CaseBoardFilter Filter { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Where today begins in the company's zone.</summary>
    public required DateTimeOffset Today { get; init; }
    public required int? RegionId { get; init; }
    public required int? TeamId { get; init; }
    public required int? ProductId { get; init; }
    public required int? OwnerId { get; init; }

    /// <summary>What the text asks for; null where there is none.</summary>
    public required SearchTerms? Terms { get; init; }

    /// <summary>A look without a filter.</summary>
    public static CaseLook AtAll(Viewer viewer, DateTimeOffset now) => new()
    {
        Viewer = viewer, Filter = new(), Now = now, Today = now, RegionId = null, TeamId = null, ProductId = null, OwnerId = null, Terms = null,
    };

    public bool Nobody => Filter.Owner == CaseBoardFilter.None;

    public IReadOnlyList<CaseSeverity> Severities => Filter.Severities.Count > 0 ? [.. Filter.Severities.Distinct().Order()] : Enum.GetValues<CaseSeverity>();

    /// <summary>Whether nothing is asked for but units: then tallies have counted it.</summary>
    public bool IsTallied => Terms is null && ProductId is null && Filter is { Owner: null, Overdue: null, Severities.Count: 0 };

    /// <summary>What may hold for a case beside its part, status, severity and deadline; goes with <see cref="Parameters"/>.</summary>
    public const string Conditions = """
        (@regionId IS NULL OR +c.RegionId = @regionId) AND (@teamId IS NULL OR +c.TeamId = @teamId)
         AND (@productId IS NULL OR +c.ProductId = @productId) AND (@ownerId IS NULL OR +c.OwnerId = @ownerId) AND (@nobody = 0 OR c.OwnerId IS NULL)
        """;

    public DynamicParameters Parameters(object own)
    {
        var parameters = RowPolicy.Parameters(Viewer, own);
        parameters.AddDynamicParams(new { regionId = RegionId, teamId = TeamId, productId = ProductId, ownerId = OwnerId, nobody = Nobody ? 1 : 0, now = Now, today = Today });
        return parameters;
    }

    /// <summary>The deadlines asked for among cases of a status, from and to (exclusive); null where there can be none.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Due(CaseStatus status) => (Filter.Overdue, status.IsTimed()) switch
    {
        (null, _) or (false, false) => (DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
        (true, true) => (DateTimeOffset.MinValue, Now),
        (false, true) => (Now, DateTimeOffset.MaxValue),
        (true, false) => null,
    };

    public bool IsDue(CaseStatus status, DateTimeOffset at) => Due(status) is { } due && at >= due.From && at < due.To;

    /// <summary>The narrowest index for a part: what the filter names goes before the units of the viewer.</summary>
    public (CaseLead Lead, int? Key) Lead(CasePart part, CaseStatus status) => part.Kind switch
    {
        CasePartKind.Owned or CasePartKind.OwnedOutside => (CaseLead.Owner, Viewer.PersonId),
        // What has no owner is new, but for a few that wait or are over.
        CasePartKind.Unclaimed when status != CaseStatus.New => (CaseLead.Nobody, null),
        _ when OwnerId is { } owner => (CaseLead.Owner, owner),
        CasePartKind.Team or CasePartKind.Unclaimed => (CaseLead.Team, part.UnitId),
        _ when TeamId is { } team => (CaseLead.Team, team),
        _ when ProductId is { } product => (CaseLead.Product, product),
        _ when Nobody && status != CaseStatus.New => (CaseLead.Nobody, null),
        CasePartKind.Region => (CaseLead.Region, part.UnitId),
        _ when RegionId is { } region => (CaseLead.Region, region),
        _ => (CaseLead.Board, null),
    };

    /// <summary>Cases <c>c</c>, and the condition of a lead.</summary>
    /// <remarks>SQLite expects most columns to be null mostly, and would not go by an index for it.</remarks>
    public static string From(SqlDialect d, CaseLead lead) =>
        $"Cases c{(lead == CaseLead.Nobody && d == SqlDialect.Sqlite ? " INDEXED BY IX_Cases_OwnedBy" : "")} WHERE {Of(lead)}";

    private static string Of(CaseLead lead) => lead switch
    {
        CaseLead.Board => "",
        CaseLead.Region => "c.RegionId = @lead AND ",
        CaseLead.Team => "c.TeamId = @lead AND ",
        CaseLead.Product => "c.ProductId = @lead AND ",
        CaseLead.Owner => "c.OwnerId = @lead AND ",
        CaseLead.Nobody => "c.OwnerId IS NULL AND ",
    };

    /// <summary>Each part with each lead that it may have.</summary>
    public static readonly IReadOnlyList<CaseSource> Sources =
    [
        .. from part in (CasePartKind[])[CasePartKind.All, CasePartKind.Region]
           from lead in Enum.GetValues<CaseLead>()
           select new CaseSource(part, lead),
        .. from part in (CasePartKind[])[CasePartKind.Team, CasePartKind.Unclaimed]
           from lead in (CaseLead[])[CaseLead.Team, CaseLead.Owner, CaseLead.Nobody]
           select new CaseSource(part, lead),
        new(CasePartKind.Owned, CaseLead.Owner), new(CasePartKind.OwnedOutside, CaseLead.Owner),
    ];
}

internal readonly record struct CaseSource(CasePartKind Part, CaseLead Lead);
