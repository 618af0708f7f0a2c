using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Targets;

/// <summary>
/// What each unit, product and channel aims at, and how far it is from it. The figures are the scorecard's; the gap of
/// each day is the one that was worked out against the target of that day.
/// </summary>
public sealed class TargetBoardQuery(ScorecardQuery scorecards, ScorecardsOptions options)
{
    private static readonly Statement DailyGaps = new($"""
        SELECT g.Axis, g.KeyId, g.Day, g.N, g.Gap, g.CalculatedAt FROM TargetGaps g
        WHERE g.Kind = {(int)RollupKind.Score} AND g.MetricId = @metric AND g.Day >= @from AND g.Day < @to
        """);

    /// <param name="days">How many days, of which today is the last, the figures are of.</param>
    public async Task<TargetBoard> Read(Session session, Viewer viewer, Metric metric, DateOnly today, int days = 30)
    {
        var (from, to) = (today.AddDays(1 - days), today.AddDays(1));
        var units = await UnitTree.Read(session);
        var targets = await TargetQuery.All(session);
        var resolver = new TargetResolver(targets, units);
        var gaps = (await session.Query<GapRow>(DailyGaps, new { metric = (int)metric, from, to })).ToLookup(g => (g.Axis, g.KeyId));

        var baselines = await BaselineQuery.Now(session, RollupKind.Score, (int)metric);
        var regions = await Card(RollupBy.Region);
        var teams = (await Card(RollupBy.Team)).Rows.Where(r => !r.IsNoTeam).OrderBy(r => r.Name, StringComparer.CurrentCulture).ToLookup(r => units.Find(r.KeyId)?.ParentId);
        var rows = new List<TargetBoardRow>();
        if (ScorecardQuery.IsOpen(viewer, units.Company, units)) rows.Add(Row(RollupBy.Company, TargetSubject.Unit(units.Company.Id), regions.Total));
        foreach (var region in units.Units.Where(u => u.Kind == UnitKind.Region))
        {
            rows.AddRange(regions.Rows.Where(r => r.KeyId == region.Id).Select(r => Row(RollupBy.Region, TargetSubject.Unit(r.KeyId), r)));
            rows.AddRange(teams[region.Id].Select(r => Row(RollupBy.Team, TargetSubject.Unit(r.KeyId), r)));
        }
        rows.AddRange((await Card(RollupBy.Product)).Rows.OrderBy(r => r.Name, StringComparer.CurrentCulture).Select(r => Row(RollupBy.Product, TargetSubject.Product(r.KeyId), r)));
        rows.AddRange((await Card(RollupBy.Channel)).Rows.OrderBy(r => r.Name, StringComparer.CurrentCulture).Select(r => Row(RollupBy.Channel, TargetSubject.Channel(r.KeyId), r)));
        return new TargetBoard
        {
            Rows = rows,
            Targets = [.. targets.Where(t => t.Measure == metric)],
            CalculatedAt = gaps.SelectMany(g => g).Max(g => (DateTimeOffset?)g.CalculatedAt),
        };

        async Task<Scorecard> Card(RollupBy by) =>
            await scorecards.Read(session, viewer, new ScorecardFilter(by, metric, from, to))
            ?? throw new InvalidOperationException("The company is a place that everybody may look at.");

        TargetBoardRow Row(RollupBy by, TargetSubject subject, ScorecardRow figures)
        {
            var inForce = resolver.On(subject, metric, today);
            var daily = gaps[((int?)subject.Axis ?? 0, subject.Id)].ToDictionary(g => g.Day);
            return new TargetBoardRow
            {
                By = by, Subject = subject, Figures = figures, InForce = inForce, IsInherited = inForce is not null && inForce.Subject != subject,
                Next = targets.LastOrDefault(t => t.Subject == subject && t.Measure == metric && t.FromDay > today),
                // A day of few answers gives away what they were.
                Gaps = [.. Enumerable.Range(0, days).Select(i => daily.GetValueOrDefault(from.AddDays(i)))
                    .Select(g => g is null || figures.Withheld || (!figures.MayOpen && g.N < options.MinimumN) ? null : (double?)g.Gap)],
                MaySet = TargetWriter.MaySet(viewer, subject, units),
                // What is usual gives away what was answered lately, where that is few.
                Usual = !figures.Withheld && BaselineSubject.Of(by, RollupKind.Score, (int)metric, subject.Id) is { } whose ? baselines.GetValueOrDefault(whose) : null,
                MayFreeze = BaselineWriter.MayFreeze(viewer, by, subject.Id, units),
            };
        }
    }

    private sealed record GapRow
    {
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required DateOnly Day { get; init; }
        public required long N { get; init; }
        public required double Gap { get; init; }
        public required DateTimeOffset CalculatedAt { get; init; }
    }
}

public sealed record TargetBoard
{
    /// <summary>The company, each region with its teams, then products and channels.</summary>
    public required IReadOnlyList<TargetBoardRow> Rows { get; init; }

    /// <summary>Every target of the metric as it was set, the latest first day first.</summary>
    public required IReadOnlyList<TargetRow> Targets { get; init; }

    /// <summary>When the newest of the gaps was worked out; null where there is none.</summary>
    public required DateTimeOffset? CalculatedAt { get; init; }
}

public sealed record TargetBoardRow
{
    public required RollupBy By { get; init; }
    public required TargetSubject Subject { get; init; }

    /// <summary>The scorecard's row for the same days.</summary>
    public required ScorecardRow Figures { get; init; }

    /// <summary>The target in force today; null where there is none on any level.</summary>
    public required TargetRow? InForce { get; init; }

    /// <summary>It is that of a level above.</summary>
    public required bool IsInherited { get; init; }

    /// <summary>The own target that comes next.</summary>
    public required TargetRow? Next { get; init; }

    /// <summary>The gap of each day, the oldest first; null where there is none, or too few answers to show it.</summary>
    public required IReadOnlyList<double?> Gaps { get; init; }

    /// <summary>The viewer may set a target here.</summary>
    public required bool MaySet { get; init; }

    /// <summary>The baseline that its days are held against; null while there is none, or where it is withheld.</summary>
    public BaselineRow? Usual { get; init; }

    /// <summary>The viewer may freeze it anew.</summary>
    public bool MayFreeze { get; init; }
}
