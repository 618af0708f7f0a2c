using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>Counts the blocks (<see cref="CaseBlocks"/>) that are over and out of date.</summary>
public sealed class CaseBlockWriter(Db db)
{
    private static readonly Statement First = new("SELECT MIN(c.ResolvedAt) FROM Cases c WHERE c.ResolvedAt IS NOT NULL");
    private static readonly Statement Days = new($"SELECT Day AS {nameof(DayVersionRow.Day)}, Version AS {nameof(DayVersionRow.Version)} FROM ResolvedDays WHERE Day < @to");

    private static readonly Statement Blocks = new($"""
        SELECT Days AS {nameof(BlockVersionRow.Days)}, FromDay AS {nameof(BlockVersionRow.FromDay)}, Version AS {nameof(BlockVersionRow.Version)} FROM CaseBlocks WHERE Days IN (1, 7, 28) AND FromDay < @to
        """);

    private static readonly Statement VersionOfDays = new("SELECT COALESCE(SUM(Version), 0) FROM ResolvedDays WHERE Day >= @from AND Day < @to");
    private static readonly Statement Clear = new("DELETE FROM BlockCases WHERE Days = @days AND FromDay = @from");

    private static readonly StatementFamily<Shape> Count = new(Shape.All, (_, s) => $"""
        INSERT INTO BlockCases (Days, FromDay, Level, Axis, RegionId, TeamId, KeyId, NResolved, NInTime)
        SELECT @days, @from, {s.Level}, {(int)s.Axis}, c.RegionId, {(s.Level == 2 ? "0" : "c.TeamId")}, {s.Key}, COUNT(*), SUM(CASE WHEN c.ResolvedInTime = 1 THEN 1 ELSE 0 END)
        FROM Cases c {(s.Key[0] == 'a' ? "JOIN Answers a ON a.Id = c.AnswerId" : "")}
        WHERE c.ResolvedAt >= @fromAt AND c.ResolvedAt < @toAt AND {s.Key} IS NOT NULL
        GROUP BY c.RegionId{(s.Level == 2 ? "" : ", c.TeamId")}{(s.Axis == RollupAxis.Team ? "" : $", {s.Key}")}
        """);

    private static readonly Statement Update = new("UPDATE CaseBlocks SET Version = @version WHERE Days = @days AND FromDay = @from");
    private static readonly Statement Insert = new("INSERT INTO CaseBlocks (Days, FromDay, ToDay, Version) VALUES (@days, @from, @to, @version)");

    /// <summary>Each block in a write of its own, so that nobody waits for one long.</summary>
    /// <returns>How many blocks were counted.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);
        var (first, days, blocks) = await db.Read(async s =>
            (await s.First<DateTimeOffset?>(First), await s.Query<DayVersionRow>(Days, new { to = today }), await s.Query<BlockVersionRow>(Blocks, new { to = today })), cancel);
        if (first is not { } at) return 0;
        var begin = DateOnly.FromDateTime(at.UtcDateTime);
        var stale =
            from size in RollupBlocks.Sizes
            let known = blocks.Where(b => b.Days == size).ToDictionary(b => b.FromDay, b => b.Version)
            let versions = days.GroupBy(d => RollupBlocks.Begin(d.Day, size)).ToDictionary(g => g.Key, g => g.Sum(d => d.Version))
            from day in Every(RollupBlocks.Begin(begin, size), size, today).Concat(known.Keys.Where(day => day < begin))
            where !known.TryGetValue(day, out var version) || version != versions.GetValueOrDefault(day)
            select (size, day);
        var counted = 0;
        foreach (var (size, day) in stale.ToList())
        {
            await db.Write(s => Store(s, size, day), cancel);
            counted++;
        }
        return counted;
    }

    private static IEnumerable<DateOnly> Every(DateOnly from, int size, DateOnly before)
    {
        for (var day = from; day.AddDays(size) <= before; day = day.AddDays(size)) yield return day;
    }

    private static async Task Store(Session s, int days, DateOnly from)
    {
        var to = from.AddDays(days);
        // Read before what is counted: who changes it in between makes the block one that does not count.
        var version = await s.Single<long>(VersionOfDays, new { from, to });
        await s.Execute(Clear, new { days, from });
        foreach (var shape in Shape.All.Where(shape => days > 1 || shape.Level == 2))
            await s.Execute(Count[shape], new { days, from, fromAt = new DateTimeOffset(from, default, TimeSpan.Zero), toAt = new DateTimeOffset(to, default, TimeSpan.Zero) });
        if (await s.Execute(Update, new { days, from, version }) == 0) await s.Execute(Insert, new { days, from, to, version });
    }

    /// <param name="Level">2 regions, 3 teams; who wants an agent's single day has the cases themselves.</param>
    private sealed record Shape(RollupAxis Axis, int Level)
    {
        public static readonly IReadOnlyList<Shape> All =
        [
            .. from axis in Enum.GetValues<RollupAxis>()
               from level in (int[])[2, 3]
               where axis != RollupAxis.Agent || level == 3
               select new Shape(axis, level),
        ];

        public string Key => Axis switch
        {
            RollupAxis.Team => "0",
            RollupAxis.Agent => "c.AgentId",
            RollupAxis.Product => "c.ProductId",
            RollupAxis.Channel => "a.ChannelId",
            RollupAxis.Segment => "a.SegmentId",
        };
    }
}
