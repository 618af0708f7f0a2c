using CxDesk.Data.Rollups;
using MathNet.Numerics.Statistics;

namespace CxDesk.Data.Drivers;

/// <summary>
/// Relative weights with percentile intervals of a bootstrap over answers, and whether each is more than chance. The same
/// answers give the same intervals, whatever the machine and however many threads: draws are seeded by the data. Pure.
/// </summary>
/// <remarks>
/// Johnson, "Factors affecting relative weights: the influence of sampling and measurement error", Organizational Research
/// Methods 7 (2004), for the intervals; Tonidandel, LeBreton and Johnson, "Determining the statistical significance of relative
/// weights", Psychological Methods 14 (2009), for the comparison with a variable made by chance: an interval of a weight never
/// contains zero, one of the difference may.
/// </remarks>
public static class DriverAnalysis
{
    public const int Draws = 1000;

    /// <summary>Whole answers that it takes at least, and for each attribute.</summary>
    public const int LeastAnswers = 50, AnswersPerAttribute = 10;

    /// <summary>So many answers have to differ from the commonest value for a variable to vary.</summary>
    public const int LeastDifferent = 5;

    private const double Outside = 0.025;

    // Progress is told, and a stop is heard, so often.
    private const int Batch = 10;

    public static int Minimum(int attributes) => Math.Max(LeastAnswers, AnswersPerAttribute * attributes);

    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="threads">How many processors it may take.</param>
    public static DriverFindings Of(DriverTable table, int draws = Draws, int threads = 1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var findings = new DriverFindings { N = table.N, Rated = table.Rated, LeftOut = table.LeftOut, Minimum = Minimum(table.Attributes.Count) };
        if (Refused(table, findings) is { } refused) return refused;

        var count = table.Attributes.Count;
        var seed = Seed(table);
        var columns = new DriverColumns([.. table.Ratings, Chance(table.N, seed), table.Outcome]);
        var ones = new byte[columns.Room];
        ones.AsSpan(0, table.N).Fill(1);
        if (columns.Correlations(ones) is not { } correlations || Weights(correlations, count) is not { } weights)
            return findings with { Refusal = DriverRefusal.Collinear, About = [.. RelativeWeights.Collinear(Among(columns.Correlations(ones)!, count)).Select(j => table.Attributes[j])] };

        var drawn = Bootstrap(columns, count, draws, seed, threads, progress, cancel);
        return Found(table, findings, correlations, weights.Own, drawn);
    }

    private static DriverFindings? Refused(DriverTable table, DriverFindings findings)
    {
        if (table.Rated == 0) return findings with { Refusal = DriverRefusal.NoAnswers };
        if (table.Attributes.Count < 2) return findings with { Refusal = DriverRefusal.TooFewAttributes, About = table.Attributes };
        if (table.N < findings.Minimum) return findings with { Refusal = DriverRefusal.TooFewAnswers };
        if (!Varies(table.Outcome)) return findings with { Refusal = DriverRefusal.OutcomeDoesNotVary };
        var still = table.Attributes.Where((_, j) => !Varies(table.Ratings[j])).ToList();
        return still.Count > 0 ? findings with { Refusal = DriverRefusal.AttributeDoesNotVary, About = still } : null;
    }

    private static bool Varies(double[] values) => values.Length - values.CountBy(v => v).Max(g => g.Value) >= LeastDifferent;

    /// <summary>A draw: the attributes' weights, and how each compares with chance.</summary>
    private sealed record Drawn(double[] Own, double[] OverChance);

    // The attributes' own weights come from them alone; beside the one made by chance they are weighed once more.
    private static Drawn? Weights(double[,] correlations, int attributes)
    {
        var (own, beside) = (Weights(correlations, attributes, attributes), Weights(correlations, attributes + 1, attributes));
        return own is null || beside is null ? null : new Drawn(own, [.. beside.Take(attributes).Select(w => w - beside[attributes])]);
    }

    private static double[]? Weights(double[,] correlations, int count, int attributes)
    {
        var withOutcome = Enumerable.Range(0, count).Select(j => correlations[j, attributes + 1]).ToArray();
        return RelativeWeights.Of(Among(correlations, count), withOutcome);
    }

    private static double[,] Among(double[,] correlations, int count)
    {
        var among = new double[count, count];
        for (var j = 0; j < count; j++)
            for (var k = 0; k < count; k++) among[j, k] = correlations[j, k];
        return among;
    }

