using System.Text.Json;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>What cases were at any instant is what was read of them then.</summary>
public sealed class CaseHistoryTests
{
    private static readonly BusinessCalendar Calendar = BusinessCalendar.Standard("UTC");
    private static readonly Statement Change = new("UPDATE Cases SET Severity = 4 WHERE Id = @id");
    private static readonly Statement Rows = new("SELECT COUNT(*) FROM CaseHistory WHERE CaseId = @id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Cases_of_a_past_instant_are_those_that_the_board_showed(DatabaseProvider engine)
    {
        for (var seed = 1; seed <= (engine == DatabaseProvider.Sqlite ? 4 : 1); seed++)
        {
            await using var floor = await CaseFloor.Create(engine);
            var live = new LiveQuery(floor.Database.Db, floor.Database.Company, new ScorecardsOptions());
            var random = new Random(seed);
            var ids = new List<long>();
            var shown = new List<(DateTimeOffset At, LiveCases Cases)>();
            for (var step = 0; step < 120; step++)
            {
                floor.Database.Time.Now += TimeSpan.FromMinutes(random.Next(1, 600));
                // Some at the same instant: what was never to be seen is not remembered.
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    if (ids.Count < 3 || random.Next(3) == 0) ids.Add((await CaseTalliesTests.Opened(floor, random)).CaseId);
                    else await floor.Writer.Do(Viewer.System, CaseTalliesTests.Next(ids[random.Next(ids.Count)], random, floor.Database.Time.Now));
                }
                if (random.Next(4) == 0) await new EscalationWriter(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies).Sweep();
                floor.Database.Time.Now += TimeSpan.FromMinutes(random.Next(1, 60));
                shown.Add((floor.Database.Db.Now, (await live.Read(LiveFilter.Default, CaseFloor.ViewerOf(CaseFloor.Executive))).Cases));
            }
            Assert.Empty(await CaseHistoryCheck.Run(floor.Database.Db));
            Assert.Contains(shown, moment => moment.Cases is { Overdue: > 0, Critical: > 0, Urgent.Count: 3 });
            foreach (var (at, cases) in shown)
                Assert.Equal(JsonSerializer.Serialize(cases), JsonSerializer.Serialize(await Then(floor, at)));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_that_was_changed_past_its_history_is_found(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (one, other) = ((await floor.Open(csat: 1)).CaseId, (await floor.Open(csat: 2)).CaseId);
        floor.Database.Time.Now += TimeSpan.FromMinutes(5);
        await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = one, OwnerId = CaseFloor.Agent });
        Assert.Empty(await CaseHistoryCheck.Run(floor.Database.Db));
        await floor.Database.Db.Write(s => s.Execute(Change, new { id = other }));
        var wrong = Assert.Single(await CaseHistoryCheck.Run(floor.Database.Db));
        Assert.Equal((other, "present"), (wrong.CaseId, wrong.Wrong));
    }

    [Fact]
    public async Task What_is_over_for_longer_than_walls_look_back_is_forgotten()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var id = (await floor.Open()).CaseId;
        floor.Database.Time.Now += TimeSpan.FromDays(1);
        await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = id, OwnerId = CaseFloor.Agent });
        floor.Database.Time.Now += TimeSpan.FromDays(89);
        await new Data.Jobs.LogPruner(floor.Database.Db).Run();
        Assert.Equal(2, Assert.Single(await floor.Read<int>(Rows, new { id })));
        floor.Database.Time.Now += TimeSpan.FromDays(2);
        await new Data.Jobs.LogPruner(floor.Database.Db).Run();
        Assert.Equal(1, Assert.Single(await floor.Read<int>(Rows, new { id })));
        Assert.Empty(await CaseHistoryCheck.Run(floor.Database.Db));
    }

    [Fact]
    public async Task A_clock_that_was_behind_leaves_no_gap_and_no_overlap()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var id = (await floor.Open()).CaseId;
        foreach (var minutes in (int[])[10, -5, 3, -20, 60])
        {
            floor.Database.Time.Now += TimeSpan.FromMinutes(minutes);
            await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Severity = (CaseSeverity)(1 + Math.Abs(minutes) % 4) });
            Assert.Empty(await CaseHistoryCheck.Run(floor.Database.Db));
        }
        Assert.Equal(1, (await Then(floor, floor.Database.Db.Now)).Open);
        Assert.Equal(1, (await Then(floor, floor.Database.Db.Now.AddMinutes(-45))).Open);
    }

    private static Task<LiveCases> Then(CaseFloor floor, DateTimeOffset at) =>
        floor.Database.Db.Read(s => PastCasesQuery.Read(s, CaseFloor.ViewerOf(CaseFloor.Executive), default, at, Calendar));
}
