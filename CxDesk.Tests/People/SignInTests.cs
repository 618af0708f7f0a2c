using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.People;

public sealed class SignInTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Five_wrong_tries_lock_a_name_for_a_quarter_of_an_hour_even_with_the_right_password(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var id = await staff.Add("ann", Role.Agent);
        await staff.Passwords.Give(Viewer.System, id, "right");
        for (var i = 0; i < SignInWriter.Tries; i++) Assert.Equal(new SignInAttempt(), await staff.SignIn.Try("ann", "wrong"));
        var until = staff.Database.Time.Now + SignInWriter.Lock;
        Assert.Equal(until, (await staff.SignIn.Try("ann", "right")).LockedUntil);
        staff.Database.Time.Now = until;
        Assert.Equal(id, (await staff.SignIn.Try(" ANN ", "right")).PersonId);
    }

    [Fact]
    public async Task Fifty_tries_at_the_same_time_get_five_answers()
    {
        await using var staff = await Staff.Create();
        await staff.Passwords.Give(Viewer.System, await staff.Add("ann", Role.Agent), "right");
        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => staff.SignIn.Try("ann", "wrong " + i)));
        Assert.Equal(5, attempts.Count(a => a.LockedUntil is null));
    }

    [Fact]
    public async Task A_name_that_nobody_has_behaves_like_one_that_somebody_has()
    {
        await using var staff = await Staff.Create();
        await staff.Passwords.Give(Viewer.System, await staff.Add("ann", Role.Agent), "right");
        for (var i = 0; i < 7; i++)
        {
            var before = staff.Hash.Checks;
            var known = await staff.SignIn.Try("ann", "wrong");
            var unknown = await staff.SignIn.Try("nobody", "wrong");
            Assert.Equal(known, unknown);
            Assert.Equal(2, staff.Hash.Checks - before);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_set_up_link_works_once_and_a_newer_one_replaces_it(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (id, first) = await staff.People.Invite(Viewer.System, new NewPerson { Name = "Ann", UserName = "ann", Role = Role.Agent });
        var second = await staff.Passwords.MakeLink(Viewer.System, id);
        Assert.Null(await staff.Passwords.FindLink(Token(first)));
        Assert.Equal("ann", (await staff.Passwords.FindLink(Token(second)))!.UserName);
        Assert.Equal("password", (await Assert.ThrowsAsync<InvalidField>(() => staff.Passwords.UseLink(Token(second), "short", null, null))).Field);
        Assert.Equal(id, await staff.Passwords.UseLink(Token(second), "long enough", null, null));
        Assert.Equal(id, (await staff.SignIn.Try("ann", "long enough")).PersonId);
        Assert.Equal("link", (await Assert.ThrowsAsync<InvalidField>(() => staff.Passwords.UseLink(Token(second), "long enough", null, null))).Field);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_link_that_two_use_at_once_serves_one(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (_, link) = await staff.People.Invite(Viewer.System, new NewPerson { Name = "Ann", UserName = "ann", Role = Role.Agent });
        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try { return await staff.Passwords.UseLink(Token(link), $"password {i}", null, null) > 0; }
            catch (InvalidField) { return false; }
        }));
        Assert.Single(uses, used => used);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_link_expires(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (_, link) = await staff.People.Invite(Viewer.System, new NewPerson { Name = "Ann", UserName = "ann", Role = Role.Agent });
        staff.Database.Time.Now += PasswordWriter.LinkLife;
        Assert.Null(await staff.Passwords.FindLink(Token(link)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_first_link_makes_one_admin_and_is_void_once_anybody_is_there(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (one, two) = (await staff.Passwords.MakeLink(Viewer.System, null), await staff.Passwords.MakeLink(Viewer.System, null));
        var id = await staff.Passwords.UseLink(Token(one), "long enough", "Ada", "Ada");
        Assert.Equal(Role.Admin, (await staff.ViewerOf(id))!.Role);
        Assert.Null(await staff.Passwords.FindLink(Token(two)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_second_save_of_a_person_is_told_who_came_first(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var id = await staff.Add("ann", Role.Agent);
        var edit = new EditPerson { Id = id, Version = 1, Name = "Ann Lee", UserName = "ann", Role = Role.Agent };
        await staff.People.Edit(Viewer.System with { Name = "Ada" }, edit);
        var conflict = await Assert.ThrowsAsync<ChangedMeanwhile>(() => staff.People.Edit(Viewer.System, edit with { Name = "Ann Low" }));
        Assert.Equal(("Ada", "personEdited"), (conflict.By, conflict.What));
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        await using var staff = await Staff.Create();
        var id = await staff.Add("ada", Role.Admin);
        await Assert.ThrowsAsync<InvalidField>(() => staff.People.Deactivate(Viewer.System, id, 1));
        await Assert.ThrowsAsync<InvalidField>(() => staff.People.Edit(Viewer.System, new EditPerson { Id = id, Version = 1, Name = "Ada", UserName = "ada", Role = Role.Agent }));
    }

    private static string Token(string link) => link["/setup/".Length..];
}
