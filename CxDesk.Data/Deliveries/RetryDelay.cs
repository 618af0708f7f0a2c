namespace CxDesk.Data.Deliveries;

/// <summary>How long to wait before something is tried again. Pure.</summary>
public static class RetryDelay
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Twice as long after every try, up to an hour, and up to a fifth shorter or longer, so that what failed together does not come back together.</summary>
    /// <param name="attempts">Tries so far, at least one.</param>
    /// <param name="chance">0 to 1, evenly.</param>
    public static TimeSpan After(int attempts, TimeSpan first, double chance)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        return (doubled < Longest ? doubled : Longest) * (0.8 + 0.4 * chance);
    }
}
