using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Curves;

/// <summary>
/// Finds the curve: a broken line where the data support one, else the nearest falling one, else none. An outcome is
/// better the higher it is; of a measure either may be.
/// </summary>
/// <remarks>
/// Squares are weighted by one over the variance, which is taken from groups of neighbours: unhappy customers differ more
/// than happy ones. A broken line is preferred where its Bayesian information criterion (Schwarz, Annals of Statistics 6,
/// 1978) is less by <see cref="ClearBy"/> than those of a straight and of a level line, "strong" by Kass and Raftery, JASA
/// 90 (1995). The interval of the break is by profile likelihood, those of slopes and limits by a parametric bootstrap
/// (Efron and Tibshirani, 1993) that finds the break anew in each draw.
/// </remarks>
public static class CurveFitter
{
    public const int LeastAnswers = 200, LeastValues = 8, LeastInBin = 30, MostPoints = 5000;

    /// <summary>Difference of the information criterion from which a break is told.</summary>
    public const double ClearBy = 6;

    private const int Draws = 200, MostBins = 24, GroupOf = 200, MostGroups = 20;
    private const double ChiSquared = 3.8414588206941236, Z = 1.959963984540054;

    // A break nearer to the end than so many of the contacts is none.
    private const double EndShare = .02;

    // Who is as unhappy as can be is no unhappier the longer it takes: from so many of the contacts on they may lie on a level.
    private static readonly double[] Bottoms = [.15, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .88, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995];

    /// <param name="points">By the measure, without two of the same.</param>
    /// <param name="moreIsWorse">As of a wait; false of an uptime.</param>
    /// <param name="limits">What to work out beside the usual steps.</param>
    public static Curve Fit(IReadOnlyList<CurvePoint> points, bool moreIsWorse, Func<IReadOnlyList<CurvePoint>, IReadOnlyList<double>>? limits = null)
    {
        var total = points.Aggregate(default(CurvePoint), (sum, p) => sum + p);
        var curve = new Curve { N = total.N, Mean = total.N == 0 ? 0 : total.Mean, LowShare = total.N == 0 ? 0 : (double)total.Low / total.N };
        if (Refusal(points, total) is { } refusal) return curve with { Refusal = refusal };
        return new Fitting(Bounded(points), moreIsWorse).Of(curve, limits?.Invoke(points) ?? []);
    }

    /// <summary>However finely they were gathered, no more points than a fit takes: what it costs goes by them.</summary>
    public static IReadOnlyList<CurvePoint> Bounded(IReadOnlyList<CurvePoint> points) =>
        points.Count <= MostPoints ? points : CurvePoint.Merge(points, points.Sum(p => p.N) / MostPoints + 1, 1, double.PositiveInfinity);

    private static CurveRefusal? Refusal(IReadOnlyList<CurvePoint> points, CurvePoint total) =>
        total.N < LeastAnswers ? CurveRefusal.TooFew
        : points.Count == 1 ? CurveRefusal.MeasureIsConstant
        : points.Count < LeastValues ? CurveRefusal.TooFewValues
        : total.SumSq - total.Sum / total.N * total.Sum <= 1e-9 * total.SumSq ? CurveRefusal.OutcomeIsConstant
        : null;

    /// <summary>One fit. Inside, more is always worse.</summary>
    private sealed class Fitting
    {
        private readonly bool _turned;
        private readonly CurvePoint[] _points;
        private readonly double[] _x, _y, _variances, _weights;
        private readonly double _n, _from, _to;

        // From here on the broken line is level.
        private double _bottom = double.PositiveInfinity;

        public Fitting(IReadOnlyList<CurvePoint> points, bool moreIsWorse)
        {
            _turned = !moreIsWorse;
            _points = _turned ? [.. points.Reverse()] : [.. points];
            _x = [.. _points.Select(p => Turn(p.X))];
            _y = [.. _points.Select(p => p.Mean)];
            _n = _points.Sum(p => (double)p.N);
            var least = Math.Max(LeastInBin, EndShare * _n);
            _from = _x[Beside(_points, least)];
            _to = _x[_x.Length - 1 - Beside([.. _points.Reverse()], least)];
            _variances = Variances();
            _weights = [.. _points.Select((p, i) => p.N / _variances[i])];
        }

