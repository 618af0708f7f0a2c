using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>
/// What colour a figure has, why, and since when: one place for tiles of walls and of the live board. The figure itself is
/// judged by <see cref="FigureVerdict"/>, its days by <see cref="XmrChart"/> against the baseline in force.
/// </summary>
internal sealed class LiveVerdicts(BoardSums sums, Company company, int minimumN)
{
    /// <summary>Days that are held against a baseline: enough for a run, and for a trend to be seen.</summary>
    public const int ChartDays = 30;

    private DateOnly Today => company.DayOf(sums.At);

    /// <summary>The chart of a row's days; null where no baseline is frozen. Read before the row, the row finds its days in it.</summary>
    public async Task<LiveChart?> Chart(RollupBy by, BoardSubject of, RollupKind kind, int metricId, int keyId)
    {
        if (SubjectOf(by, of, kind, metricId, keyId) is not { } subject || await sums.Baseline(subject) is not { } baseline) return null;
        var rows = await sums.ByDay(new RollupFilter(by, kind, [metricId], Today.AddDays(1 - ChartDays), Today.AddDays(1)).Of(of));
        var days = XmrDays.Of(kind, metricId, rows.Where(r => r.KeyId == keyId && r.Day < Today));
        return new LiveChart(baseline, XmrChart.Judge(baseline, days), XmrChart.Signal(baseline, days));
    }

