using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.People;

namespace CxDesk.Tests.Walls;

public sealed class WallWriterTests
{
    private static readonly Statement Versions = new("""
        SELECT v.Name, v.Document, v.CreatedBy FROM WallVersions v JOIN Walls w ON w.Id = v.WallId WHERE w.Code = @code ORDER BY v.Version
        """);

    private static readonly Statement Audited = new("SELECT Event FROM AuditLog WHERE Entity = 'wall' ORDER BY Id");
    private static readonly Statement Details = new("SELECT Detail FROM AuditLog WHERE Entity = 'wall' ORDER BY Id DESC");

    private static readonly WallTileSpec Score = new() { Kind = WallTileKind.Score };
    private static readonly WallDocument Document = new()
    {
        Pages = [new WallPage { Tiles = [Score, Score with { Unit = "north" }, Score with { Unit = "phone" }, new() { Kind = WallTileKind.Cases }] }],
        Night = new("north", 30), HasSound = true, ShowsAgents = false,
    };

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wall_is_made_saved_and_renamed_and_every_version_is_kept(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (writer, query, sven) = await Open(staff);
        var topics = new List<ChangeTopic>();
        staff.Database.Signal.Changed += change => topics.AddRange(change.Topics);

        var code = await writer.Create(sven, "  Phones, North ", Document);
        Assert.Equal("phones-north", code);
        var wall = (await query.Find(sven, code))!;
        Assert.Equal(("Phones, North", "SVEN", 1, "SVEN"), (wall.Name, wall.OwnerName, wall.Version, wall.ChangedBy));
        Assert.True(wall.Document!.SaysTheSameAs(Document));

        var slower = Document with { DwellSeconds = 30 };
        var saved = await writer.Save(sven, Change(wall, slower));
        Assert.Equal((2, 2), (saved.Version, saved.RowVersion));
        Assert.Contains("\"changes\":[\"Dwell\"]", await Last(staff), StringComparison.Ordinal);
        var renamed = await writer.Save(sven, Change(saved, slower) with { Name = "电话" });
        Assert.Equal(("phones-north", "电话"), (renamed.Code, renamed.Name));

        var versions = await staff.Database.Db.Read(s => s.Query<VersionRow>(Versions, new { code }));
        Assert.Equal(["Phones, North", "Phones, North", "电话"], versions.Select(v => v.Name));
        Assert.Equal([15, 30, 30], versions.Select(v => WallDocument.FromJson(v.Document!).DwellSeconds));
        Assert.Equal(["wallCreated", "wallSaved", "wallRenamed"], await Events(staff));
        Assert.Equal([ChangeTopic.Walls, ChangeTopic.Walls, ChangeTopic.Walls], topics);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_saves_second_is_told_who_came_first_and_nothing_is_stored(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (writer, query, sven) = await Open(staff);
        var ada = (await staff.ViewerOf(await staff.Add("ada", Role.Admin)))!;
        var wall = (await query.Find(sven, await writer.Create(sven, "Phones", Document)))!;
        await writer.Save(ada, Change(wall, Document with { HasSound = false }));

        var conflict = await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.Save(sven, Change(wall, Document with { DwellSeconds = 60 })));
        Assert.Equal(("ADA", "wallSaved"), (conflict.By, conflict.What));
        Assert.False((await query.Find(sven, wall.Code))!.Document!.HasSound);
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.Delete(sven, wall.Code, wall.RowVersion));