        private bool HasRoom => _to > _from;

        public Curve Of(Curve curve, IReadOnlyList<double> limits)
        {
            var regression = Regression(_y, _bottom);
            var evidence = default(CurveEvidence);
            SegmentedFit? broken = HasRoom ? Broken(regression, out evidence) : null;
            var falls = regression.LineSlope < -Z * Math.Sqrt(regression.LineSlopeVariance);
            var kind = broken is not null ? CurveKind.Segmented : falls ? CurveKind.Isotonic : CurveKind.Level;
            var fitted = Fitted(_y, kind, broken);
            var lows = Lows([.. _points.Select(p => (double)p.Low / p.N)], kind);
            var draws = kind == CurveKind.Level ? [] : Draw(kind, broken, fitted, lows, limits);
            return curve with
            {
                Kind = kind, Evidence = evidence,
                Break = broken is { } fit ? BreakOf(fit, draws) : null,
                Bins = Bins(kind, broken, fitted),
                Line = Line(kind, broken, fitted),
                Shown = Shown(),
                Limits = kind == CurveKind.Level ? [] : [.. limits.Select((limit, i) => LimitOf(limit, i, kind, broken, fitted, lows, draws))],
            };
        }

        private SegmentedFit? Broken(SegmentedRegression straight, out CurveEvidence evidence)
        {
            var each = Math.Log(_n);
            var (fit, own) = Best(straight, _bottom);
            // A bottom overlooked would bend the slope, and with it the break: it is taken by the milder criterion of Akaike.
            var least = own - 2;
            foreach (var bottom in AllBottoms)
            {
                var (other, its) = Best(Regression(_y, bottom), bottom);
                its += Apart(bottom);
                if (its < least) (fit, least, own, _bottom) = (other, its, its + each, bottom);
            }
            evidence = new CurveEvidence(straight.LineSquares + 2 * each - own, straight.LevelSquares + each - own, straight.ChanceOfLine(_from, _to, 1));
            var isFall = Math.Min(fit.SlopeBefore, fit.SlopeAfter) < 0;
            return isFall && Math.Min(evidence.OverLine, evidence.OverLevel) >= ClearBy ? fit : null;
        }

        // The information criterion counts parameters, the break being one: level 1, line 2, level then slope 3, two slopes 4.
        private (SegmentedFit Fit, double Criterion) Best(SegmentedRegression regression, double bottom)
        {
            var level = regression.Fit(SegmentedShape.LevelThenSlope, _from, To(bottom));
            var slopes = regression.Fit(SegmentedShape.TwoSlopes, _from, To(bottom));
            var each = Math.Log(_n);
            return slopes.Squares + each < level.Squares - ClearBy ? (slopes, slopes.Squares + 4 * each) : (level, level.Squares + 3 * each);
        }

        // The squares among what lies at the bottom, which one point does not show.
        private double Apart(double bottom)
        {
            double weight = 0, sum = 0, squares = 0;
            for (var i = Array.FindIndex(_x, x => x >= bottom); i >= 0 && i < _x.Length; i++)
                (weight, sum, squares) = (weight + _weights[i], sum + _weights[i] * _y[i], squares + _weights[i] * _y[i] * _y[i]);
            return weight > 0 ? squares - sum * sum / weight : 0;
        }

        private double Quantile(double share)
        {
            var left = share * _n;
            return _x[Math.Max(0, Array.FindIndex(_points, p => (left -= p.N) <= 0))];
        }

        private double To(double bottom) => Math.Min(_to, _x[Math.Max(0, Array.FindLastIndex(_x, x => x < bottom))]);

        // What lies at the bottom is one point.
        private SegmentedRegression Regression(double[] y, double bottom)
        {
            var count = Array.FindIndex(_x, x => x >= bottom);
            if (count < 0) return new SegmentedRegression(_x, y, _weights);
            double weight = 0, mean = 0;
            for (var i = count; i < _x.Length; i++) (weight, mean) = (weight + _weights[i], mean + _weights[i] * y[i]);
            return new SegmentedRegression([.. _x[..count], bottom], [.. y[..count], mean / weight], [.. _weights[..count], weight]);
        }

