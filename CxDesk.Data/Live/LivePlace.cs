using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Live;

/// <summary>What the codes of a filter stand for.</summary>
internal sealed record LivePlace(UnitRow Unit, LiveProduct? Product)
{
    private static readonly Statement ByCode = new("SELECT Id, Code, Name FROM Products WHERE Code = @code");

    public BoardSubject Subject => new()
    {
        RegionId = Unit.Kind == UnitKind.Region ? Unit.Id : null,
        TeamId = Unit.Kind == UnitKind.Team ? Unit.Id : null,
        ProductId = Product?.Id,
    };

    /// <summary>The place, or which parameter of the filter names none that this viewer may look at: "unit" or "product".</summary>
    public static async Task<(LivePlace? Place, string? Missing)> Find(BoardSums sums, LiveFilter filter, UnitTree units)
    {
        var unit = filter.Unit is null ? units.Company : units.Find(filter.Unit);
        if (unit is null || (unit.Kind != UnitKind.Company && !ScorecardQuery.IsOpen(sums.Viewer, unit, units))) return (null, "unit");
        var product = filter.Product is null ? null : await sums.Session.First<LiveProduct>(ByCode, new { code = filter.Product });
        return filter.Product is not null && product is null ? (null, "product") : (new LivePlace(unit, product), null);
    }

    /// <summary>What its scores are over, in names.</summary>
    public string Name(Viewer viewer, UnitTree units) =>
        Unit.Kind != UnitKind.Company || RollupSights.Of(viewer, RollupBy.Company) == RollupSight.All ? Unit.Name
            : string.Join(", ", viewer.RegionIds.Concat(viewer.TeamIds).Select(id => units.Find(id)?.Name).OfType<string>());

    /// <summary>The answers with a CSAT that a board of a period counts.</summary>
    public AnswersFilter Answers(LivePeriod period, Company company) => new(Unit, Indicator.Csat,
        // What came at that very instant is not counted any more.
        period.Since is { } since ? since.AddMilliseconds(1) : company.StartOf(period.From), company.StartOf(period.To)) { ProductId = Product?.Id };
}
