using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>
/// Keeps the gap score − target of each unit, product, channel and segment for each day that has answers and a target. What it
/// works out anew is one indicator of one day: where rollups of the day were written since (<c>RollupDays</c>), and from the
/// first day on from which targets say something else. So running twice, late or on two nodes changes nothing, and what a
/// run costs follows what changed. Each day is held against the target in force on it: a new target leaves the days
/// before its own alone.
/// </summary>
/// <remarks>
/// The gaps are worked out where the sums are, in one statement a level: a day of thousands of teams never leaves the
/// database. Inheritance goes by the region in which the answers were given.
/// </remarks>
public sealed class GapWriter(Db db)
{
    // So many rows are written before others have their turn at the database.
    private const int Chunk = 50_000;

    /// <returns>How many gaps were worked out.</returns>
    public async Task<int> Recalculate(CancellationToken cancel = default)
    {
        if (await db.Read(TargetSpanWriter.IsBehind, cancel)) await db.Write(TargetSpanWriter.Follow, cancel);
        var due = await db.Read(s => s.Query<DueRow>(Due), cancel);
        if (due.Count == 0) return 0;
        var indicators = await db.Read(IndicatorQuery.Read, cancel);
        var (total, done) = (0, 0);
        while (done < due.Count)
        {
            var (from, rows, count) = (done, 0, 0);
            await db.Write(s =>
            {
                (rows, count) = (0, 0);
                for (; from + count < due.Count && rows < Chunk; count++) rows += Work(s, due[from + count], indicators);
                return Task.CompletedTask;
            }, cancel);
            (done, total) = (done + count, total + rows);
        }
        return total;
    }

    // In the order of the table, so that it grows at its ends.
    private static readonly Statement Due = new($"""
        SELECT m.Kind, m.MetricId, m.Statistic, d.Day
        FROM (SELECT Kind, MetricId, Statistic, MIN(FromDay) AS FromDay, MAX(ToDay) AS ToDay FROM TargetSpans GROUP BY Kind, MetricId, Statistic) m
        JOIN RollupDays d ON d.Day >= m.FromDay AND d.Day < m.ToDay
        LEFT JOIN GapDays g ON g.Kind = m.Kind AND g.MetricId = m.MetricId AND g.Statistic = m.Statistic AND g.Day = d.Day
        WHERE g.Version IS NULL OR g.Version <> d.Version
        ORDER BY m.Kind, m.MetricId, m.Statistic, d.Day
        """);

    private const string Item = "Kind = @kind AND MetricId = @metricId AND Statistic = @statistic AND Day = @day";
    private static readonly string[] ItemNames = ["kind", "metricId", "statistic", "day"];

    // The version is read before the sums, so that what comes in between is worked out again.
    private static readonly Statement Again = new($"UPDATE GapDays SET Version = (SELECT d.Version FROM RollupDays d WHERE d.Day = @day), CalculatedAt = @at WHERE {Item}");
    private static readonly Statement FirstTime = new("""
        INSERT INTO GapDays (Kind, MetricId, Statistic, Day, Version, CalculatedAt)
        SELECT @kind, @metricId, @statistic, @day, d.Version, @at FROM RollupDays d WHERE d.Day = @day
        """);

    private static readonly Statement Clear = new($"DELETE FROM TargetGaps WHERE {Item}");

    private static readonly Statement CompanyTarget = new("""
        SELECT t.Target FROM TargetSpans t
        WHERE t.Kind = @kind AND t.MetricId = @metricId AND t.Statistic = @statistic AND t.Axis = 0 AND t.KeyId = 1 AND t.FromDay <= @day AND t.ToDay > @day
        """);

    private static readonly StatementFamily<Shape> Insert = new(Shape.All, (_, s) => $"""
        INSERT INTO TargetGaps (Kind, MetricId, Statistic, Day, Axis, KeyId, N, Score, Target)
        SELECT @kind, @metricId, @statistic, @day, {s.GapAxis}, {s.Key}, SUM(r.N), {s.Score}, {s.Target}
        FROM Rollups r{s.Joins}
        WHERE r.Axis = {(int)s.Axis} AND r.Kind = @kind AND r.MetricId = @metricId AND r.Day = @day{s.Placed}
        {s.Group}HAVING SUM(r.N) > 0 AND {s.Target} IS NOT NULL
        """);

    private static readonly string[] InsertNames = [.. ItemNames, "companyTarget"];

