using System.Globalization;

namespace CxDesk.Web.Scorecards;

/// <summary>The geometry of a bar in a box of 100 × 16 that the page stretches. What can be negative grows from zero to either side.</summary>
public sealed record ScorecardBarShape(ScorecardBarShape.Span? Bar, string? Whisker, string? TargetX)
{
    public static readonly ScorecardBarShape Empty = new(null, null, null);

    public readonly record struct Span(string X, string Width);

    public static ScorecardBarShape Of(ScorecardScale scale, double? score, double? low, double? high, double? target)
    {
        double X(double value) => Math.Clamp(100 * (value - scale.Lowest) / (scale.Highest - scale.Lowest), 0, 100);
        Span? bar = null;
        if (score is { } value)
        {
            var (zero, end) = (X(scale.Zero), X(value));
            bar = new Span(Number(Math.Min(zero, end)), Number(Math.Abs(end - zero)));
        }
        var whisker = score is not null && low is { } from && high is { } to
            ? $"M{Number(X(from))} 4v8M{Number(X(from))} 8H{Number(X(to))}M{Number(X(to))} 4v8"
            : null;
        return new ScorecardBarShape(bar, whisker, target is { } goal ? Number(X(goal)) : null);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
