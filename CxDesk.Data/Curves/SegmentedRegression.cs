using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Curves;

/// <summary>How a broken line goes before its break.</summary>
public enum SegmentedShape
{
    /// <summary>Level, then sloping.</summary>
    LevelThenSlope,

    /// <summary>Two slopes that meet.</summary>
    TwoSlopes,
}

/// <summary>A line that bends once: value at the break, slope on either side.</summary>
/// <param name="Squares">Weighted squares that it leaves.</param>
public readonly record struct SegmentedFit(SegmentedShape Shape, double Break, double Level, double SlopeBefore, double SlopeAfter, double Squares)
{
    public double At(double x) => Level + (x - Break) * (x > Break ? SlopeAfter : SlopeBefore);
}

/// <summary>
/// Least squares with one break, weighted. For a given break ψ the model y = a + b·x + c·(x − ψ)₊ is linear, and its sums
/// follow from sums over what lies right of ψ: with those kept, one ψ costs O(log n), all of them O(n log n). The break
/// is the ψ that leaves the least squares. Pure.
/// </summary>
/// <remarks>
/// Hinkley, "Inference in two-phase regression", JASA 66 (1971); Hudson, "Fitting segmented curves whose join points have
/// to be estimated", JASA 61 (1966); Muggeo, "Estimating regression models with unknown break-points", Statistics in
/// Medicine 22 (2003).
/// </remarks>
public sealed class SegmentedRegression
{
    private const int GoldenSteps = 40;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    // Of what is standardised: x by its mean and spread, y by its mean.
    private readonly double[] _x;
    private readonly double[] _rightW, _rightX, _rightXX, _rightY, _rightXY;
    private readonly double _meanX, _scaleX, _meanY, _weight, _xx, _xy, _yy;

    /// <param name="x">Sorted, without two the same.</param>
    /// <param name="y">A mean for each.</param>
    /// <param name="weights">Over 0: how many it is the mean of, or that over their variance.</param>
    public SegmentedRegression(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, x.Length);
        var n = x.Length;
        for (var i = 0; i < n; i++) (_weight, _meanX, _meanY) = (_weight + weights[i], _meanX + weights[i] * x[i], _meanY + weights[i] * y[i]);
        (_meanX, _meanY) = (_meanX / _weight, _meanY / _weight);
        for (var i = 0; i < n; i++) _scaleX += weights[i] * (x[i] - _meanX) * (x[i] - _meanX);
        _scaleX = Math.Sqrt(_scaleX / _weight);
        ArgumentOutOfRangeException.ThrowIfZero(_scaleX, nameof(x));

