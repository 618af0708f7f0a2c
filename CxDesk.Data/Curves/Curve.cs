namespace CxDesk.Data.Curves;

/// <summary>What the data say about how an outcome follows a measure.</summary>
public enum CurveKind
{
    /// <summary>One break, clearer than a straight line and than a level one.</summary>
    Segmented,

    /// <summary>It falls, but no break is clear: the nearest line that never rises.</summary>
    Isotonic,

    /// <summary>No break can be told, nor that it falls at all.</summary>
    Level,
}

/// <summary>Why there is no curve.</summary>
public enum CurveRefusal
{
    /// <summary>Fewer answers came with the measure than <see cref="CurveFitter.LeastAnswers"/>.</summary>
    TooFew,

    /// <summary>The measure was always the same.</summary>
    MeasureIsConstant,

    /// <summary>The measure took fewer than <see cref="CurveFitter.LeastValues"/> values.</summary>
    TooFewValues,

    /// <summary>Everybody gave the same answer.</summary>
    OutcomeIsConstant,
}

/// <summary>How an outcome follows a measure, in the units of both.</summary>
public sealed record Curve
{
    public required long N { get; init; }

    /// <summary>Mean of the outcome over all answers.</summary>
    public required double Mean { get; init; }

    /// <summary>How many of all answers were low scores, 0–1.</summary>
    public required double LowShare { get; init; }

    /// <summary>Null where there is a curve; else what follows is empty.</summary>
    public CurveRefusal? Refusal { get; init; }
    public CurveKind Kind { get; init; } = CurveKind.Level;
    public CurveBreak? Break { get; init; }
    public CurveEvidence Evidence { get; init; }

    /// <summary>The answers in groups of neighbours, none smaller than <see cref="CurveFitter.LeastInBin"/>, by the measure.</summary>
    public IReadOnlyList<CurveBin> Bins { get; init; } = [];

    /// <summary>The fitted line as corners, by the measure.</summary>
    public IReadOnlyList<CurveSpot> Line { get; init; } = [];

    /// <summary>What of the measure a picture has room for.</summary>
    public CurveRange Shown { get; init; }

    /// <summary>What would follow if nobody had been served worse than a limit.</summary>
    public IReadOnlyList<CurveLimit> Limits { get; init; } = [];
}

/// <param name="Low">Lower end of the 95 % interval of where it is.</param>
/// <param name="SlopeBefore">Outcome for a unit of the measure, on the better side; 0 where that is level.</param>
/// <param name="SlopeAfter">On the worse side.</param>
/// <param name="Beyond">Share of contacts on the worse side, 0–1.</param>
public sealed record CurveBreak(double At, double Low, double High, double SlopeBefore, Estimate SlopeAfter, double Beyond);

/// <summary>How clearly there is a break.</summary>
/// <param name="OverLine">By how much the Bayesian information criterion is less with a break than of a straight line.</param>
/// <param name="OverLevel">The same against a level line.</param>
/// <param name="Chance">The chance, at most, that a straight line looks so broken.</param>
public readonly record struct CurveEvidence(double OverLine, double OverLevel, double Chance);

/// <param name="X">Mean of the measure.</param>
/// <param name="Fitted">What the line says there.</param>
public sealed record CurveBin(double X, CurvePoint Sums, double Fitted);

/// <summary>All of the measure but the worst hundredth of the contacts, which lies far apart.</summary>
/// <param name="Beyond">Answers that lie beyond it; they are counted in everything else.</param>
/// <param name="Worst">How far they lie.</param>
public readonly record struct CurveRange(double Low, double High, long Beyond, double Worst);

public readonly record struct CurveSpot(double X, double Y);

/// <summary>A value with its 95 % interval.</summary>
public readonly record struct Estimate(double Value, double Low, double High);

/// <param name="Limit">The worst value that anybody would have had.</param>
/// <param name="Beyond">Share of contacts that had a worse one, 0–1.</param>
/// <param name="Change">By how much the mean of the outcome over all contacts would be other than it is.</param>
/// <param name="LowChange">The same for the share of low scores.</param>
public sealed record CurveLimit(double Limit, double Beyond, Estimate Change, Estimate LowChange);
