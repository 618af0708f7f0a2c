namespace CxDesk.Web.Deliveries;

/// <summary>What became of one try to bring something out.</summary>
public abstract record Carried
{
    private Carried()
    {
    }

    /// <summary>What nobody had thought of, where that is why.</summary>
    public Exception? Unforeseen { get; init; }

    /// <summary>The other side has taken it.</summary>
    public sealed record Arrived : Carried;

    /// <summary>It has certainly not arrived, and may another time.</summary>
    /// <param name="Wait">What the other side asks to wait; null: it says nothing.</param>
    public sealed record Later(string Error, TimeSpan? Wait = null) : Carried;

    /// <summary>It was refused, and would be each time.</summary>
    public sealed record Never(string Error) : Carried;

    /// <summary>The line broke after it left: it may have arrived.</summary>
    public sealed record InDoubt(string Error) : Carried;
}
