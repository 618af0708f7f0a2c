using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>The rows of a scorecard as its viewer may see them: figures, lines, cases. Pure.</summary>
internal static class ScorecardFigures
{
    /// <param name="cases">By key; what has none is not in it. Null where the viewer sees them of no row.</param>
    public static IReadOnlyList<ScorecardRow> Of(
        ScorecardFilter filter, IReadOnlyList<ScorecardDays> rows, ScorecardSuppression suppression, int minimumN, IReadOnlyDictionary<int, ScorecardCases>? cases)
    {
        IReadOnlyList<ScorecardSums> sums = [.. rows.Select(r => r.Sums)];
        var shown = ScorecardRow.Of(filter.Indicator, sums, minimumN,
            suppression.Withheld(filter.By, sums, r => r.Now.N, filter.From, filter.To, minimumN),
            suppression.Withheld(filter.By, sums, r => r.Before.N, filter.BeforeFrom, filter.BeforeTo, minimumN));
        var trends = Trends(filter, rows, shown, suppression, minimumN);
        return [.. shown.Select((row, i) => row with { Trend = trends[i], Cases = row.MayOpen && row.KeyId != 0 && cases is not null ? cases.GetValueOrDefault(row.KeyId) : null })];
    }

    /// <summary>The lines of some rows. All of them may be opened, or all rows of their scorecard are among them.</summary>
    public static IReadOnlyList<IReadOnlyList<ScorecardPoint>> Trends(
        ScorecardFilter filter, IReadOnlyList<RollupRow> days, IReadOnlyList<ScorecardRow> rows, ScorecardSuppression suppression, int minimumN)
    {
        var byKey = days.ToLookup(d => d.KeyId);
        return Trends(filter, [.. rows.Select(r => new ScorecardDays(Nothing(r), [.. byKey[r.KeyId]]))], rows, suppression, minimumN);

        static ScorecardSums Nothing(ScorecardRow row) => new() { KeyId = row.KeyId, Key = row.Key, Name = row.Name, Now = default, MayOpen = row.MayOpen };
    }

    // Of each part of the period the same is withheld as of a scorecard of that part.
    private static List<IReadOnlyList<ScorecardPoint>> Trends(
        ScorecardFilter filter, IReadOnlyList<ScorecardDays> rows, IReadOnlyList<ScorecardRow> shown, ScorecardSuppression suppression, int minimumN)
    {
        var points = rows.Select(_ => new List<ScorecardPoint>()).ToList();
        // Days to come are no gap in a line.
        var end = rows.SelectMany(r => r.Days).Max(d => d.Day) is { } newest ? newest.AddDays(1) : filter.From;
        var buckets = ScorecardBucket.Of(filter.From, filter.To);
        var starts = buckets.Select(b => b.From).ToArray();
        var byBucket = rows.Select(r => ByBucket(r.Days, starts)).ToList();
        for (var b = 0; b < buckets.Count && buckets[b].From < end; b++)
        {
            IReadOnlyList<ScorecardSums> sums = [.. rows.Select((r, i) => r.Sums with { Now = byBucket[i][b] })];
            var withheld = suppression.Withheld(filter.By, sums, r => r.Now.N, buckets[b].From, buckets[b].To, minimumN);
            for (var i = 0; i < rows.Count; i++)
                points[i].Add(new ScorecardPoint(buckets[b], sums[i].Now.N, withheld[i] || shown[i].Withheld ? null : IndicatorStatistics.Of(filter.Indicator, sums[i].Now).Value));
        }
        // What was summed without its days, as the rest of a total, has no line rather than one of nothing.
        return [.. points.Select((line, i) => (IReadOnlyList<ScorecardPoint>)(shown[i].Withheld || (rows[i].Days.Count == 0 && shown[i].N > 0) ? [] : line))];
    }

    private static IndicatorSums[] ByBucket(IReadOnlyList<RollupRow> days, DateOnly[] starts)
    {
        var sums = new IndicatorSums[starts.Length];
        foreach (var day in days)
        {
            var found = Array.BinarySearch(starts, day.Day!.Value);
            sums[found < 0 ? ~found - 1 : found] += day.Sums;
        }
        return sums;
    }
}
