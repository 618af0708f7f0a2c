namespace CxDesk.Data.Live;

/// <summary>Which few of the open cases a board names, now as in the past.</summary>
internal static class UrgentCases
{
    public const int Most = 3;

    /// <summary>
    /// What presses most: what is late comes first, each by urgency. Where somebody has all of these already, the last of them
    /// makes room for the first that calls for somebody.
    /// </summary>
    /// <param name="first">The first of all, no more than <see cref="Most"/>.</param>
    /// <param name="calling">Finds the first of those that <see cref="LiveUrgentCase.Calls"/>; asked only where it may matter.</param>
    public static async Task<IReadOnlyList<LiveUrgentCase>> Of(IReadOnlyList<LiveUrgentCase> first, Func<Task<LiveUrgentCase?>> calling) =>
        first.Count < Most || first.Any(it => it.Calls) || await calling() is not { } free ? first : [.. first.Take(Most - 1), free];
}
