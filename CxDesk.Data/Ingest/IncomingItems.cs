namespace CxDesk.Data.Ingest;

/// <summary>An answer that came in and was found good: trimmed, in NFC, in range. Codes may be new.</summary>
public sealed record IncomingResponse
{
    public required string ExternalId { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset RespondedAt { get; init; }
    public required string Channel { get; init; }
    public required string Product { get; init; }
    public required string Region { get; init; }
    public string? Touchpoint { get; init; }
    public string? Agent { get; init; }
    public IncomingCustomer? Customer { get; init; }
    public int? Csat { get; init; }
    public int? Nps { get; init; }
    public int? Ces { get; init; }

    /// <summary>By attribute.</summary>
    public IReadOnlyDictionary<string, double> Ratings { get; init; } = Nothing;

    /// <summary>By measure.</summary>
    public IReadOnlyDictionary<string, double> Operational { get; init; } = Nothing;

    public string? Comment { get; init; }
    public string? Language { get; init; }

    /// <summary>When it came in, and so when its case opens; null is now. Only history that is made up says otherwise.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    internal static readonly IReadOnlyDictionary<string, double> Nothing = new Dictionary<string, double>();
}

/// <summary>What an answer tells about a customer; what it does not tell stays as it is known.</summary>
public sealed record IncomingCustomer
{
    public required string Id { get; init; }
    public string? Name { get; init; }
    public string? Segment { get; init; }
    public decimal? Value12m { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Language { get; init; }
    public bool? NoContact { get; init; }
}

/// <summary>A measurement that came in and was found good.</summary>
public sealed record IncomingMeasurement
{
    public required string ExternalId { get; init; }
    public required string Source { get; init; }
    public required string Measure { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null: known for the company as a whole, or through the agent's team.</summary>
    public string? Region { get; init; }

    public string? Product { get; init; }
    public string? Agent { get; init; }
    public string? Channel { get; init; }

    /// <summary>The mean of <see cref="Count"/> observations.</summary>
    public required double Value { get; init; }

    public int Count { get; init; } = 1;

    /// <inheritdoc cref="IncomingResponse.ReceivedAt"/>
    public DateTimeOffset? ReceivedAt { get; init; }
}
