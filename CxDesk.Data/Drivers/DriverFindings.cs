namespace CxDesk.Data.Drivers;

/// <summary>Why no weights are given.</summary>
public enum DriverRefusal
{
    /// <summary>No answer has both the outcome and a rating.</summary>
    NoAnswers,

    /// <summary>Fewer than two attributes: there is nothing to share between.</summary>
    TooFewAttributes,

    /// <summary>Fewer whole answers than the minimum.</summary>
    TooFewAnswers,

    /// <summary>Nearly everybody gave the outcome the same value.</summary>
    OutcomeDoesNotVary,

    /// <summary>Nearly everybody gave an attribute the same rating.</summary>
    AttributeDoesNotVary,

    /// <summary>One attribute says nothing that the others do not.</summary>
    Collinear,
}

/// <summary>What importance and performance together ask for (Martilla and James, "Importance-performance analysis", Journal of Marketing 41, 1977).</summary>
public enum DriverQuadrant
{
    /// <summary>Important, and rated under the average.</summary>
    FixFirst,

    /// <summary>Important, and rated over it.</summary>
    KeepUp,

    /// <summary>Less important, and rated over the average.</summary>
    OverServed,

    /// <summary>Less important, and rated under it.</summary>
    Watch,
}

/// <summary>What one attribute has to do with the outcome. Weights are shares of the outcome's variance, 0–1; intervals 95 %.</summary>
public sealed record Driver
{
    public required DriverAttribute Attribute { get; init; }
    public required Estimate Weight { get; init; }

    /// <summary>Of R²: its importance. All shares add up to one.</summary>
    public required Estimate Share { get; init; }

    /// <summary>More than a variable made by chance would get; else it is not to be called a driver.</summary>
    public required bool IsCertain { get; init; }

    /// <summary>With the outcome by itself. A weight has no sign; this tells the direction.</summary>
    public required double Correlation { get; init; }

    /// <summary>Mean rating; where attributes are rated on different scales, as a share of its own, 0–1.</summary>
    public required Estimate Performance { get; init; }
    public required DriverQuadrant Quadrant { get; init; }
}

/// <summary>What ratings lie between.</summary>
public readonly record struct DriverScale(double Lowest, double Highest);

/// <param name="Low">Lower end of its 95 % interval.</param>
public readonly record struct Estimate(double Value, double Low, double High);

/// <summary>What was found about an outcome, or why nothing can be said.</summary>
public sealed record DriverFindings
{
    /// <summary>Whole answers: with the outcome and a rating of every attribute taken in.</summary>
    public required int N { get; init; }

    /// <summary>Answers that have the outcome and any rating.</summary>
    public required int Rated { get; init; }
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Null where weights are given.</summary>
    public DriverRefusal? Refusal { get; init; }

    /// <summary>The attributes that the refusal is about.</summary>
    public IReadOnlyList<DriverAttribute> About { get; init; } = [];

    /// <summary>Whole answers that it takes.</summary>
    public int Minimum { get; init; }

    /// <summary>The share of the outcome's variance that all attributes explain together.</summary>
    public Estimate RSquared { get; init; }

    /// <summary>The heaviest first.</summary>
    public IReadOnlyList<Driver> Drivers { get; init; } = [];

    /// <summary>The scale that performances are on; null where attributes have different ones, and performances are shares of them.</summary>
    public DriverScale? Scale { get; init; }

    /// <summary>Mean of the shares, and of the performances: where the map is cut in four.</summary>
    public double ImportanceCut { get; init; }
    public double PerformanceCut { get; init; }

    /// <summary>Bootstrap draws that the intervals rest on.</summary>
    public int Draws { get; init; }
}
