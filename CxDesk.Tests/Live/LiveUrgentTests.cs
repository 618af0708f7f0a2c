using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Live;

public sealed class LiveUrgentTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_nobody_has_is_seen_before_what_is_in_hand(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var query = new LiveQuery(floor.Database.Db, floor.Database.Company, new ScorecardsOptions());
        List<long> taken = [];
        for (var i = 0; i < 4; i++)
        {
            var id = (await floor.Open(csat: 1)).CaseId;
            await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = id });
            taken.Add(id);
        }
        floor.Database.Time.Now = floor.Database.Time.Now.AddDays(7);
        Assert.Equal(taken.Take(3), await Urgent());

        // Critical, and not yet due.
        var critical = (await floor.Open(csat: 1, tierA: true)).CaseId;
        Assert.Equal([.. taken.Take(2), critical], await Urgent());
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = critical });
        Assert.Equal(taken.Take(3), await Urgent());

        async Task<IEnumerable<long>> Urgent()
        {
            var max = CaseFloor.ViewerOf(CaseFloor.Executive);
            var now = (await query.Read(LiveFilter.Default, max)).Cases.Urgent;
            var past = await floor.Database.Db.Read(s => PastCasesQuery.Read(s, max, default, floor.Database.Time.Now, BusinessCalendar.Standard("UTC")));
            Assert.Equal(now, past.Urgent);
            return now.Select(it => it.CaseId);
        }
    }
}
