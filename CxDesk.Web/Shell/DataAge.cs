namespace CxDesk.Web.Shell;

/// <summary>When data is too old to be believed.</summary>
public static class DataAge
{
    /// <summary>A board whose last good read is older than this is grey.</summary>
    public static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long a source may be silent within business hours unless it is set up otherwise.</summary>
    public static readonly TimeSpan DefaultSilence = TimeSpan.FromMinutes(30);

    /// <param name="readAt">The last good read; null where there was none.</param>
    /// <param name="newestAt">The newest item counted; null where there is none, which is empty and not stale.</param>
    /// <param name="silence">How long the source may be silent; null where silence is expected (outside business hours).</param>
    public static bool IsStale(DateTimeOffset now, DateTimeOffset? readAt, DateTimeOffset? newestAt, TimeSpan? silence) =>
        readAt is not { } read || now - read > ReadLimit
        || (silence is { } allowed && newestAt is { } newest && now - newest > allowed);
}
