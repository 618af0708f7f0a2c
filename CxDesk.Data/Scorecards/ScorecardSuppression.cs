using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// What of a scorecard is withheld from its viewer, in its period, in parts of it and in what it is held against. Places and products
/// are judged as one table. No table knows how channels and segments cross in with products, so of these only what may be
/// opened is shown. Measures are nobody's answers, so nothing of them is withheld.
/// </summary>
internal sealed class ScorecardSuppression
{
    private readonly SuppressionStretches? _days, _before;
    private readonly UnitRow _standing;
    private readonly RollupFilter _filter;

    private ScorecardSuppression(SuppressionStretches? days, SuppressionStretches? before, UnitRow standing, RollupFilter filter) =>
        (_days, _before, _standing, _filter) = (days, before, standing, filter);

    public static async Task<ScorecardSuppression> Read(Session session, Viewer viewer, RollupFilter filter, (DateOnly From, DateOnly To) before, UnitRow place, UnitTree units, SuppressionLook look)
    {
        // To an agent the company is their team.
        var standing = viewer is { Reach: Reach.Own, TeamIds: [var own, ..] } ? units.Find(own) ?? place : place;
        if (filter.Kind == RollupKind.Measure) return new(null, null, standing, filter);
        // The months between two periods far apart are nobody's business.
        var isApart = before.To < filter.From || before.From > filter.To;
        return isApart
            ? new(await Days(filter.From, filter.To), await Days(before.From, before.To), standing, filter)
            : new(await Days(Earlier(before.From, filter.From), Later(before.To, filter.To)), null, standing, filter);

        static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
        static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

        Task<SuppressionStretches?> Days(DateOnly from, DateOnly to) =>
            SuppressionQuery.Read(session, viewer, filter.Kind, filter.MetricIds[0], from, to, look);
    }

    /// <inheritdoc cref="Withheld(RollupBy, IReadOnlyList{ValueTuple{int, long, bool}}, DateOnly, DateOnly, int)"/>
    public IReadOnlyList<bool> Withheld(RollupBy by, IReadOnlyList<ScorecardSums> rows, Func<ScorecardSums, long> n, DateOnly from, DateOnly to, int minimumN) =>
        Withheld(by, [.. rows.Select(r => (r.KeyId, n(r), r.MayOpen))], from, to, minimumN);

    /// <summary>Row by row: true where the figures are withheld.</summary>
    /// <param name="to">The day after the last.</param>
    public IReadOnlyList<bool> Withheld(RollupBy by, IReadOnlyList<(int KeyId, long N, bool MayOpen)> rows, DateOnly from, DateOnly to, int minimumN)
    {
        if (_filter.Kind == RollupKind.Measure || _filter.AgentId is not null) return [.. rows.Select(_ => false)];
        if (_days is null || by == RollupBy.Agent) return Suppression.Withheld([.. rows.Select(r => (r.N, r.MayOpen))], minimumN);
        if (by is RollupBy.Channel or RollupBy.Segment || _filter is not { ChannelId: null, SegmentId: null }) return [.. rows.Select(r => !r.MayOpen && r.N > 0)];
        var days = _before is not null && (from < _filter.From || to > _filter.To) ? _before : _days;
        var withheld = days.Of(from, to).Withheld(by, _standing, _filter.ProductId, rows.Select(r => r.KeyId))!;
        return [.. rows.Select((r, i) => withheld[i] && r.N > 0)];
    }
}
