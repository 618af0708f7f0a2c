namespace CxDesk.Data.Rollups;

public sealed record RollupRow
{
    /// <summary>Id of the unit, person, product, channel or segment.</summary>
    public required int KeyId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public required bool IsNoTeam { get; init; }

    /// <summary>Of a region or team, and by day of an agent; else 0.</summary>
    public required int RegionId { get; init; }

    /// <summary>Of a team, and by day of an agent; else 0.</summary>
    public required int TeamId { get; init; }
    public required int MetricId { get; init; }

    /// <summary>Null in totals.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Answers, or observations of a measure.</summary>
    public required long N { get; init; }
    public required double SumX { get; init; }
    public required double SumXX { get; init; }
    public required long V0 { get; init; }
    public required long V1 { get; init; }
    public required long V2 { get; init; }
    public required long V3 { get; init; }
    public required long V4 { get; init; }
    public required long V5 { get; init; }
    public required long V6 { get; init; }
    public required long V7 { get; init; }
    public required long V8 { get; init; }
    public required long V9 { get; init; }
    public required long V10 { get; init; }

    /// <summary>The newest item counted.</summary>
    public required DateTimeOffset NewestAt { get; init; }

    /// <summary>What the customers of all that is counted were worth when they answered, as far as it was sent; a wall of the past does not know it.</summary>
    public decimal SumValue { get; init; }

    /// <summary>How much of what is counted had a value sent with it.</summary>
    public long NValue { get; init; }

    /// <summary>The sums of a score. Scores are whole numbers, so nothing is lost; of a measure only n is meant.</summary>
    public ScoreSums Scores => new()
    {
        N = N, Sum = (long)SumX, SumSq = (long)SumXX,
        V0 = V0, V1 = V1, V2 = V2, V3 = V3, V4 = V4, V5 = V5, V6 = V6, V7 = V7, V8 = V8, V9 = V9, V10 = V10,
    };

    /// <summary>The sums of whatever is counted.</summary>
    public IndicatorSums Sums => new(Scores, SumX, SumXX);
}
