namespace CxDesk.Web.Shell;

/// <summary>An axis: which values it spans, where they lie, and at which round values it has marks.</summary>
public sealed class ChartScale
{
    private readonly double _start, _end;

    /// <param name="low">The least value to be seen.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="start">Where the axis begins, in the chart's units; after <paramref name="end"/> for an axis that goes up.</param>
    /// <param name="marks">About how many marks.</param>
    public ChartScale(double low, double high, double start, double end, int marks = 5)
    {
        if (high - low < 1e-9) (low, high) = (low - .5, high + .5);
        (_start, _end) = (start, end);
        var rough = (high - low) / marks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        Step = power * (rough / power is var parts && parts < 1.5 ? 1 : parts < 3.5 ? 2 : parts < 7.5 ? 5 : 10);
        (Low, High) = (Math.Floor(low / Step + 1e-9) * Step, Math.Ceiling(high / Step - 1e-9) * Step);
        Marks = [.. Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + i * Step)];
    }

    public double Low { get; }
    public double High { get; }
    public double Step { get; }
    public IReadOnlyList<double> Marks { get; }

    /// <summary>Where a value lies; one outside lies on the edge.</summary>
    public double At(double value) => _start + (_end - _start) * Math.Clamp((value - Low) / (High - Low), 0, 1);
}
