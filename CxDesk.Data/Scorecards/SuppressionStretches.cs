namespace CxDesk.Data.Scorecards;

/// <summary>
/// The cuts of days in their months, each month by itself: it begins with a cut of everything, and what it withholds says
/// nothing of another's answers. Days of several months are shown where each part of them is. Pure.
/// </summary>
public sealed class SuppressionStretches
{
    private readonly IReadOnlyList<(DateOnly From, SuppressionCuts Cuts)> _months;
    private readonly Dictionary<(DateOnly, DateOnly), SuppressionTable> _tables = [];

    internal SuppressionStretches(IReadOnlyList<(DateOnly From, SuppressionCuts Cuts)> months) => _months = months;

    /// <summary>The cuts of all days that there are.</summary>
    /// <param name="cells">Those that the viewer may not open, the days in their order.</param>
    /// <param name="until">The day after the last that is known of.</param>
    public static SuppressionStretches Of(IEnumerable<(DateOnly Day, SuppressionCell Cell)> cells, DateOnly until, int minimumN) =>
        new([.. cells.GroupBy(c => Begin(c.Day)).Select(g => (g.Key, Of(g.Key, [.. g], until, minimumN)))]);

    /// <summary>The first day of the month that a day lies in.</summary>
    public static DateOnly Begin(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The first days of the months that a period touches.</summary>
    /// <param name="to">The day after the last.</param>
    internal static IEnumerable<DateOnly> Begins(DateOnly from, DateOnly to)
    {
        for (var begin = Begin(from); begin < to; begin = End(begin)) yield return begin;
    }

    /// <summary>The day after its last.</summary>
    public static DateOnly End(DateOnly begin) => begin.AddMonths(1);

    /// <summary>The cuts of one month, as far as it goes.</summary>
    internal static SuppressionCuts Of(DateOnly begin, IReadOnlyList<(DateOnly Day, SuppressionCell Cell)> cells, DateOnly until, int minimumN, SuppressionSize? size = null)
    {
        var cuts = new SuppressionCuts(begin, End(begin), minimumN, size ?? (IsLarge(cells.Select(c => c.Cell)) ? SuppressionSize.Units : SuppressionSize.Whole));
        Add(cuts, cells);
        cuts.Wait(until < End(begin) ? until : End(begin));
        return cuts;
    }

    internal static bool IsLarge(IEnumerable<SuppressionCell> cells) => cells.Select(c => (c.RegionId, c.TeamId, c.ProductId)).Distinct().Skip(SuppressionCuts.MostCells).Any();

    /// <summary>Further days, later than those that were.</summary>
    internal static void Add(SuppressionCuts cuts, IEnumerable<(DateOnly Day, SuppressionCell Cell)> cells)
    {
        foreach (var day in cells.GroupBy(c => c.Day)) cuts.Add(day.Key, day.Select(c => c.Cell));
    }

    /// <summary>The same, of days that are not over.</summary>
    internal static void Hold(SuppressionCuts cuts, IEnumerable<(DateOnly Day, SuppressionCell Cell)> cells)
    {
        foreach (var day in cells.GroupBy(c => c.Day)) cuts.Hold(day.Key, day.Select(c => c.Cell));
    }

    /// <summary>What is withheld of some days.</summary>
    /// <param name="to">The day after the last.</param>
    public SuppressionTable Of(DateOnly from, DateOnly to)
    {
        if (_tables.TryGetValue((from, to), out var known)) return known;
        var parts = _months.Where(q => q.From < to && End(q.From) > from).ToList();
        return _tables[(from, to)] = new SuppressionTable(place => parts.Any(q => q.Cuts.IsWithheld(place, from, to)),
            team => parts.SelectMany(q => q.Cuts.RegionsOf(team)).Distinct());
    }
}