    private static IReadOnlyList<Drawn> Bootstrap(DriverColumns columns, int attributes, int draws, ulong seed, int threads, IProgress<double>? progress, CancellationToken cancel)
    {
        var drawn = new Drawn?[draws];
        var done = 0;
        var batches = (draws + Batch - 1) / Batch;
        Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, () => new byte[columns.Room], (batch, _, counts) =>
        {
            for (var draw = batch * Batch; draw < Math.Min(draws, (batch + 1) * Batch); draw++)
            {
                cancel.ThrowIfCancellationRequested();
                new DriverRandom(seed + (ulong)(draw + 1) * 0xD1B54A32D192ED03).Draw(columns.Rows, counts);
                // A draw in which something does not vary has no weights; such draws are rare where enough answers differ.
                drawn[draw] = columns.Correlations(counts) is { } correlations ? Weights(correlations, attributes) : null;
            }
            progress?.Report((double)Interlocked.Increment(ref done) / batches);
            return counts;
        }, _ => { });
        return [.. drawn.Where(d => d is not null).Select(d => d!)];
    }

    private static DriverFindings Found(DriverTable table, DriverFindings findings, double[,] correlations, double[] weights, IReadOnlyList<Drawn> drawn)
    {
        var count = weights.Length;
        var whole = weights.Sum();
        var scales = table.Attributes.Select(a => new DriverScale(a.Lowest, a.Highest)).ToList();
        DriverScale? scale = scales.TrueForAll(s => s == scales[0]) ? scales[0] : null;
        var performance = table.Ratings.Select((ratings, j) => scale is null ? Share(Mean(ratings), scales[j]) : Mean(ratings)).ToList();
        var (importanceCut, performanceCut) = (1.0 / count, performance.Average(p => p.Value));
        var drivers = Enumerable.Range(0, count).Select(j =>
        {
            var share = Interval(weights[j] / whole, drawn.Select(d => d.Own[j] / d.Own.Sum()));
            return new Driver
            {
                Attribute = table.Attributes[j],
                Weight = Interval(weights[j], drawn.Select(d => d.Own[j])),
                Share = share,
                IsCertain = Interval(0, drawn.Select(d => d.OverChance[j])).Low > 0,
                Correlation = correlations[j, count + 1],
                Performance = performance[j],
                Quadrant = Quadrant(share.Value >= importanceCut, performance[j].Value >= performanceCut),
            };
        });
        return findings with
        {
            RSquared = Interval(whole, drawn.Select(d => d.Own.Sum())),
            Drivers = [.. drivers.OrderByDescending(d => d.Weight.Value).ThenBy(d => d.Attribute.Code, StringComparer.Ordinal)],
            Scale = scale, ImportanceCut = importanceCut, PerformanceCut = performanceCut, Draws = drawn.Count,
        };
    }

    public static DriverQuadrant Quadrant(bool isImportant, bool isStrong) => (isImportant, isStrong) switch
    {
        (true, false) => DriverQuadrant.FixFirst,
        (true, true) => DriverQuadrant.KeepUp,
        (false, true) => DriverQuadrant.OverServed,
        (false, false) => DriverQuadrant.Watch,
    };

    private static Estimate Interval(double value, IEnumerable<double> drawn)
    {
        var sorted = drawn.Order().ToArray();
        return sorted.Length == 0 ? new Estimate(value, value, value)
            : new Estimate(value, SortedArrayStatistics.Quantile(sorted, Outside), SortedArrayStatistics.Quantile(sorted, 1 - Outside));
    }

    private static Estimate Mean(double[] ratings)
    {
        var (mean, margin) = (ratings.Average(), ScoreStatistics.TQuantile(ratings.Length - 1) * Math.Sqrt(ratings.Variance() / ratings.Length));
        return new Estimate(mean, mean - margin, mean + margin);
    }

    private static Estimate Share(Estimate rating, DriverScale of)
    {
        double On(double value) => (value - of.Lowest) / (of.Highest - of.Lowest);
        return new Estimate(On(rating.Value), On(rating.Low), On(rating.High));
    }

    private static double[] Chance(int rows, ulong seed)
    {
        var random = new DriverRandom(seed);
        var column = new double[rows];
        for (var i = 0; i < rows; i++) column[i] = random.Normal();
        return column;
    }

    // FNV-1a over the values.
    private static ulong Seed(DriverTable table)
    {
        var hash = 14695981039346656037;
        foreach (var column in table.Ratings.Append(table.Outcome))
            foreach (var value in column) hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(value)) * 1099511628211;
        return hash;
    }
}
