using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Positions;

/// <summary>Where products, regions, teams or customer segments stand by two indicators. Its SQL is RollupQuery's, and it withholds what a scorecard withholds.</summary>
public sealed class PositionQuery(ScorecardsOptions options, Company company, RollupMemory? memory = null)
{
    /// <summary>More are not listed: those with the most answers are.</summary>
    public const int MostRows = 300;

    // Up to here a path goes by weeks, from here on by months.
    private const int DaysByWeek = 120;

    /// <summary>The map as this viewer may see it; null where the place is none that they may see.</summary>
    public async Task<PositionMap?> Read(Session session, Viewer viewer, PositionFilter filter)
    {
        var units = await UnitTree.Read(session);
        var place = filter.Parent is null ? units.Company : units.Find(filter.Parent);
        if (place is null || !ScorecardQuery.MayEnter(viewer, place, units)) return null;
        var (today, asked) = (company.DayOf(session.Now), filter.To);
        filter = filter with { To = SuppressionQuery.Until(viewer, place, units, filter.From, asked, today) };
        var look = new Look(session, viewer, filter, place, units, new SuppressionLook(today, options.MinimumN, memory));

        var (x, y) = (await look.Totals(filter.X), await look.Totals(filter.Y));
        var rows = x.Keys.Union(y.Keys).Select(key => Row(x.GetValueOrDefault(key), y.GetValueOrDefault(key)))
            .OrderByDescending(r => r.X.Score.N + r.Y.Score.N).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
        var picked = rows.FirstOrDefault(r => r.Key == filter.Picked);
        return new PositionMap
        {
            Filter = filter, IsHeld = filter.To < asked, Place = place, Rows = [.. rows.Take(MostRows)], IsCut = rows.Count > MostRows,
            X = await look.Whole(filter.X), Y = await look.Whole(filter.Y), NewestAt = x.Values.Concat(y.Values).Max(f => (DateTimeOffset?)f.Row.NewestAt),
            Picked = picked, Path = picked is null ? [] : await look.Path(picked.KeyId),
        };
    }

    private static PositionRow Row(Found? x, Found? y)
    {
        var of = (x ?? y)!.Row;
        return new PositionRow
        {
            KeyId = of.KeyId, Key = of.Code, Name = of.Name, IsNoTeam = of.IsNoTeam, X = x?.Figure ?? default, Y = y?.Figure ?? default,
            Value = x is { Figure.Withheld: false, Row.NValue: > 0 } ? x.Row.SumValue : null,
        };
    }

    /// <summary>Weeks from Monday, or months, that a period is made of; the first and the last may be shorter.</summary>
    public static IReadOnlyList<(DateOnly From, DateOnly To)> Steps(DateOnly from, DateOnly to)
    {
        var byWeek = to.DayNumber - from.DayNumber <= DaysByWeek;
        var steps = new List<(DateOnly, DateOnly)>();
        for (var start = from; start < to;)
        {
            var next = byWeek ? start.AddDays(7 - ((int)start.DayOfWeek + 6) % 7) : new DateOnly(start.Year, start.Month, 1).AddMonths(1);
            steps.Add((start, next < to ? next : to));
            start = next;
        }
        return steps;
    }

    private sealed record Found(RollupRow Row, PositionFigure Figure);

    /// <summary>One viewer's look at one place.</summary>
    private sealed class Look(Session session, Viewer viewer, PositionFilter filter, UnitRow place, UnitTree units, SuppressionLook judged)
    {
        private readonly Dictionary<Indicator, ScorecardSuppression> _suppression = [];

        public async Task<Dictionary<int, Found>> Totals(Indicator indicator) =>
            await Judged(indicator, filter.By, filter.From, filter.To, await RollupQuery.Totals(session, viewer, Rollups(indicator, filter.By)));

        /// <summary>The figure of the place itself, which the others stand around.</summary>
        public async Task<PositionFigure> Whole(Indicator indicator) =>
            (await Judged(indicator, RollupBy.Company, filter.From, filter.To, await RollupQuery.Totals(session, viewer, Rollups(indicator, RollupBy.Company)))).Values.FirstOrDefault()?.Figure ?? default;

        public async Task<IReadOnlyList<PositionStep>> Path(int key)
        {
            var (x, y) = (await RollupQuery.ByDay(session, viewer, Rollups(filter.X, filter.By)), await RollupQuery.ByDay(session, viewer, Rollups(filter.Y, filter.By)));
            var path = new List<PositionStep>();
            foreach (var (from, to) in Steps(filter.From, filter.To))
                path.Add(new PositionStep(from, to, await Of(filter.X, x, from, to, key), await Of(filter.Y, y, from, to, key)));
            return path;
        }

