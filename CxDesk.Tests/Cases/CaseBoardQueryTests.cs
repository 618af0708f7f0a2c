using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Cases;

public class CaseBoardQueryTests
{
    private static readonly Statement Scatter = new("UPDATE Cases SET Severity = @severity, DueAt = @due, OpenedAt = @opened, Value12m = @value, Status = @status WHERE Id = @id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Pages_by_cursor_are_the_whole_in_order_whatever_the_ties(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var random = new Random(7);
        for (var i = 0; i < 120; i++)
        {
            var id = (await floor.Open()).CaseId;
            await floor.Database.Db.Write(s => s.Execute(Scatter, new
            {
                id, severity = random.Next(1, 5), due = Hour(random.Next(4)), opened = Hour(random.Next(4)), value = random.Next(3) * 10.25m, status = random.Next(1, 4),
            }));
        }
        foreach (var (sort, statuses) in from sort in (CaseSort[])[CaseSort.Urgency, CaseSort.Due, CaseSort.Newest]
                                         from statuses in (CaseStatus[][])[[], [CaseStatus.New, CaseStatus.Waiting]]
                                         select (sort, statuses))
        {
            var filter = new CaseBoardFilter { Statuses = statuses };
            var all = (await floor.Board.Read(Viewer.System, filter, sort, 200)).Rows;
            var expected = sort switch
            {
                CaseSort.Urgency => all.OrderBy(r => r.Severity).ThenBy(r => r.DueAt).ThenByDescending(r => r.Value12m).ThenBy(r => r.Id),
                CaseSort.Due => all.OrderBy(r => r.DueAt).ThenByDescending(r => r.Value12m).ThenBy(r => r.Id),
                _ => all.OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id),
            };
            Assert.Equal(expected.Select(r => r.Id), all.Select(r => r.Id));
            Assert.All(all, r => Assert.True(statuses.Length == 0 || statuses.Contains(r.Status)));
            var paged = new List<long>();
            for (CaseCursor? after = null; ;)
            {
                var page = await floor.Board.Read(Viewer.System, filter, sort, 7, after);
                Assert.InRange(page.Rows.Count, 1, 7);
                paged.AddRange(page.Rows.Select(r => r.Id));
                if (page.Next is null) break;
                after = CaseCursor.Parse(page.Next.ToString(), sort);
                Assert.Equal(page.Next, after);
            }
            Assert.Equal(all.Select(r => r.Id), paged);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Many_cases_of_one_deadline_are_paged_each_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 60; i++) await floor.Open(value: i % 7);
        foreach (var sort in (CaseSort[])[CaseSort.Urgency, CaseSort.Due])
        {
            var all = (await floor.Board.Read(Viewer.System, new(), sort, 200)).Rows;
            Assert.Equal(all.OrderByDescending(r => r.Value12m).ThenBy(r => r.Id).Select(r => r.Id), all.Select(r => r.Id));
            var paged = new List<long>();
            CaseCursor? after = null;
            do
            {
                var page = await floor.Board.ReadRows(Viewer.System, new(), sort, 3, after);
                paged.AddRange(page.Rows.Select(r => r.Id));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(all.Select(r => r.Id), paged);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_filter_narrows_rows_and_counts_alike(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k-7");
        var one = (await floor.Open(csat: 1, comment: "等了四十分钟，没人接", agentId: CaseFloor.Agent)).CaseId;
        var two = (await floor.Open(csat: 2, productId: 2, teamId: CaseFloor.NoTeam, customerId: customer)).CaseId;
        var three = (await floor.Open(csat: 2, regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam)).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = one });
        floor.Database.Time.Now = floor.Database.Time.Now.AddDays(1).AddHours(3);

        async Task Expect(CaseBoardFilter filter, params long[] ids)
        {
            var page = await floor.Board.Read(CaseFloor.ViewerOf(CaseFloor.Executive), filter, CaseSort.Urgency, 50);
            Assert.Equal(ids.Order(), page.Rows.Select(r => r.Id).Order());
            if (filter.Statuses.Count == 0) Assert.Equal(ids.Length, page.Counts.New + page.Counts.InProgress + page.Counts.Waiting);
            Assert.Equal(page.Rows.Count(r => r.IsOverdue(page.AsOf)), filter.Statuses.Count == 0 ? page.Counts.Overdue : page.Rows.Count(r => r.IsOverdue(page.AsOf)));
        }
        await Expect(new(), one, two, three);
        await Expect(new() { Statuses = [CaseStatus.InProgress] }, one);
        await Expect(new() { Severities = [CaseSeverity.Medium] }, two, three);
        await Expect(new() { Owner = "ANN" }, one);
        await Expect(new() { Owner = "none" }, two, three);
        await Expect(new() { Owner = "me" });
        await Expect(new() { Unit = "north" }, one, two);
        await Expect(new() { Unit = "phone" }, one);
        await Expect(new() { Unit = "company" }, one, two, three);
        await Expect(new() { Product = "tv" }, two);
        await Expect(new() { Overdue = true }, one);
        await Expect(new() { Overdue = false }, two, three);
        await Expect(new() { Text = "四十" }, one);
        await Expect(new() { Text = "customer K" }, two);
        await Expect(new() { Text = CaseReference.Of(three) }, three);
        foreach (var (unknown, parameter) in (IEnumerable<(CaseBoardFilter, string)>)[(new() { Unit = "x" }, "unit"), (new() { Product = "x" }, "product"), (new() { Owner = "x" }, "owner")])
            Assert.Equal(parameter, (await Assert.ThrowsAsync<UnknownFilterException>(() => floor.Board.Read(Viewer.System, unknown, CaseSort.Urgency, 9))).Parameter);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Rows_and_counts_hold_what_the_viewer_may_see(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var mine = (await floor.Open()).CaseId;
        var free = (await floor.Open()).CaseId;
        var sisters = (await floor.Open(teamId: CaseFloor.NoTeam)).CaseId;
        var far = (await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam)).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = mine });
        foreach (var (person, expected) in (IEnumerable<(int, long[])>)
            [(CaseFloor.Agent, [mine, free]), (CaseFloor.Colleague, [free]), (CaseFloor.Supervisor, [mine, free]),
             (CaseFloor.Manager, [mine, free, sisters]), (CaseFloor.Stranger, [far]), (CaseFloor.Executive, [mine, free, sisters, far])])
        {
            var page = await floor.Board.Read(CaseFloor.ViewerOf(person), new(), CaseSort.Newest, 50);
            Assert.Equal(expected.Order(), page.Rows.Select(r => r.Id).Order());
            Assert.Equal(expected.Length, page.Counts.New + page.Counts.InProgress);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Lanes_hold_each_its_status_and_what_was_resolved_on_the_companys_day(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add((await floor.Open()).CaseId);
        await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = ids[3], RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        floor.Database.Time.Now = floor.Database.Time.Now.AddDays(1);
        await floor.Do(CaseFloor.Supervisor, new ClaimCase { CaseId = ids[1] });
        await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = ids[2], RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        await floor.Do(CaseFloor.Supervisor, new CloseCase { CaseId = ids[2] });
        var lanes = await floor.Board.ReadLanes(CaseFloor.ViewerOf(CaseFloor.Supervisor), new(), 20);
        Assert.Equal([ids[0]], lanes.Rows[CaseStatus.New].Select(r => r.Id));
        Assert.Equal([ids[1]], lanes.Rows[CaseStatus.InProgress].Select(r => r.Id));
        Assert.Empty(lanes.Rows[CaseStatus.Waiting]);
        Assert.Equal([ids[2]], lanes.Rows[CaseStatus.Resolved].Select(r => r.Id));
        Assert.Equal((1, 1, 0, 1), (lanes.Counts.New, lanes.Counts.InProgress, lanes.Counts.Waiting, lanes.Counts.ResolvedToday));
    }

    private static DateTimeOffset Hour(int hour) => new(2026, 9, 14, 8 + hour, 0, 0, TimeSpan.Zero);
}
