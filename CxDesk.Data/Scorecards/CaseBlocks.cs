using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// Resolved cases counted over whole days, weeks and four weeks of UTC that are over, as <see cref="RollupBlocks"/> are of
/// rollups: a block counts while the versions of its days (ResolvedDays) add up to what they added up to when it was counted.
/// </summary>
internal static class CaseBlocks
{
    private static readonly Statement Blocks = new($"""
        SELECT b.Days AS {nameof(RollupBlock.Days)}, b.FromDay AS {nameof(RollupBlock.FromDay)}
        FROM CaseBlocks b LEFT JOIN ResolvedDays d ON d.Day >= b.FromDay AND d.Day < b.ToDay
        WHERE b.Days IN (1, 7, 28) AND b.FromDay >= @from AND b.FromDay < @to AND (b.Days > 1 OR b.FromDay IN @near)
        GROUP BY b.Days, b.FromDay, b.Version
        HAVING COALESCE(SUM(d.Version), 0) = b.Version
        """);

    /// <summary>What the time between two instants is made of.</summary>
    /// <param name="withOnes">Blocks of one day too, which know no teams.</param>
    public static async Task<CaseCover> Cover(Session session, DateTimeOffset from, DateTimeOffset to, bool withOnes)
    {
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        if (from > Start(first)) first = first.AddDays(1);
        var last = DateOnly.FromDateTime(to.UtcDateTime);
        if (last.DayNumber - first.DayNumber is < 1 or > RollupBlocks.LongestDays) return new CaseCover([(from, to)], [], [], []);
        var blocks = (await session.Query<RollupBlock>(Blocks, new { from = first, to = last, near = RollupBlocks.Near(first, last) })).Where(b => b.Days > 1 || withOnes).ToHashSet();
        var cover = RollupBlocks.Cover(first, last, blocks, RollupBlocks.Sizes[^1], []);
        var spans = new List<(DateTimeOffset From, DateTimeOffset To)> { (from, Start(first)) };
        foreach (var day in cover.Days) Add(Start(day), Start(day.AddDays(1)));
        Add(Start(last), to);
        return new CaseCover([.. spans.Where(s => s.From < s.To)], cover.Ones, cover.Weeks, cover.Fours);

        void Add(DateTimeOffset begin, DateTimeOffset end)
        {
            if (spans[^1].To == begin) spans[^1] = (spans[^1].From, end);
            else spans.Add((begin, end));
        }
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, default, TimeSpan.Zero);
}

/// <param name="Spans">Instants between which cases are counted one by one.</param>
/// <param name="Ones">Days that a block of one day counts.</param>
/// <param name="Weeks">First days of weeks.</param>
/// <param name="Fours">First days of four weeks.</param>
internal sealed record CaseCover(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Spans, IReadOnlyList<DateOnly> Ones, IReadOnlyList<DateOnly> Weeks, IReadOnlyList<DateOnly> Fours);
