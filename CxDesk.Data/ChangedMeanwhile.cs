namespace CxDesk.Data;

/// <summary>A save came second: somebody changed the same thing since it was read. Nothing was stored.</summary>
/// <param name="by">Who changed it; null where the audit trail does not say.</param>
/// <param name="what">What they did, as the audit trail names it.</param>
public sealed class ChangedMeanwhile(string? by, string? what, DateTimeOffset? at)
    : Exception($"Changed meanwhile by {by ?? "somebody"}{(what is null ? "" : $" ({what})")}.")
{
    public string? By => by;
    public string? What => what;
    public DateTimeOffset? At => at;
}