        // All keys of the step are judged, since what is withheld of one depends on the others.
        private async Task<PositionFigure> Of(Indicator indicator, IReadOnlyList<RollupRow> days, DateOnly from, DateOnly to, int key)
        {
            var sums = days.Where(d => d.Day >= from && d.Day < to).GroupBy(d => d.KeyId).Select(g => (g.First(), g.Aggregate(default(IndicatorSums), (sum, d) => sum + d.Sums))).ToList();
            return (await Judged(indicator, filter.By, from, to, sums)).GetValueOrDefault(key)?.Figure ?? default;
        }

        private Task<Dictionary<int, Found>> Judged(Indicator indicator, RollupBy by, DateOnly from, DateOnly to, IReadOnlyList<RollupRow> rows) =>
            Judged(indicator, by, from, to, [.. rows.Select(r => (r, r.Sums))]);

        private async Task<Dictionary<int, Found>> Judged(Indicator indicator, RollupBy by, DateOnly from, DateOnly to, IReadOnlyList<(RollupRow Row, IndicatorSums Sums)> rows)
        {
            var withheld = await Withheld(indicator, by, from, to, rows);
            return rows.Select((r, i) => new Found(r.Row, withheld[i]
                ? new PositionFigure(new Score(r.Sums.N, null, null, null), true)
                : new PositionFigure(IndicatorStatistics.Of(indicator, r.Sums), false))).ToDictionary(f => f.Row.KeyId);
        }

        private async Task<IReadOnlyList<bool>> Withheld(Indicator indicator, RollupBy by, DateOnly from, DateOnly to, IReadOnlyList<(RollupRow Row, IndicatorSums Sums)> rows)
        {
            if (!_suppression.TryGetValue(indicator, out var suppression))
                _suppression[indicator] = suppression = await ScorecardSuppression.Read(session, viewer, Rollups(indicator, filter.By), (filter.From, filter.From), place, units, judged);
            return suppression.Withheld(by, [.. rows.Select(r => (r.Row.KeyId, r.Sums.N, MayOpen(by, r.Row.KeyId)))], from, to, judged.MinimumN);
        }

        private bool MayOpen(RollupBy by, int key) =>
            ScorecardQuery.MayOpen(viewer, by, by is RollupBy.Region or RollupBy.Team ? units.Find(key) ?? place : place, units);

        private RollupFilter Rollups(Indicator indicator, RollupBy by) => new(by, indicator.Kind, [indicator.MetricId], filter.From, filter.To)
        {
            RegionId = place.Kind == UnitKind.Region ? place.Id : null,
            TeamId = place.Kind == UnitKind.Team ? place.Id : null,
        };
    }
}

/// <param name="By">Region, team, product or segment.</param>
/// <param name="X">What they are placed by from left to right.</param>
/// <param name="Y">And from below upwards.</param>
/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record PositionFilter(RollupBy By, Indicator X, Indicator Y, DateOnly From, DateOnly To)
{
    /// <summary>Code of the region or team to look into; null for the company.</summary>
    public string? Parent { get; init; }

    /// <summary>The code of the one to follow over time.</summary>
    public string? Picked { get; init; }
}

/// <summary>One figure as its viewer may see it.</summary>
/// <param name="Withheld">n is under the minimum, or would give away one that is.</param>
public readonly record struct PositionFigure(Score Score, bool Withheld);

public sealed record PositionRow
{
    public required int KeyId { get; init; }

    /// <summary>The code that intake sends.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public required bool IsNoTeam { get; init; }
    public required PositionFigure X { get; init; }
    public required PositionFigure Y { get; init; }

    /// <summary>What the customers behind X's answers were worth together, company's currency; null where nobody sent it, or X is withheld.</summary>
    public required decimal? Value { get; init; }

    /// <summary>Both figures are there, so that it has a place on the map.</summary>
    public bool HasPlace => X.Score.Value is not null && Y.Score.Value is not null;
}

/// <summary>Where the picked one stood in a week or month.</summary>
public sealed record PositionStep(DateOnly From, DateOnly To, PositionFigure X, PositionFigure Y)
{
    public bool HasPlace => X.Score.Value is not null && Y.Score.Value is not null;
}

public sealed record PositionMap
{
    public required PositionFilter Filter { get; init; }

    /// <inheritdoc cref="Scorecard.IsHeld"/>
    public bool IsHeld { get; init; }
    public required UnitRow Place { get; init; }

    /// <summary>Most answers first.</summary>
    public required IReadOnlyList<PositionRow> Rows { get; init; }
    public required bool IsCut { get; init; }

    /// <summary>The figures of the whole place.</summary>
    public required PositionFigure X { get; init; }
    public required PositionFigure Y { get; init; }
    public required DateTimeOffset? NewestAt { get; init; }
    public required PositionRow? Picked { get; init; }

    /// <summary>Of the picked one, the oldest first.</summary>
    public required IReadOnlyList<PositionStep> Path { get; init; }
}