    private static int Work(Session s, DueRow due, IndicatorBook indicators)
    {
        if (s.Prepare(Again, [.. ItemNames, "at"]).Set(due.Kind, due.MetricId, due.Statistic, due.Day, s.Now).Execute() == 0)
            s.Prepare(FirstTime, [.. ItemNames, "at"]).Set(due.Kind, due.MetricId, due.Statistic, due.Day, s.Now).Execute();
        s.Prepare(Clear, ItemNames).Set(due.Kind, due.MetricId, due.Statistic, due.Day).Execute();
        // An attribute or measure that is gone has no gaps.
        if (indicators.All.FirstOrDefault(i => due.Measure == i) is not { } indicator) return 0;
        double? target = null;
        using (var found = s.Prepare(CompanyTarget, ItemNames).Set(due.Kind, due.MetricId, due.Statistic, due.Day).Read())
            if (found.Read()) target = found.GetDouble(0);
        var rows = 0;
        foreach (var level in Enum.GetValues<Level>())
            rows += s.Prepare(Insert[new Shape(level, indicator.Statistic)], InsertNames)
                .Set(due.Kind, due.MetricId, due.Statistic, due.Day, target).Execute();
        return rows;
    }

    private enum Level { Company, Region, Team, Product, Channel, Segment }

    private sealed record Shape(Level Level, IndicatorStatistic Statistic)
    {
        public static readonly IEnumerable<Shape> All =
            from level in Enum.GetValues<Level>()
            from statistic in Enum.GetValues<IndicatorStatistic>()
            select new Shape(level, statistic);

        public RollupAxis Axis => Level switch
        {
            Level.Company or Level.Region or Level.Team => RollupAxis.Team,
            Level.Product => RollupAxis.Product,
            Level.Channel => RollupAxis.Channel,
            Level.Segment => RollupAxis.Segment,
        };

        public int GapAxis => Axis == RollupAxis.Team ? 0 : (int)Axis;

        public string Key => Level switch
        {
            Level.Company => "1",
            Level.Region => "r.RegionId",
            Level.Team => "r.TeamId",
            Level.Product or Level.Channel or Level.Segment => "r.KeyId",
        };

        // What was measured without a region is the company's alone.
        public string Placed => Level switch
        {
            Level.Region => " AND r.RegionId <> 0",
            Level.Team => " AND r.TeamId <> 0",
            Level.Company or Level.Product or Level.Channel or Level.Segment => "",
        };

        public string Group => Level == Level.Company ? "" : $"GROUP BY {Key}\n";

        public string Joins => Level switch
        {
            Level.Company => "",
            Level.Team => Span("o", "r.TeamId") + Span("p", "r.RegionId"),
            Level.Region or Level.Product or Level.Channel or Level.Segment => Span("o", Key),
        };

        public string Target => Level switch
        {
            Level.Company => "CAST(@companyTarget AS float)",
            Level.Team => "COALESCE(MAX(o.Target), MAX(p.Target), CAST(@companyTarget AS float))",
            Level.Region or Level.Product or Level.Channel or Level.Segment => "COALESCE(MAX(o.Target), CAST(@companyTarget AS float))",
        };

        /// <summary>As <see cref="IndicatorStatistics.Of"/> has it.</summary>
        public string Score => Statistic switch
        {
            IndicatorStatistic.Mean => "SUM(r.SumX) / SUM(r.N)",
            IndicatorStatistic.TopTwo => "CAST(SUM(r.V4) + SUM(r.V5) AS float) / SUM(r.N)",
            IndicatorStatistic.Nps => $"100 * CAST(SUM(r.V9) + SUM(r.V10) - {string.Join(" - ", Enumerable.Range(0, 7).Select(v => $"SUM(r.V{v})"))} AS float) / SUM(r.N)",
            IndicatorStatistic.Share => "CASE WHEN SUM(r.SumX) <= 0 THEN 0 WHEN SUM(r.SumX) >= SUM(r.N) THEN 1 ELSE SUM(r.SumX) / SUM(r.N) END",
        };

        private string Span(string alias, string key) => $"""

            LEFT JOIN TargetSpans {alias} ON {alias}.Kind = @kind AND {alias}.MetricId = @metricId AND {alias}.Statistic = @statistic
                AND {alias}.Axis = {GapAxis} AND {alias}.KeyId = {key} AND {alias}.FromDay <= @day AND {alias}.ToDay > @day
            """;
    }

    private sealed record DueRow
    {
        public required RollupKind Kind { get; init; }
        public required int MetricId { get; init; }
        public required int Statistic { get; init; }
        public required DateOnly Day { get; init; }
        public TargetMeasure Measure => new(Kind, MetricId, Statistic == (int)IndicatorStatistic.TopTwo);
    }
}
