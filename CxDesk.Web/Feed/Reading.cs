namespace CxDesk.Web.Feed;

/// <summary>A board as it was last read, and how reading it goes. A failed read keeps the board of the last good one.</summary>
/// <param name="Board">Null until the first good read.</param>
/// <param name="ReadAt">The last good read.</param>
/// <param name="TriedAt">The last try, good or not.</param>
/// <param name="FailingSince">The first of the failed tries since the last good read; null when the last try was good.</param>
/// <param name="Error">What the last try failed of, for the log and for administrators.</param>
public sealed record Reading<TBoard>(
    TBoard? Board, DateTimeOffset? ReadAt, DateTimeOffset? TriedAt, DateTimeOffset? FailingSince, string? Error)
    where TBoard : class
{
    public static readonly Reading<TBoard> NotYet = new(null, null, null, null, null);

    /// <summary>The same, of a board that is looked at as something more general.</summary>
    public Reading<TMore> As<TMore>() where TMore : class => new((TMore?)(object?)Board, ReadAt, TriedAt, FailingSince, Error);
}
