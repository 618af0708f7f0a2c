using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Sums over whole days, weeks and four weeks that are over, so that a year is read from some twenty rows of each team and
/// product instead of 365. A block counts while the versions of its days (RollupDays) add up to what they added up to when
/// it was summed; versions only grow, so equal sums are equal days. What no block counts is read day by day.
/// </summary>
public static class RollupBlocks
{
    /// <summary>Lengths in days, each a multiple of the one before. All begin on a Monday, since the first day of all was one.</summary>
    public static readonly IReadOnlyList<int> Sizes = [1, Week, 28];

    public const int Week = 7;

    /// <summary>Longer periods are read day by day: nobody asks for them but by mistake.</summary>
    public const int LongestDays = 4_000;

    private static readonly Statement Blocks = new($"""
        SELECT b.Days AS {nameof(RollupBlock.Days)}, b.FromDay AS {nameof(RollupBlock.FromDay)}
        FROM RollupBlocks b JOIN RollupDays d ON d.Day >= b.FromDay AND d.Day < b.ToDay
        WHERE b.Days IN (1, 7, 28) AND b.FromDay >= @from AND b.FromDay < @to AND (b.Days > 1 OR @every = 1 OR b.FromDay IN @near)
        GROUP BY b.Days, b.FromDay, b.Version
        HAVING SUM(d.Version) = b.Version
        """);

    /// <summary>The blocks that count and begin in a period.</summary>
    /// <param name="near">The single days that are asked for; null for all.</param>
    public static async Task<IReadOnlySet<RollupBlock>> Counting(Session session, DateOnly from, DateOnly to, IReadOnlyList<DateOnly>? near = null) =>
        (await session.Query<RollupBlock>(Blocks, new { from, to, every = near is null, near = near ?? [] })).ToHashSet();

    /// <summary>The days so near to an end that no week may lie between: in the midst of a long period nobody asks for single days.</summary>
    public static IReadOnlyList<DateOnly> Near(params IEnumerable<DateOnly> ends)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var end in ends)
            for (var away = -Week; away < Week; away++)
                if (end.DayNumber + away >= 0 && end.DayNumber + away <= DateOnly.MaxValue.DayNumber) days.Add(end.AddDays(away));
        return [.. days];
    }

    /// <summary>What a period is made of: the fewest blocks, and single days where there is none. Pure.</summary>
    /// <param name="largest">No block is longer, in days.</param>
    /// <param name="cuts">Days that no block reaches over: each begins something of its own.</param>
    public static RollupCover Cover(DateOnly from, DateOnly to, IReadOnlySet<RollupBlock> blocks, int largest, IReadOnlyCollection<DateOnly> cuts)
    {
        var (days, of) = (new List<DateOnly>(), Sizes.ToDictionary(size => size, _ => new List<DateOnly>()));
        for (var day = from; day < to;)
        {
            var size = Sizes.LastOrDefault(size => size <= largest && day.AddDays(size) <= to && blocks.Contains(new RollupBlock { Days = size, FromDay = day })
                && !cuts.Any(cut => cut > day && cut < day.AddDays(size)));
            (size == 0 ? days : of[size]).Add(day);
            day = day.AddDays(Math.Max(1, size));
        }
        return new RollupCover(days, of[1], of[Week], of[28]);
    }

    /// <summary>The first day of the block that a day lies in.</summary>
    public static DateOnly Begin(DateOnly day, int size) => day.AddDays(-(day.DayNumber % size));
}

public sealed record RollupBlock
{
    public required int Days { get; init; }
    public required DateOnly FromDay { get; init; }
}

/// <param name="Days">That no block counts.</param>
/// <param name="Ones">Days that a block of one day counts: of use only where teams do not matter.</param>
/// <param name="Weeks">First days of weeks.</param>
/// <param name="Fours">First days of four weeks.</param>
public sealed record RollupCover(IReadOnlyList<DateOnly> Days, IReadOnlyList<DateOnly> Ones, IReadOnlyList<DateOnly> Weeks, IReadOnlyList<DateOnly> Fours)
{
    // Each is a parameter, of which SQL Server takes 2,100.
    private const int Most = 1_000;

    /// <summary>Whether there is any block, and a list of days and blocks is no longer than a statement takes.</summary>
    public bool IsWorthIt => Ones.Count + Weeks.Count + Fours.Count > 0 && Fits;

    /// <summary>Whether a list of days and blocks is no longer than a statement takes.</summary>
    public bool Fits => Days.Count + Ones.Count + Weeks.Count + Fours.Count <= Most;
}
