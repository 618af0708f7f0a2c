using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>Many hands on one desk: the next case, followers, links, the same to many.</summary>
public class CaseTeamworkTests
{
    private static readonly Statement AddWatcher = new("INSERT INTO CaseWatchers (CaseId, PersonId) VALUES (@id, @personId)");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Claim_next_gives_the_most_urgent_case_that_one_may_take(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var claimer = Claimer(floor);
        var far = (await floor.Open(csat: 1, tierA: true, teamId: CaseFloor.OtherTeam, regionId: CaseFloor.OtherRegion)).CaseId;
        var medium = (await floor.Open(csat: 2)).CaseId;
        var high = (await floor.Open(csat: 1)).CaseId;
        var waiting = (await floor.Open(csat: 1, tierA: true)).CaseId;
        var taken = (await floor.Open(csat: 1, tierA: true)).CaseId;
        await floor.Do(CaseFloor.Supervisor, new WaitCase { CaseId = waiting, Reason = "bill" });
        await floor.Do(CaseFloor.Colleague, new ClaimCase { CaseId = taken });
        // Seen, since she follows it, but of a region where she has no place.
        await floor.Database.Db.Write(s => s.Execute(AddWatcher, new { id = far, personId = CaseFloor.Agent }));

        Assert.Equal(high, await claimer.Next(CaseFloor.ViewerOf(CaseFloor.Agent)));
        Assert.Equal(medium, await claimer.Next(CaseFloor.ViewerOf(CaseFloor.Agent)));
        Assert.Null(await claimer.Next(CaseFloor.ViewerOf(CaseFloor.Agent)));
        Assert.Equal(far, await claimer.Next(CaseFloor.ViewerOf(CaseFloor.Executive)));
        Assert.Equal((CaseStatus.InProgress, "Ann"), ((await floor.Read(high)).Status, (await floor.Read(high)).OwnerName));
        Assert.Null(await claimer.Next(new Viewer { Name = "robot", Role = Role.Admin, Reach = Reach.All }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_claim_next_at_once_get_two_cases(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 12; i++) await floor.Open();
        int[] people = [CaseFloor.Agent, CaseFloor.Colleague, CaseFloor.Supervisor, CaseFloor.Manager];
        // A claimer for each, as on nodes of their own.
        var got = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Claimer(floor).Next(CaseFloor.ViewerOf(people[i % 4])))));
        var cases = got.OfType<long>().ToList();
        Assert.Equal(12, cases.Count);
        Assert.Equal(12, cases.Distinct().Count());
        Assert.Equal(4, got.Count(id => id is null));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Many_are_assigned_and_noted_and_each_says_what_came_of_it(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (open, done, far) = ((await floor.Open()).CaseId, (await floor.Open()).CaseId, (await floor.Open(teamId: CaseFloor.OtherTeam, regionId: CaseFloor.OtherRegion)).CaseId);
        await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = done, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        var results = await new CaseBulkWriter(floor.Writer).Do(CaseFloor.ViewerOf(CaseFloor.Supervisor), [open, done, far, open],
        [
            id => new NoteCase { CaseId = id, Text = "the outage" },
            id => new AssignCase { CaseId = id, OwnerId = CaseFloor.Agent },
        ]);
        Assert.Equal([open, done, far], results.Select(r => r.CaseId));
        Assert.True(results[0].IsDone);
        Assert.IsType<CaseResult.Refused>(results[1].Result);
        Assert.IsType<CaseResult.NotFound>(results[2].Result);
        Assert.Equal("Ann", (await floor.Read(open)).OwnerName);
        Assert.Contains((await floor.Query.Read(Viewer.System, open))!.Events, e => e.Note == "the outage");
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Who_follows_a_case_sees_it_and_only_whoever_may_own_it_is_added(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = id });
        Assert.Null(await floor.Query.Read(CaseFloor.ViewerOf(CaseFloor.Colleague), id));
        Assert.IsType<CaseResult.NotFound>(await floor.Do(CaseFloor.Colleague, new WatchCase { CaseId = id }));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.OwnerHasNoAccess), await floor.Do(CaseFloor.Agent, new WatchCase { CaseId = id, PersonId = CaseFloor.Stranger }));
        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Agent, new WatchCase { CaseId = id, PersonId = CaseFloor.Colleague }));
        Assert.Equal(new CaseResult.Done(3), await floor.Do(CaseFloor.Agent, new WatchCase { CaseId = id, PersonId = CaseFloor.Colleague }));
        var file = (await floor.Query.Read(CaseFloor.ViewerOf(CaseFloor.Colleague), id))!;
        Assert.Equal("Bob", Assert.Single(file.Watchers).Name);
        Assert.Equal(("Ann", CaseEventName.Watched, "Bob"), (file.Events[^1].ActorName, file.Events[^1].Name, file.Events[^1].Detail.Watcher));

        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Supervisor, new WatchCase { CaseId = id }));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.NotYourWatch), await floor.Do(CaseFloor.Agent, new UnwatchCase { CaseId = id, PersonId = CaseFloor.Supervisor }));
        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Colleague, new UnwatchCase { CaseId = id }));
        Assert.Null(await floor.Query.Read(CaseFloor.ViewerOf(CaseFloor.Colleague), id));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_link_is_seen_from_both_ends_by_who_sees_both(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (one, two, far) = ((await floor.Open()).CaseId, (await floor.Open()).CaseId, (await floor.Open(teamId: CaseFloor.OtherTeam, regionId: CaseFloor.OtherRegion)).CaseId);
        Assert.IsType<CaseResult.Refused>(await floor.Do(CaseFloor.Supervisor, new LinkCase { CaseId = one, OtherId = far, Kind = CaseLinkKind.Related }));
        Assert.IsType<CaseResult.Refused>(await floor.Do(CaseFloor.Supervisor, new LinkCase { CaseId = one, OtherId = one, Kind = CaseLinkKind.Related }));
        Assert.Equal(new CaseResult.Done(2), await floor.Do(CaseFloor.Supervisor, new LinkCase { CaseId = two, OtherId = one, Kind = CaseLinkKind.DuplicateOf }));
        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Executive, new LinkCase { CaseId = two, OtherId = far, Kind = CaseLinkKind.SameCause }));
        var (first, second) = (await File(CaseFloor.Supervisor, one), await File(CaseFloor.Supervisor, two));
        Assert.Equal((two, CaseLinkKind.DuplicatedBy), Link(first));
        Assert.Equal((one, CaseLinkKind.DuplicateOf), Link(second));
        Assert.Equal(2, (await File(CaseFloor.Executive, two)).Links.Count);
        Assert.Equal(("Sue", CaseEventName.Linked, new LinkedCase(CaseReference.Of(two), CaseLinkKind.DuplicatedBy), first.Case.Version),
            (first.Events[^1].ActorName, first.Events[^1].Name, first.Events[^1].Detail.Link, first.Events[^1].Version));

        // Nor is a link removed by who sees only one of its ends.
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = two });
        var unseen = new CaseResult.Refused(CaseRefusal.OtherCaseUnknown, CaseReference.Of(far));
        foreach (var person in (int[])[CaseFloor.Agent, CaseFloor.Supervisor])
            Assert.Equal(unseen, await floor.Do(person, new UnlinkCase { CaseId = two, OtherId = far }));
        Assert.Equal(2, (await File(CaseFloor.Executive, two)).Links.Count);

        await floor.Do(CaseFloor.Supervisor, new UnlinkCase { CaseId = one, OtherId = two });
        Assert.Empty((await File(CaseFloor.Supervisor, two)).Links);
        Assert.Equal(CaseEventName.Unlinked, (await File(CaseFloor.Supervisor, two)).Events[^1].Name);

        static (long, CaseLinkKind) Link(CaseFile file) => (Assert.Single(file.Links).CaseId, file.Links[0].Kind);
        async Task<CaseFile> File(int person, long id) => (await floor.Query.Read(CaseFloor.ViewerOf(person), id))!;
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "12")]
    public async Task Raised_by_hand_a_case_gets_the_time_of_its_new_severity_from_then_on(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 2)).CaseId;
        var before = await floor.Read(id);
        // Two business days later: from the start, four hours would long be over.
        floor.Database.Time.Now = new DateTimeOffset(2026, 9, 16, 8, 0, 0, TimeSpan.Zero);
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Severity = CaseSeverity.Critical });
        var raised = await floor.Read(id);
        Assert.True(raised.DueAt > floor.Database.Time.Now && raised.DueAt <= before.DueAt, $"{raised.DueAt}");
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Severity = CaseSeverity.Medium });
        var again = await floor.Read(id);
        Assert.Equal((before.DueAt, before.TargetMinutes), (again.DueAt, again.TargetMinutes));
    }

    private static CaseClaimer Claimer(CaseFloor floor) => new(floor.Database.Db, floor.Database.Company, floor.Writer);
}
