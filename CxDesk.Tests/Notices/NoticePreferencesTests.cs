using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Notices;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Notices;

public class NoticePreferencesTests
{
    private static readonly Statement Mails = new("SELECT PersonId FROM Deliveries WHERE Channel = 1 ORDER BY Id");
    private static readonly Statement Rings = new("SELECT PersonId FROM Notices ORDER BY Id");
    private static readonly Statement Promote = new("UPDATE People SET Role = 2 WHERE Id = @id");
    private static readonly Statement Stored = new("SELECT COUNT(*) FROM NoticePreferences");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_person_is_told_as_they_chose(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Choose(floor, CaseFloor.Agent, "ann@example.com", (NoticeTopic.Assigned, true, false), (NoticeTopic.Reopened, false, true));
        var caseId = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = caseId, OwnerId = CaseFloor.Agent });
        Assert.Equal([CaseFloor.Agent], await Read(floor, Rings));
        Assert.Empty(await Read(floor, Mails));

        await floor.Do(CaseFloor.Agent, new ResolveCase { CaseId = caseId, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = caseId, Reason = "Not solved" });
        Assert.Single(await Read(floor, Rings));
        Assert.Equal([CaseFloor.Agent], await Read(floor, Mails));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_is_told_what_they_did_themselves(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = (await floor.Open()).CaseId });
        Assert.Empty(await Read(floor, Rings));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Another_role_keeps_what_was_chosen_and_hears_the_rest_as_everybody(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Choose(floor, CaseFloor.Agent, "ann@example.com", (NoticeTopic.DueSoon, false, false));
        await floor.Database.Db.Write(s => s.Execute(Promote, new { id = CaseFloor.Agent }));
        var caseId = (await floor.Open()).CaseId;
        await floor.Database.Db.Write(async s =>
        {
            await NoticeWriter.Tell(s, CaseFloor.Agent, NoticeEvent.CaseDueSoon, "a", caseId);
            await NoticeWriter.Tell(s, CaseFloor.Agent, NoticeEvent.CaseEscalated, "b", caseId);
        });
        Assert.Equal([CaseFloor.Agent], await Read(floor, Rings));
        Assert.Equal([CaseFloor.Agent], await Read(floor, Mails));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_what_differs_is_kept_and_read_back_whole(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Choose(floor, CaseFloor.Agent, "  ann@example.com ", (NoticeTopic.WaitOver, true, false));
        var choices = await new NoticePreferences(floor.Database.Db).Read(CaseFloor.ViewerOf(CaseFloor.Agent));
        Assert.Equal(("ann@example.com", NoticeTopics.All.Count), (choices!.Email, choices.Topics.Count));
        Assert.Equal(NoticeTopic.WaitOver, Assert.Single(choices.Topics, t => !t.ByMail).Topic);
        Assert.Equal(1, Assert.Single(await Read(floor, Stored)));
        await Choose(floor, CaseFloor.Agent, "");
        Assert.Null((await new NoticePreferences(floor.Database.Db).Read(CaseFloor.ViewerOf(CaseFloor.Agent)))!.Email);
        Assert.Equal(0, Assert.Single(await Read(floor, Stored)));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData("ann@example.com\r\nBcc: all@example.com")]
    public void What_is_no_address_is_refused_by_its_field(string email) =>
        Assert.Equal("email", Assert.Throws<InvalidField>(() => NoticePreferences.Address(email)).Field);

    private static Task Choose(CaseFloor floor, int personId, string? email, params (NoticeTopic Topic, bool ByBell, bool ByMail)[] chosen) =>
        new NoticePreferences(floor.Database.Db).Save(CaseFloor.ViewerOf(personId), new NoticeChoices
        {
            Email = email,
            Topics = [.. chosen.Select(c => new NoticePreference { Topic = c.Topic, ByBell = c.ByBell, ByMail = c.ByMail })],
        });

    private static Task<IReadOnlyList<int>> Read(CaseFloor floor, Statement statement) => floor.Database.Db.Read(s => s.Query<int>(statement));
}
