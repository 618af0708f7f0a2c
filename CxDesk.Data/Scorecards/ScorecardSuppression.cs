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
    private readonly SuppressionStretches? _days;
    private readonly UnitRow _standing;
    private readonly RollupFilter _filter;

    private ScorecardSuppression(SuppressionStretches? days, UnitRow standing, RollupFilter filter) => (_days, _standing, _filter) = (days, standing, filter);

    public static async Task<ScorecardSuppression> Read(Session session, Viewer viewer, RollupFilter filter, (DateOnly From, DateOnly To) before, UnitRow place, UnitTree units, SuppressionLook look)
    {
        // To an agent the company is their team.
        var standing = viewer is { Reach: Reach.Own, TeamIds: [var own, ..] } ? units.Find(own) ?? place : place;
        var days = filter.Kind == RollupKind.Measure ? null
            : await SuppressionQuery.Read(session, viewer, filter.Kind, filter.MetricIds[0], look, (filter.From, filter.To), before);
        return new(days, standing, filter);
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
        var withheld = _days.Of(from, to).Withheld(by, _standing, _filter.ProductId, rows.Select(r => r.KeyId))!;
        return [.. rows.Select((r, i) => withheld[i] && r.N > 0)];
    }
}