        _x = new double[n];
        (_rightW, _rightX, _rightXX, _rightY, _rightXY) = (new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1]);
        for (var i = n - 1; i >= 0; i--)
        {
            double z = _x[i] = (x[i] - _meanX) / _scaleX, v = y[i] - _meanY, w = weights[i];
            _rightW[i] = _rightW[i + 1] + w;
            _rightX[i] = _rightX[i + 1] + w * z;
            _rightXX[i] = _rightXX[i + 1] + w * z * z;
            _rightY[i] = _rightY[i + 1] + w * v;
            _rightXY[i] = _rightXY[i + 1] + w * z * v;
            _yy += w * v * v;
        }
        (_xx, _xy) = (_rightXX[0], _rightXY[0]);
    }

    /// <summary>What a level line leaves.</summary>
    public double LevelSquares => _yy;

    /// <summary>What a straight line leaves.</summary>
    public double LineSquares => Math.Max(0, _yy - _xy * _xy / _xx);

    public double LineSlope => _xy / _xx / _scaleX;

    /// <summary>Squared standard error of <see cref="LineSlope"/> for weights that are one over the variance.</summary>
    public double LineSlopeVariance => 1 / (_xx * _scaleX * _scaleX);

    public double LineAt(double x) => _meanY + _xy / _xx * (x - _meanX) / _scaleX;

    /// <summary>The best break between two bounds.</summary>
    public SegmentedFit Fit(SegmentedShape shape, double from, double to)
    {
        var (low, high) = (Standard(from), Standard(to));
        var (best, least) = (low, Squares(shape, low));
        void Try(double at)
        {
            if (Squares(shape, at) is var squares && squares < least) (best, least) = (at, squares);
        }

        var (first, last) = (After(low), After(high));
        for (var i = first; i < last; i++) Try(_x[i]);
        Try(high);
        // Between two neighbours the squares are smooth; the least lies beside the best of the points.
        var beside = After(best);
        var (left, right) = (Math.Max(low, _x[Math.Max(0, beside - 2)]), Math.Min(high, _x[Math.Min(_x.Length - 1, beside)]));
        var point = best;
        Try(Search(shape, left, point));
        Try(Search(shape, point, right));
        return Of(shape, best);
    }

    /// <summary>The fit with a break that is given.</summary>
    public SegmentedFit At(SegmentedShape shape, double at) => Of(shape, Standard(at));

    /// <summary>
    /// Every break that the data do not speak against at the 5 % level: those whose squares are over the least by no more
    /// than <paramref name="allowed"/>. The outermost such breaks, as profile likelihood has them.
    /// </summary>
    /// <param name="allowed">In units of the squares: the quantile of χ²₁ where weights are one over the variance, times the variance where they are not.</param>
    public (double Low, double High) Interval(SegmentedFit fit, double from, double to, double allowed)
    {
        var (low, high) = (Standard(from), Standard(to));
        var most = fit.Squares + allowed;
        double[] all = [low, .. _x.Where(x => x > low && x < high), high];
        var best = Standard(fit.Break);
        bool Fits(double at) => Squares(fit.Shape, at) <= most;
        double Edge(double inside, double outside)
        {
            for (var i = 0; i < GoldenSteps; i++)
            {
                var middle = (inside + outside) / 2;
                if (Fits(middle)) inside = middle;
                else outside = middle;
            }
            return inside;
        }

        var (lowest, highest) = (best, best);
        var first = Array.FindIndex(all, Fits);
        if (first >= 0 && all[first] < best) lowest = first == 0 ? all[0] : Edge(all[first], all[first - 1]);
        else if (all.LastOrDefault(x => x < best, best) is var before && before < best) lowest = Edge(best, before);
        var last = Array.FindLastIndex(all, Fits);
        if (last >= 0 && all[last] > best) highest = last == all.Length - 1 ? all[^1] : Edge(all[last], all[last + 1]);
        else if (all.FirstOrDefault(x => x > best, best) is var after && after > best) highest = Edge(best, after);
        return (Original(lowest), Original(highest));
    }

    /// <summary>
    /// Whether there is a break at all: the chance, at most, that a straight line shows one as clear anywhere between the
    /// bounds. S(ψ) is the standardised difference of slopes at ψ, M its largest size, V how much it varies along ψ; the
    /// chance is bounded by 2Φ(−M) + 2V·exp(−M²/2)/√(8π).
    /// </summary>
    /// <param name="variance">Of a value of weight 1.</param>
    /// <remarks>Davies, "Hypothesis testing when a nuisance parameter is present only under the alternative", Biometrika 74 (1987).</remarks>
    public double ChanceOfLine(double from, double to, double variance)
    {
        double most = 0, varied = 0;
        double? before = null;
        for (var i = 0; i < _x.Length; i++)
        {
            if (_x[i] < Standard(from) || _x[i] > Standard(to)) continue;
            var (spread, product) = Bend(_x[i], i + 1);
            if (spread <= 1e-12 * _weight) continue;
            var statistic = product / Math.Sqrt(spread * variance);
            most = Math.Max(most, Math.Abs(statistic));
            if (before is { } last) varied += Math.Abs(statistic - last);
            before = statistic;
        }
        return Math.Min(1, 2 * Normal.CDF(0, 1, -most) + 2 * varied * Math.Exp(-most * most / 2) / Math.Sqrt(8 * Math.PI));
    }

    private double Search(SegmentedShape shape, double left, double right)
    {
        for (var i = 0; i < GoldenSteps && right - left > 1e-9; i++)
        {
            var step = Golden * (right - left);
            if (Squares(shape, right - step) <= Squares(shape, left + step)) right = left + step;
            else left = right - step;
        }
        return (left + right) / 2;
    }

    private double Squares(SegmentedShape shape, double at)
    {
        var right = After(at);
        if (shape == SegmentedShape.TwoSlopes)
        {
            var (spread, product) = Bend(at, right);
            return spread <= 1e-12 * _weight ? LineSquares : Math.Max(0, _yy - _xy * _xy / _xx - product * product / spread);
        }
        var (sum, squares, withY, _) = Over(at, right);
        var own = squares - sum * sum / _weight;
        return own <= 1e-12 * _weight ? _yy : Math.Max(0, _yy - withY * withY / own);
    }

    // u = (x − ψ)₊: Σwu, Σwu², Σwuy, Σwux. The mean of y is 0, and so is that of x.
    private (double Sum, double Squares, double WithY, double WithX) Over(double at, int right) => (
        _rightX[right] - at * _rightW[right],
        _rightXX[right] - 2 * at * _rightX[right] + at * at * _rightW[right],
        _rightXY[right] - at * _rightY[right],
        _rightXX[right] - at * _rightX[right]);

    // What is left of u, and of its product with y, once level and x are taken out.
    private (double Spread, double Product) Bend(double at, int right)
    {
        var (sum, squares, withY, withX) = Over(at, right);
        return (squares - sum * sum / _weight - withX * withX / _xx, withY - withX * _xy / _xx);
    }

    private SegmentedFit Of(SegmentedShape shape, double at)
    {
        var right = After(at);
        var (sum, squares, withY, withX) = Over(at, right);
        double before = 0, bend = 0;
        if (shape == SegmentedShape.TwoSlopes)
        {
            var (spread, product) = Bend(at, right);
            bend = spread <= 1e-12 * _weight ? 0 : product / spread;
            before = (_xy - bend * withX) / _xx;
        }
        else if (squares - sum * sum / _weight is var own && own > 1e-12 * _weight) bend = withY / own;
        var level = _meanY - bend * sum / _weight + before * at;
        return new SegmentedFit(shape, Original(at), level, before / _scaleX, (before + bend) / _scaleX, Squares(shape, at));
    }

    // The first point right of it.
    private int After(double at)
    {
        var (low, high) = (0, _x.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_x[middle] > at) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private double Standard(double x) => (x - _meanX) / _scaleX;

    private double Original(double z) => _meanX + z * _scaleX;
}