        private CurveBreak BreakOf(SegmentedFit fit, Drawn[] draws)
        {
            var (low, high) = IntervalOf(fit);
            var slope = Interval(fit.SlopeAfter, draws.Select(d => d.Slope));
            return _turned
                ? new CurveBreak(-fit.Break, -high, -low, -fit.SlopeBefore, new Estimate(-slope.Value, -slope.High, -slope.Low), Beyond(fit.Break))
                : new CurveBreak(fit.Break, low, high, fit.SlopeBefore, slope, Beyond(fit.Break));
        }

        // Where the bottom lies is not known either: a break is within if it is with any bottom.
        private (double Low, double High) IntervalOf(SegmentedFit fit)
        {
            var (low, high) = (fit.Break, fit.Break);
            foreach (var bottom in AllBottoms.Prepend(double.PositiveInfinity))
            {
                var regression = Regression(_y, bottom);
                var other = bottom == _bottom ? fit : regression.Fit(fit.Shape, _from, To(bottom));
                var allowed = ChiSquared - (other.Squares + Apart(bottom) - fit.Squares - Apart(_bottom));
                if (allowed <= 0) continue;
                var (its, end) = regression.Interval(other, _from, To(bottom), allowed);
                (low, high) = (Math.Min(low, its), Math.Max(high, end));
            }
            return (low, high);
        }

        private IEnumerable<double> AllBottoms => Bottoms.Select(Quantile).Where(b => b > _from && b < _x[^1]).Distinct();

        // By groups of neighbours, around a first fit: a bin alone may hold a single answer.
        private double[] Variances()
        {
            double[] counts = [.. _points.Select(p => (double)p.N)];
            var first = new SegmentedRegression(_x, _y, counts);
            var level = HasRoom ? first.Fit(SegmentedShape.TwoSlopes, _from, _to) : (SegmentedFit?)null;
            var squares = _points.Select((p, i) => (level?.At(_x[i]) ?? first.LineAt(_x[i])) is var f ? p.SumSq - 2 * f * p.Sum + p.N * f * f : 0).ToArray();
            var whole = squares.Sum() / Math.Max(1, _n - 4);
            var groups = (int)Math.Clamp(_n / GroupOf, 1, MostGroups);
            var variances = new double[_points.Length];
            for (int start = 0, end; start < _points.Length; start = end)
            {
                double n = 0, sum = 0;
                for (end = start; end < _points.Length && n < _n / groups; end++) (n, sum) = (n + counts[end], sum + squares[end]);
                // Where hardly anybody is unhappy a handful of answers says little about how they vary.
                variances.AsSpan(start, end - start).Fill(Math.Max(sum / n, .1 * whole));
            }
            return variances;
        }

        private double[] Fitted(double[] y, CurveKind kind, SegmentedFit? broken) => kind switch
        {
            CurveKind.Segmented => [.. _x.Select(x => broken!.Value.At(Math.Min(x, _bottom)))],
            CurveKind.Isotonic => IsotonicRegression.Decreasing(y, _weights),
            CurveKind.Level => [.. Enumerable.Repeat(y.Zip(_weights, (v, w) => v * w).Sum() / _weights.Sum(), y.Length)],
        };

        // Low scores never become fewer the worse it gets.
        private double[] Lows(double[] shares, CurveKind kind) =>
            kind == CurveKind.Level ? shares : IsotonicRegression.Increasing(shares, [.. _points.Select(p => (double)p.N)]);

        private Drawn[] Draw(CurveKind kind, SegmentedFit? broken, double[] fitted, double[] lows, IReadOnlyList<double> limits)
        {
            var random = new Random(_points.Length);
            double Noise() => Normal.Sample(random, 0, 1);
            return [.. Enumerable.Range(0, Draws).Select(_ =>
            {
                double[] y = [.. fitted.Select((f, i) => f + Noise() / Math.Sqrt(_weights[i]))];
                SegmentedFit? fit = broken is { } of ? Regression(y, _bottom).Fit(of.Shape, _from, To(_bottom)) : null;
                var line = Fitted(y, kind, fit);
                var low = Lows([.. lows.Select((share, i) => (share + .5 / _points[i].N) / (1 + 1.0 / _points[i].N) is var p ? Math.Clamp(share + Noise() * Math.Sqrt(p * (1 - p) / _points[i].N), 0, 1) : 0)], kind);
                return new Drawn(fit?.SlopeAfter ?? 0, [.. limits.Select(l => Gain(Turn(l), kind, fit, line))], [.. limits.Select(l => Gain(Turn(l), CurveKind.Isotonic, null, low))]);
            })];
        }

