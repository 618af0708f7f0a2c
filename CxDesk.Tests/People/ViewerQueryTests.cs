using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.People;

public sealed class ViewerQueryTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_somebody_sees_follows_from_the_places_they_hold_today(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var agent = await staff.Add("ann", Role.Agent);
        await staff.Places.Place(Viewer.System, agent, staff.Phone, Role.Agent, Staff.Today);
        var supervisor = await staff.Add("sue", Role.Supervisor);
        await staff.Places.Place(Viewer.System, supervisor, staff.Phone, Role.Supervisor, Staff.Today);
        await staff.Places.Place(Viewer.System, supervisor, staff.Mail, Role.Supervisor, Staff.Today);
        var manager = await staff.Add("mia", Role.Manager);
        await staff.Places.Place(Viewer.System, manager, staff.North, Role.Manager, Staff.Today);
        await staff.Places.Place(Viewer.System, manager, staff.Mail, Role.Manager, Staff.Today);
        Same(Reach.Own, [], [staff.Phone], await staff.ViewerOf(agent));
        Same(Reach.Units, [], [staff.Phone, staff.Mail], await staff.ViewerOf(supervisor));
        Same(Reach.Units, [staff.North], [staff.Mail], await staff.ViewerOf(manager));
        Same(Reach.All, [], [], await staff.ViewerOf(await staff.Add("max", Role.Executive)));
        Same(Reach.All, [], [], await staff.ViewerOf(await staff.Add("ada", Role.Admin)));
        Same(Reach.None, [], [], await staff.ViewerOf(await staff.Add("wall", Role.Wall)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_place_counts_from_its_first_day_to_the_day_before_its_last(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var id = await staff.Add("sue", Role.Supervisor);
        await staff.Places.Place(Viewer.System, id, staff.Phone, Role.Supervisor, Staff.Today.AddDays(1), Staff.Today.AddDays(3));
        int[][] seen = [[], [staff.Phone], [staff.Phone], []];
        foreach (var teams in seen)
        {
            Same(Reach.Units, [], teams, await staff.ViewerOf(id));
            staff.Database.Time.Now += TimeSpan.FromDays(1);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_agent_who_stands_in_as_supervisor_sees_the_team_and_no_more(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var id = await staff.Add("ann", Role.Agent);
        await staff.Places.Place(Viewer.System, id, staff.Mail, Role.Agent, Staff.Today);
        await staff.Places.Place(Viewer.System, id, staff.Phone, Role.Supervisor, Staff.Today, Staff.Today.AddDays(7));
        var viewer = await staff.ViewerOf(id);
        Assert.Equal(Role.Supervisor, viewer!.Role);
        Same(Reach.Units, [], [staff.Phone], viewer);
        staff.Database.Time.Now += TimeSpan.FromDays(7);
        Same(Reach.Own, [], [staff.Mail], await staff.ViewerOf(id));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Whoever_is_deactivated_is_nobody_and_their_session_never_comes_back(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var id = await staff.Add("ann", Role.Agent);
        var stamp = (await staff.Viewers.FindPerson(id))!.SecurityStamp;
        await staff.People.Deactivate(Viewer.System, id, version: 1);
        Assert.Null(await staff.ViewerOf(id));
        await staff.People.Reactivate(Viewer.System, id, version: 2);
        Assert.NotEqual(stamp, (await staff.Viewers.FindPerson(id))!.SecurityStamp);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_key_sees_the_company_or_its_unit_and_nothing_once_revoked(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var whole = await staff.Keys.Create(Viewer.System, "whole", ApiKeyScopes.Read);
        var north = await staff.Keys.Create(Viewer.System, "north", ApiKeyScopes.Read | ApiKeyScopes.Desk, staff.North);
        var phone = await staff.Keys.Create(Viewer.System, "phone", ApiKeyScopes.Ingest, staff.Phone);
        Same(Reach.All, [], [], (await Find(whole))!.Viewer);
        Same(Reach.Units, [staff.North], [], (await Find(north))!.Viewer);
        Same(Reach.Units, [], [staff.Phone], (await Find(phone))!.Viewer);
        Assert.Equal(ApiKeyScopes.Read | ApiKeyScopes.Desk, (await Find(north))!.Scopes);
        Assert.Null(await Find(whole + "x"));
        Assert.True(await staff.Keys.Revoke(Viewer.System, "north"));
        Assert.Null(await Find(north));
        Assert.False(await staff.Keys.Revoke(Viewer.System, "north"));
        Assert.NotEqual(north, await staff.Keys.Create(Viewer.System, "north", ApiKeyScopes.Read));

        Task<KnownKey?> Find(string key) => staff.Viewers.FindKey(Secret.Hash(key));
    }

    private static void Same(Reach reach, int[] regions, int[] teams, Viewer? viewer)
    {
        Assert.NotNull(viewer);
        Assert.Equal((reach, string.Join(',', regions.Order()), string.Join(',', teams.Order())), (viewer.Reach, string.Join(',', viewer.RegionIds), string.Join(',', viewer.TeamIds)));
    }
}
