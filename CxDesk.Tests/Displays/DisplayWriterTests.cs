using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Displays;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Displays;

public sealed class DisplayWriterTests
{
    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_link_leads_to_one_wall_until_it_is_revoked_and_only_its_hash_is_kept(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        Assert.Equal(("Lobby", "north", "en"), (await floor.Find(link.Token)) is { } known ? (known.Name, known.WallCode, known.Language) : default);
        Assert.Null(await floor.Query.Find(link.Token));
        Assert.Null(await floor.Find(link.Token + "x"));

        await floor.Writer.Revoke(floor.Sue, link.DisplayId);
        await floor.Writer.Revoke(floor.Sue, link.DisplayId);
        Assert.Null(await floor.Find(link.Token));
        Assert.Null(await floor.Writer.Type(link.Code));
        Assert.Equal(["displayMade", "displayRevoked"], await floor.Audited());
        Assert.NotNull(Assert.Single(await floor.Query.Of(floor.Admin)).RevokedAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Whoever_may_not_edit_a_wall_hangs_up_none_and_sees_none(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        Assert.Equal(("wall", "NotYours"), await Fault(() => floor.Writer.Make(floor.Sue, floor.Lobby(DisplayFloor.Main) with { Name = "Other" })));
        Assert.Equal(("wall", "NotYours"), await Fault(() => floor.Writer.Save(floor.Tom, floor.Lobby() with { Id = link.DisplayId, RowVersion = 1 })));
        Assert.Equal(("wall", "NotYours"), await Fault(() => floor.Writer.Save(floor.Sue, floor.Lobby(DisplayFloor.Main) with { Id = link.DisplayId, RowVersion = 1 })));
        Assert.Equal(("wall", "NotYours"), await Fault(() => floor.Writer.Relink(floor.Tom, link.DisplayId)));
        Assert.Equal(("wall", "NotYours"), await Fault(() => floor.Writer.Revoke(floor.Tom, link.DisplayId)));
        Assert.NotNull(await floor.Find(link.Token));
        Assert.Empty(await floor.Query.Of(floor.Tom));
        Assert.Empty(await floor.Query.WallsOf(floor.Tom));
        Assert.Equal(["north"], (await floor.Query.WallsOf(floor.Sue)).Select(w => w.Code));
        Assert.Equal(["main", "north"], (await floor.Query.WallsOf(floor.Admin)).Select(w => w.Code).Order());
        Assert.Single(await floor.Query.Of(floor.Sue, floor.SuesWall));
        Assert.Empty(await floor.Query.Of(floor.Admin, DisplayFloor.Main));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_cannot_be_kept_is_named(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        Assert.Equal(("name", "Taken"), await Fault(() => floor.Writer.Make(floor.Admin, floor.Lobby())));
        Assert.Equal(("name", "Missing"), await Fault(() => floor.Writer.Make(floor.Admin, floor.Lobby() with { Name = " " })));
        Assert.Equal(("language", "Unknown"), await Fault(() => floor.Writer.Make(floor.Admin, floor.Lobby() with { Name = "Hall", Language = "fr" })));
        Assert.Equal(("wall", "Unknown"), await Fault(() => floor.Writer.Make(floor.Admin, floor.Lobby(999) with { Name = "Hall" })));
        // The name of a display that is gone is free again.
        await floor.Writer.Revoke(floor.Sue, link.DisplayId);
        await floor.Writer.Make(floor.Sue, floor.Lobby());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Moved_it_shows_the_other_wall_and_who_saves_second_hears_who_was_first(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        await floor.Writer.Save(floor.Admin, floor.Lobby(DisplayFloor.Main) with { Id = link.DisplayId, RowVersion = 1, Name = "Hall", Language = "zh-Hans" });
        Assert.Equal(("Hall", "main", "zh-Hans"), (await floor.Find(link.Token)) is { } known ? (known.Name, known.WallCode, known.Language) : default);
        var conflict = await Assert.ThrowsAsync<ChangedMeanwhile>(() => floor.Writer.Save(floor.Admin, floor.Lobby() with { Id = link.DisplayId, RowVersion = 1 }));
        Assert.Equal((floor.Admin.Name, "displayEdited"), (conflict.By, conflict.What));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_short_code_gives_one_screen_its_link_and_works_once(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        Assert.Matches("^[2-9B-Z]{4}-[2-9B-Z]{4}$", link.Code);
        var typed = await floor.Writer.Type(link.Code.ToLowerInvariant().Replace('-', ' '));
        Assert.NotEqual(link.Token, typed);
        Assert.Equal(link.DisplayId, (await floor.Find(typed!))!.Id);
        Assert.NotNull(await floor.Find(link.Token));
        Assert.Null(await floor.Writer.Type(link.Code));

        var again = await floor.Writer.Relink(floor.Sue, link.DisplayId);
        Assert.Null(await floor.Find(link.Token));
        Assert.Null(await floor.Find(typed!));
        Assert.NotNull(await floor.Find(again.Token));
        floor.Database.Time.Now += DisplayWriter.CodeLife;
        Assert.Null(await floor.Writer.Type(again.Code));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Its_wall_gone_a_link_leads_nowhere_and_can_still_be_taken_back(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        await floor.Drop(floor.SuesWall);
        Assert.Null(await floor.Find(link.Token));
        await floor.Writer.Revoke(floor.Sue, link.DisplayId);
        Assert.NotNull(Assert.Single(await floor.Query.Of(floor.Sue)).RevokedAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_sighting_is_kept_with_the_version_and_never_goes_back_in_time(DatabaseProvider engine)
    {
        await using var floor = await DisplayFloor.Create(engine);
        var link = await floor.Writer.Make(floor.Sue, floor.Lobby());
        var now = floor.Database.Time.Now;
        await floor.Writer.Saw([new(link.DisplayId, now, "1.2.0")]);
        await floor.Writer.Saw([new(link.DisplayId, now.AddMinutes(-1), "1.1.0")]);
        var row = Assert.Single(await floor.Query.Of(floor.Sue));
        Assert.Equal((now, "1.2.0", 1), (row.LastSeenAt, row.AppVersion, row.RowVersion));
    }

    private static async Task<(string, string)> Fault(Func<Task> work)
    {
        var fault = await Assert.ThrowsAsync<InvalidField>(work);
        return (fault.Field, fault.Fault);
    }
}