        private CurveLimit LimitOf(double limit, int index, CurveKind kind, SegmentedFit? broken, double[] fitted, double[] lows, Drawn[] draws) => new(
            limit, Beyond(Turn(limit)),
            Interval(Gain(Turn(limit), kind, broken, fitted), draws.Select(d => d.Gains[index])),
            Interval(Gain(Turn(limit), CurveKind.Isotonic, null, lows), draws.Select(d => d.Lows[index])));

        // What the mean over all would gain if whoever is beyond the limit were at it, each keeping what sets them apart from the line.
        private double Gain(double limit, CurveKind kind, SegmentedFit? broken, double[] fitted)
        {
            var there = At(limit, kind, broken, fitted);
            double gain = 0;
            for (var i = Array.FindIndex(_x, x => x > limit); i >= 0 && i < _x.Length; i++) gain += _points[i].N * (there - fitted[i]);
            return gain / _n;
        }

        private double At(double x, CurveKind kind, SegmentedFit? broken, double[] fitted)
        {
            if (kind == CurveKind.Segmented) return broken!.Value.At(Math.Min(x, _bottom));
            var next = Array.FindIndex(_x, v => v > x);
            return fitted[next < 0 ? ^1 : Math.Max(0, next - 1)];
        }

        private double Beyond(double at) => _points.Where((_, i) => _x[i] > at).Sum(p => (double)p.N) / _n;

        private List<CurveBin> Bins(CurveKind kind, SegmentedFit? broken, double[] fitted)
        {
            var bins = CurvePoint.Merge(_points, (long)Math.Ceiling(_n / MostBins), LeastInBin, (Quantile(.99) - Quantile(.01)) / MostBins)
                .Select(p => new CurveBin(p.X, p, At(Turn(p.X), kind, broken, fitted))).ToList();
            if (_turned) bins.Reverse();
            return bins;
        }

        private CurveRange Shown()
        {
            var edge = Quantile(.99);
            var beyond = _points.Where((_, i) => _x[i] > edge).Sum(p => p.N);
            return _turned ? new CurveRange(-edge, -_x[0], beyond, -_x[^1]) : new CurveRange(_x[0], edge, beyond, _x[^1]);
        }

        // Corners; a step of the falling line has two.
        private List<CurveSpot> Line(CurveKind kind, SegmentedFit? broken, double[] fitted)
        {
            var last = _x[^1];
            List<CurveSpot> spots = kind == CurveKind.Segmented
                ? [new(_x[0], broken!.Value.At(_x[0])), new(broken.Value.Break, broken.Value.Level), .. (last > _bottom ? (CurveSpot[])[new(_bottom, broken.Value.At(_bottom))] : []), new(last, broken.Value.At(Math.Min(last, _bottom)))]
                : [new(_x[0], fitted[0]), .. Enumerable.Range(1, _x.Length - 1).Where(i => fitted[i] != fitted[i - 1]).SelectMany(i => (CurveSpot[])[new(_x[i], fitted[i - 1]), new(_x[i], fitted[i])]), new(last, fitted[^1])];
            if (!_turned) return spots;
            spots.Reverse();
            return [.. spots.Select(s => s with { X = -s.X })];
        }

        private static int Beside(CurvePoint[] points, double least)
        {
            double n = 0;
            return Math.Max(0, Math.Min(points.Length - 1, Array.FindIndex(points, p => (n += p.N) >= least)));
        }

        private static Estimate Interval(double value, IEnumerable<double> draws)
        {
            double[] sorted = [.. draws.Order()];
            return sorted.Length == 0 ? new Estimate(value, value, value) : new Estimate(value, sorted[(int)(.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(.975 * (sorted.Length - 1))]);
        }

        private double Turn(double x) => _turned ? -x : x;
    }

    private sealed record Drawn(double Slope, double[] Gains, double[] Lows);
}