        await writer.Delete(ada, wall.Code, 2);
        var gone = await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.Save(sven, Change(wall, Document)));
        Assert.Equal(("ADA", "wallDeleted"), (gone.By, gone.What));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_the_owner_and_admins_change_a_wall_and_others_duplicate_it(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (writer, query, sven) = await Open(staff);
        var mara = (await staff.ViewerOf(await staff.Add("mara", Role.Manager)))!;
        var wall = (await query.Find(mara, await writer.Create(sven, "Phones", Document)))!;
        Assert.False(WallRights.MayEdit(mara, wall));
        Assert.Equal("NotYours", (await Assert.ThrowsAsync<InvalidField>(() => writer.Save(mara, Change(wall, Document)))).Fault);
        Assert.Equal("NotYours", (await Assert.ThrowsAsync<InvalidField>(() => writer.Delete(mara, wall.Code, 1))).Fault);

        var copy = (await query.Find(mara, await writer.Duplicate(mara, wall.Code, "Phones")))!;
        Assert.Equal("phones-2", copy.Code);
        Assert.True(copy.Document!.SaysTheSameAs(Document));
        Assert.True(WallRights.MayEdit(mara, copy));
        // The company's wall belongs to nobody, and a copy of it goes on being laid out from the regions.
        var main = (await query.Find(mara, WallQuery.Main))!;
        Assert.False(WallRights.MayEdit(mara, main));
        Assert.Null((await query.Find(mara, await writer.Duplicate(mara, WallQuery.Main, "Ours")))!.DocumentJson);

        foreach (var role in new[] { Role.Agent, Role.Wall })
        {
            var nobody = sven with { Role = role };
            Assert.Empty(await query.All(nobody));
            Assert.Null(await query.Find(nobody, wall.Code));
            await Assert.ThrowsAsync<InvalidField>(() => writer.Create(nobody, "Mine", Document));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_deleted_wall_leaves_the_list_but_keeps_its_code_and_the_first_wall_stays(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (writer, query, sven) = await Open(staff);
        var code = await writer.Create(sven, "Phones", Document);
        await writer.Delete(sven, code, 1);
        Assert.Equal([WallQuery.Main], (await query.All(sven)).Select(w => w.Code));
        Assert.Equal("phones-2", await writer.Create(sven, "Phones", Document));
        Assert.Equal("Main", (await Assert.ThrowsAsync<InvalidField>(() => writer.Delete(Viewer.System, WallQuery.Main, 1))).Fault);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wall_that_cannot_be_shown_is_not_stored(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var (writer, query, sven) = await Open(staff);
        var wrong = Document with { Pages = [new WallPage { Tiles = [Score, Score, Score, Score with { Unit = "south" }] }] };
        Assert.Equal("pages[0].tiles[3].unit", (await Assert.ThrowsAsync<InvalidField>(() => writer.Create(sven, "Phones", wrong))).Field);
        Assert.Equal("name", (await Assert.ThrowsAsync<InvalidField>(() => writer.Create(sven, " ", Document))).Field);
        Assert.Single(await query.All(sven));
        Assert.Empty(await Events(staff));
    }

    [Theory]
    [InlineData("North & East", "north-east")]
    [InlineData("  --  ", "wall")]
    [InlineData("客服中心 一楼", "客服中心-一楼")]
    [InlineData("Ääkköset", "ääkköset")]
    public void A_code_is_what_an_address_can_carry(string name, string code) => Assert.Equal(code, WallWriter.Slug(name));

    [Fact]
    public void A_difference_names_each_place_that_changed()
    {
        var after = Document with
        {
            DwellSeconds = 20, Night = null,
            Pages =
            [
                Document.Pages[0] with { DwellSeconds = 40, Tiles = [Score, Score with { Product = "net" }, Document.Pages[0].Tiles[2]] },
                Document.Pages[0],
            ],
        };
        Assert.Equal(["PageDwell 1", "TileChanged 1.2", "TileRemoved 1.4", "PageAdded 2", "Dwell", "Night"], WallDifference.Between(Document, after).Select(c => c.ToString()));
        Assert.Equal(["Layout"], WallDifference.Between(null, after).Select(c => c.ToString()));
        Assert.Empty(WallDifference.Between(after, WallDocument.FromJson(after.ToJson())));
    }

    private static async Task<(WallWriter Writer, WallsQuery Query, Viewer Sven)> Open(Staff staff) =>
        (new WallWriter(staff.Database.Db), new WallsQuery(staff.Database.Db), (await staff.ViewerOf(await staff.Add("sven", Role.Supervisor)))!);

    private static SaveWall Change(WallRow wall, WallDocument document) =>
        new() { Code = wall.Code, RowVersion = wall.RowVersion, Name = wall.Name, Document = document };

    private static Task<IReadOnlyList<string>> Events(Staff staff) => staff.Database.Db.Read(s => s.Query<string>(Audited));

    private static Task<string> Last(Staff staff) => staff.Database.Db.Read(async s => (await s.Query<string>(Details))[0]);

    private sealed record VersionRow
    {
        public required string Name { get; init; }
        public required string? Document { get; init; }
        public required string CreatedBy { get; init; }
    }
}
