using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>Sums the blocks (<see cref="RollupBlocks"/>) that are over and out of date: of days and weeks from rollups, of four weeks from weeks.</summary>
public sealed class RollupBlockWriter(Db db, Company company)
{
    private const string Sums = """
        SUM(r.N), SUM(r.SumX), SUM(r.SumXX), SUM(r.V0), SUM(r.V1), SUM(r.V2), SUM(r.V3), SUM(r.V4), SUM(r.V5), SUM(r.V6), SUM(r.V7), SUM(r.V8), SUM(r.V9), SUM(r.V10),
               MAX(r.NewestAt), SUM(r.SumValue), SUM(r.NValue)
        """;

    private const string Columns = """
        Days, FromDay, Level, Axis, Kind, MetricId, RegionId, TeamId, KeyId, N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, NewestAt, SumValue, NValue
        """;

    // Each metric by its place in the key: the days of all metrics together are no range of it.
    private const string RollupsOfDays = """
        (SELECT 1 AS Kind, 1 AS MetricId UNION ALL SELECT 1, 2 UNION ALL SELECT 1, 3 UNION ALL SELECT 2, Id FROM Attributes UNION ALL SELECT 3, Id FROM Measures) m
             CROSS JOIN (SELECT 1 AS Axis UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) x
             CROSS JOIN Rollups r
        WHERE r.Axis = x.Axis AND r.Kind = m.Kind AND r.MetricId = m.MetricId AND r.Day >= @from AND r.Day < @to
        """;

    private static readonly Statement Days = new($"""
        SELECT Day AS {nameof(DayVersionRow.Day)}, Version AS {nameof(DayVersionRow.Version)} FROM RollupDays WHERE Day < @to
        """);

    private static readonly Statement Blocks = new($"""
        SELECT Days AS {nameof(BlockVersionRow.Days)}, FromDay AS {nameof(BlockVersionRow.FromDay)}, Version AS {nameof(BlockVersionRow.Version)} FROM RollupBlocks WHERE Days IN (1, 7, 28) AND FromDay < @to
        """);

    private static readonly Statement Clear = new("DELETE FROM BlockRollups WHERE Days = @days AND FromDay = @from");

    private static readonly Statement TeamsFromDays = new($"""
        INSERT INTO BlockRollups ({Columns})
        SELECT @days, @from, 3, r.Axis, r.Kind, r.MetricId, r.RegionId, r.TeamId, r.KeyId, {Sums}
        FROM {RollupsOfDays}
        GROUP BY r.Axis, r.Kind, r.MetricId, r.RegionId, r.TeamId, r.KeyId
        """);

    private static readonly Statement RegionsFromDays = new($"""
        INSERT INTO BlockRollups ({Columns})
        SELECT @days, @from, 2, r.Axis, r.Kind, r.MetricId, r.RegionId, 0, r.KeyId, {Sums}
        FROM {RollupsOfDays}
          AND r.Axis <> 2
        GROUP BY r.Axis, r.Kind, r.MetricId, r.RegionId, r.KeyId
        """);

    private static readonly Statement TeamsFromWeeks = new($"""
        INSERT INTO BlockRollups ({Columns})
        SELECT @days, @from, 3, r.Axis, r.Kind, r.MetricId, r.RegionId, r.TeamId, r.KeyId, {Sums}
        FROM BlockRollups r WHERE r.Days = 7 AND r.FromDay >= @from AND r.FromDay < @to AND r.Level = 3
        GROUP BY r.Axis, r.Kind, r.MetricId, r.RegionId, r.TeamId, r.KeyId
        """);

    private static readonly Statement RegionsFromTeams = new($"""
        INSERT INTO BlockRollups ({Columns})
        SELECT @days, @from, 2, r.Axis, r.Kind, r.MetricId, r.RegionId, 0, r.KeyId, {Sums}
        FROM BlockRollups r WHERE r.Days = @days AND r.FromDay = @from AND r.Level = 3 AND r.Axis <> 2
        GROUP BY r.Axis, r.Kind, r.MetricId, r.RegionId, r.KeyId
        """);

    private static readonly Statement VersionOfDays = new("SELECT COALESCE(SUM(Version), 0) FROM RollupDays WHERE Day >= @from AND Day < @to");

    // Not what the days are at by now: a week that is out of date makes four weeks that are.
    private static readonly Statement VersionOfWeeks = new("SELECT COALESCE(SUM(Version), 0) FROM RollupBlocks WHERE Days = 7 AND FromDay >= @from AND FromDay < @to");

    private static readonly Statement Update = new("UPDATE RollupBlocks SET Version = @version WHERE Days = @days AND FromDay = @from");
    private static readonly Statement Insert = new("INSERT INTO RollupBlocks (Days, FromDay, ToDay, Version) VALUES (@days, @from, @to, @version)");

    /// <summary>Each block in a write of its own, so that intake waits for none of them long.</summary>
    /// <returns>How many blocks were summed.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var today = company.DayOf(db.Now);
        var (days, blocks) = await db.Read(async s => (await s.Query<DayVersionRow>(Days, new { to = today }), await s.Query<BlockVersionRow>(Blocks, new { to = today })), cancel);
        // Weeks before the four weeks that are summed from them.
        var stale =
            from size in RollupBlocks.Sizes
            let known = blocks.Where(b => b.Days == size).ToDictionary(b => b.FromDay, b => b.Version)
            from block in days.GroupBy(d => RollupBlocks.Begin(d.Day, size)).OrderBy(g => g.Key)
            where block.Key.AddDays(size) <= today && known.GetValueOrDefault(block.Key) != block.Sum(d => d.Version)
            select (size, block.Key);
        var summed = 0;
        foreach (var (size, from) in stale.ToList())
        {
            await db.Write(s => Sum(s, size, from), cancel);
            summed++;
        }
        return summed;
    }

    private static async Task Sum(Session s, int size, DateOnly from)
    {
        var block = new { days = size, from, to = from.AddDays(size) };
        var version = await s.Single<long>(size == 28 ? VersionOfWeeks : VersionOfDays, block);
        await s.Execute(Clear, block);
        // Who wants a single day team by team has the rollups themselves.
        if (size == 1) await s.Execute(RegionsFromDays, block);
        else
        {
            await s.Execute(size == 28 ? TeamsFromWeeks : TeamsFromDays, block);
            await s.Execute(RegionsFromTeams, block);
        }
        var stored = new { days = size, from, to = from.AddDays(size), version };
        if (await s.Execute(Update, stored) == 0) await s.Execute(Insert, stored);
    }
}