    /// <summary>Of a score of a breakdown. What is withheld is judged by nobody.</summary>
    /// <param name="withSince">Also since when, where somebody ought to look.</param>
    public async Task<FigureVerdict> Of(LiveFigureRow? row, RollupBy by, BoardSubject of, Metric metric, LiveWindow window, LiveChart? chart, bool withSince = true)
    {
        if (row is null) return new(Standing.Unknown, FigureReason.NoAnswers);
        if (row.Score.Withheld) return new(Standing.Unknown, FigureReason.TooFew);
        var (now, target) = (row.Sums.Now.Counts, row.Sums.Target);
        var verdict = Judge(now);
        return verdict.IsAdverse && withSince ? verdict with { Since = await Since() } : verdict;

        FigureVerdict Judge(ScoreSums s) => FigureVerdict.OfScore(metric, s, target, window.Certainty(), chart?.Signal, minimumN);

        async Task<DateTimeOffset?> Since()
        {
            if (verdict.Reason is FigureReason.FallingForCertain) return KnownAt(chart);
            bool Holds(ScoreSums s) => Judge(s) is var then && then.Standing == verdict.Standing && then.Reason == verdict.Reason;
            if (window == LiveWindow.Hour) return FigureSince.Of(now, await Steps(row.Card.KeyId, by, of, metric, window), Holds);
            var today = row.Days.Where(r => r.Day == Today).Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores);
            var minute = target is { } aim && FigureSince.HeldThroughout(metric, now, today, aim, Holds) ? null
                : FigureSince.Of(now, await Steps(row.Card.KeyId, by, of, metric, window), Holds);
            return minute ?? await SinceDay(row.Card.KeyId, by, of, metric, window, Holds);
        }
    }

    /// <summary>Of a measure, with since when.</summary>
    public async Task<FigureVerdict> Of(LiveMeasure measure, BoardSubject of, LiveWindow window, LiveChart? chart)
    {
        var verdict = Judge(measure.Sums);
        return verdict.IsAdverse ? verdict with { Since = await Since() } : verdict;

        FigureVerdict Judge(MeasureSums s) => FigureVerdict.OfMeasure(s, measure.Limit, window.Certainty(), chart?.Signal);

        async Task<DateTimeOffset?> Since()
        {
            if (verdict.Reason is FigureReason.RisingForCertain) return KnownAt(chart);
            bool Holds(MeasureSums s) => Judge(s) is var then && then.Standing == verdict.Standing && then.Reason == verdict.Reason;
            var tomorrow = company.StartOf(Today.AddDays(1));
            var came = (await sums.MeasureMoments(measure.Id, of, company.StartOf(Today).AddTicks(-1))).Where(m => window == LiveWindow.Hour || m.At < tomorrow)
                .Select(m => (m.At, Sums: new MeasureSums(measure.Unit, m.N, m.SumX, m.SumXX)));
            var minute = FigureSince.Of(measure.Sums, Steps(came, window, (a, b) => a + b, s => s with { N = -s.N, Sum = -s.Sum, SumSq = -s.SumSq }), Holds);
            return minute is not null || window == LiveWindow.Hour ? minute : await SinceDay(measure, of, window, Holds);
        }
    }

    /// <summary>A special day is known once it is over.</summary>
    private DateTimeOffset? KnownAt(LiveChart? chart) => chart?.Signal is { } signal ? company.StartOf(signal.Since.AddDays(1)) : null;

    // By the minute, as people read it. In a window of days answers only come; out of the last hour they leave as well, to the instant.
    private IEnumerable<FigureStep<T>> Steps<T>(IEnumerable<(DateTimeOffset At, T Sums)> moments, LiveWindow window, Func<T, T, T> add, Func<T, T> negative)
    {
        var came = moments.GroupBy(m => window == LiveWindow.Hour ? m.At : new DateTimeOffset(m.At.Ticks - m.At.Ticks % TimeSpan.TicksPerMinute, m.At.Offset))
            .Select(g => new FigureStep<T>(g.Key, g.Select(m => m.Sums).Aggregate(add))).ToList();
        if (window != LiveWindow.Hour) return came;
        var left = came.Select(step => new FigureStep<T>(step.At.AddHours(1), negative(step.Sums))).Where(step => step.At <= sums.At);
        return came.Concat(left).OrderBy(step => step.At);
    }

    private async Task<IEnumerable<FigureStep<ScoreSums>>> Steps(int keyId, RollupBy by, BoardSubject of, Metric metric, LiveWindow window)
    {
        var start = company.StartOf(Today);
        var moments = await sums.Moments(by, of, metric, start.AddTicks(-1));
        var came = moments.Where(m => (by == RollupBy.Company || m.KeyId == keyId) && (window == LiveWindow.Hour || m.At < company.StartOf(Today.AddDays(1))))
            .Select(m => (m.At, ScoreSums.Of(m.Score)));
        return Steps(came, window, (a, b) => a + b, s => default(ScoreSums) - s);
    }

    // It held all day: the first of the days before that ended with it, as far as a month back.
    private async Task<DateTimeOffset?> SinceDay(int keyId, RollupBy by, BoardSubject of, Metric metric, LiveWindow window, Func<ScoreSums, bool> holds)
    {
        var (length, first) = (window.Days(), Today.AddDays(-ChartDays));
        var filter = new RollupFilter(by, metric, first.AddDays(1 - length), Today).Of(of);
        var rows = await sums.ByDay(by switch
        {
            // So far back its siblings are of no use, and they are many.
            RollupBy.Agent => filter with { AgentId = keyId },
            RollupBy.Product => filter with { ProductId = keyId },
            RollupBy.Company or RollupBy.Region or RollupBy.Team or RollupBy.Channel or RollupBy.Segment => filter,
        });
        var days = rows.Where(r => r.KeyId == keyId).GroupBy(r => r.Day!.Value)
            .ToDictionary(g => g.Key, g => g.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores));
        return FirstDay(day => holds(Enumerable.Range(0, length).Aggregate(new ScoreSums(), (sum, i) => sum + days.GetValueOrDefault(day.AddDays(-i)))));
    }

    private async Task<DateTimeOffset?> SinceDay(LiveMeasure measure, BoardSubject of, LiveWindow window, Func<MeasureSums, bool> holds)
    {
        var (length, first) = (window.Days(), Today.AddDays(-ChartDays));
        var rows = await sums.ByDay(new RollupFilter(RollupBy.Company, RollupKind.Measure, [measure.Id], first.AddDays(1 - length), Today).Of(of));
        var none = new MeasureSums(measure.Unit, 0, 0, 0);
        var days = rows.GroupBy(r => r.Day!.Value)
            .ToDictionary(g => g.Key, g => g.Aggregate(none, (sum, r) => sum + new MeasureSums(measure.Unit, r.N, r.SumX, r.SumXX)));
        return FirstDay(day => holds(Enumerable.Range(0, length).Aggregate(none, (sum, i) => sum + days.GetValueOrDefault(day.AddDays(-i)))));
    }

    private DateTimeOffset? FirstDay(Func<DateOnly, bool> held)
    {
        for (var day = Today.AddDays(-1); day >= Today.AddDays(-ChartDays); day = day.AddDays(-1))
            if (!held(day)) return company.StartOf(day.AddDays(1));
        return null;
    }

    // A part of a place that is also a part of a product has no chart of its own.
    private static BaselineSubject? SubjectOf(RollupBy by, BoardSubject of, RollupKind kind, int metricId, int keyId) => (by, of) switch
    {
        (RollupBy.Company, { ProductId: { } product, RegionId: null, TeamId: null }) => BaselineSubject.Of(RollupBy.Product, kind, metricId, product),
        (_, { ProductId: not null }) => null,
        (RollupBy.Company, _) => BaselineSubject.Of(by, kind, metricId, of.TeamId ?? of.RegionId ?? keyId),
        (RollupBy.Region or RollupBy.Team, _) or (_, { RegionId: null, TeamId: null }) => BaselineSubject.Of(by, kind, metricId, keyId),
        _ => null,
    };
}

/// <param name="Points">The complete days, oldest first.</param>
internal sealed record LiveChart(XmrBaseline Baseline, IReadOnlyList<XmrPoint> Points, XmrSignal? Signal);
