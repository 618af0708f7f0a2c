using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>A case that holds very much, as where a source gives every customer the same code.</summary>
public sealed class CaseBoundsTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_shows_its_newest_answers_with_their_number_and_the_one_that_opened_it(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("unknown");
        var id = (await floor.Open(customerId: customer, comment: "opener")).CaseId;
        for (var i = 1; i <= CaseQuery.MostAnswers + 5; i++) await floor.Open(customerId: customer, comment: $"word{i}x");
        var file = (await floor.Query.Read(Viewer.System, id))!;
        Assert.Equal(CaseQuery.MostAnswers + 6, file.AnswersTotal);
        Assert.Equal(["opener", "word6x", .. Enumerable.Range(7, CaseQuery.MostAnswers - 1).Select(i => $"word{i}x")], file.Answers.Select(a => a.Comment));
        // It is found by what it shows.
        foreach (var (text, found) in ((string, int)[])[("opener", 1), ("word5x", 0), ("word6x", 1), ($"word{CaseQuery.MostAnswers + 5}x", 1)])
            Assert.Equal((text, found), (text, await Found(text)));

        async Task<int> Found(string text) => (await floor.Board.Read(Viewer.System, new() { Text = text }, CaseSort.Urgency, 9)).Rows.Count(r => r.Id == id);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "2")]
    public async Task However_much_has_happened_since_a_pause_still_counts(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        var start = floor.Database.Time.Now;
        await floor.Do(CaseFloor.Supervisor, new WaitCase { CaseId = id, Reason = "bill" });
        floor.Database.Time.Now = start.AddDays(1);
        await floor.Do(CaseFloor.Supervisor, new ResumeCase { CaseId = id });
        var before = (await floor.Query.Read(Viewer.System, id))!;
        await floor.Database.Db.Write(s =>
        {
            for (var i = 1; i <= CaseQuery.MostEvents; i++) CaseEventLog.Add(s, id, before.Case.Version, s.Now, CaseEventName.Noted, Viewer.System, $"note{i} says \"waitingSince\":");
            return Task.CompletedTask;
        });
        var file = (await floor.Query.Read(Viewer.System, id))!;
        Assert.Equal((CaseQuery.MostEvents, CaseQuery.MostEvents + 3), (file.Events.Count, file.EventsTotal));
        Assert.Equal("note1", file.Events[0].Note?.Split(' ')[0]);
        Assert.Equal(new CasePause(start, start.AddDays(1)), Assert.Single(file.Pauses));
        Assert.Equal(before.Working().Lines, file.Working().Lines);
    }
}
