using System.Numerics;

namespace CxDesk.Data.Rollups;

/// <summary>
/// What a rollup keeps of the answers to one metric: how many, Σx, Σx², and how many gave each value
/// (<c>V0</c>…<c>V10</c>; CSAT fills V1–V5, NPS V0–V10, CES V1–V7). Sums add, averages do not, so every mean, interval
/// and NPS is computed from these. Skipped answers are in none of them.
/// </summary>
public readonly record struct ScoreSums : ISubtractionOperators<ScoreSums, ScoreSums, ScoreSums>
{
    public long N { get; init; }
    public long Sum { get; init; }
    public long SumSq { get; init; }
    public long V0 { get; init; }
    public long V1 { get; init; }
    public long V2 { get; init; }
    public long V3 { get; init; }
    public long V4 { get; init; }
    public long V5 { get; init; }
    public long V6 { get; init; }
    public long V7 { get; init; }
    public long V8 { get; init; }
    public long V9 { get; init; }
    public long V10 { get; init; }

    /// <summary>NPS answers of 9 and 10.</summary>
    public long Promoters => V9 + V10;

    /// <summary>NPS answers of 0 to 6.</summary>
    public long Detractors => V0 + V1 + V2 + V3 + V4 + V5 + V6;

    /// <summary>How many answers gave this value, 0 to 10.</summary>
    public long Count(int value) => value switch
    {
        0 => V0, 1 => V1, 2 => V2, 3 => V3, 4 => V4, 5 => V5, 6 => V6, 7 => V7, 8 => V8, 9 => V9, 10 => V10,
        _ => 0,
    };

    /// <summary>Answers that are low in themselves (<see cref="MetricScale.IsLow"/>).</summary>
    public long Low(Metric metric) => Enumerable.Range(0, 11).Where(value => metric.IsLow(value)).Sum(Count);

    /// <summary>Those of the answers that gave certain values.</summary>
    public ScoreSums Where(Func<int, bool> holds)
    {
        var some = new ScoreSums();
        for (var value = 0; value <= 10; value++)
            if (Count(value) is not 0 and var count && holds(value)) some += Of(value, count);
        return some;
    }

    /// <summary>One answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 10.</exception>
    public static ScoreSums Of(int value) => Of(value, 1);

    /// <summary>A number of answers with the same value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 10.</exception>
    public static ScoreSums Of(int value, long count)
    {
        var sums = new ScoreSums { N = count, Sum = count * value, SumSq = count * value * value };
        return value switch
        {
            0 => sums with { V0 = count },
            1 => sums with { V1 = count },
            2 => sums with { V2 = count },
            3 => sums with { V3 = count },
            4 => sums with { V4 = count },
            5 => sums with { V5 = count },
            6 => sums with { V6 = count },
            7 => sums with { V7 = count },
            8 => sums with { V8 = count },
            9 => sums with { V9 = count },
            10 => sums with { V10 = count },
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A score is a whole number from 0 to 10."),
        };
    }

    public static ScoreSums operator +(in ScoreSums a, in ScoreSums b) => new()
    {
        N = a.N + b.N,
        Sum = a.Sum + b.Sum,
        SumSq = a.SumSq + b.SumSq,
        V0 = a.V0 + b.V0,
        V1 = a.V1 + b.V1,
        V2 = a.V2 + b.V2,
        V3 = a.V3 + b.V3,
        V4 = a.V4 + b.V4,
        V5 = a.V5 + b.V5,
        V6 = a.V6 + b.V6,
        V7 = a.V7 + b.V7,
        V8 = a.V8 + b.V8,
        V9 = a.V9 + b.V9,
        V10 = a.V10 + b.V10,
    };

    /// <summary>Without answers that are among these.</summary>
    public static ScoreSums operator -(ScoreSums a, ScoreSums b) => new()
    {
        N = a.N - b.N,
        Sum = a.Sum - b.Sum,
        SumSq = a.SumSq - b.SumSq,
        V0 = a.V0 - b.V0,
        V1 = a.V1 - b.V1,
        V2 = a.V2 - b.V2,
        V3 = a.V3 - b.V3,
        V4 = a.V4 - b.V4,
        V5 = a.V5 - b.V5,
        V6 = a.V6 - b.V6,
        V7 = a.V7 - b.V7,
        V8 = a.V8 - b.V8,
        V9 = a.V9 - b.V9,
        V10 = a.V10 - b.V10,
    };
}
