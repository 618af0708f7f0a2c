namespace CxDesk.Data.Ingest;

/// <summary>What was sent together, read and held against the rules: the good items in their places, and the rejected ones.</summary>
/// <typeparam name="T"><see cref="IncomingResponse"/> or <see cref="IncomingMeasurement"/>.</typeparam>
public sealed class IntakeBatch<T> where T : class
{
    private readonly List<T?> _items = [];
    private readonly List<RejectedItem> _rejected = [];

    /// <summary>By the index in what was sent; null where the item is rejected.</summary>
    public IReadOnlyList<T?> Items => _items;

    public IReadOnlyList<RejectedItem> Rejected => _rejected;

    public void Add(T item) => _items.Add(item);

    /// <summary>Reads the next item.</summary>
    public void Add(ItemFields fields, IntakeRules rules, Func<ItemFields, IntakeRules, T?> read)
    {
        var item = read(fields, rules);
        if (item is null) _rejected.Add(new RejectedItem(_items.Count, fields.ExternalId, fields.Faults));
        _items.Add(item);
    }
}

/// <summary>What a batch is stored under.</summary>
public sealed record IntakeOptions
{
    /// <summary>Low answers given since then open cases: all by default, none with the greatest instant.</summary>
    public DateTimeOffset OpenCasesSince { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Finds out what would happen, and stores nothing.</summary>
    public bool DryRun { get; init; }
}

public sealed record IntakeResult
{
    public required int Accepted { get; init; }
    public required int Duplicates { get; init; }

    /// <summary>By index.</summary>
    public required IReadOnlyList<RejectedItem> Rejected { get; init; }

    /// <summary>The ids of the cases opened; what joined an open case opened none.</summary>
    public IReadOnlyList<long> CasesOpened { get; init; } = [];
}
