using AngleSharp.Dom;
using Bunit;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Shell;
using CxDesk.Web.Walls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Walls;

public sealed class WallEditorTests : ShellContext
{
    private Viewer _sven = null!;

    [Fact]
    public async Task A_tile_is_chosen_in_words_and_asks_only_for_what_its_kind_needs()
    {
        await using var staff = await Open();
        var page = await Editor(await Wall());
        await Cards(page)[1].ClickAsync(new MouseEventArgs());
        Assert.Equal("Cases", page.Find("#tile-kind").GetAttribute("value"));
        Assert.Empty(page.FindAll("#tile-metric, #tile-window"));
        await page.Find("#tile-kind").ChangeAsync("Leaders");
        await page.Find("#tile-by").ChangeAsync("Team");
        await page.Find("#tile-window").ChangeAsync("Month");
        await Subject(page, "nor");
        Assert.Equal("teams · Satisfaction (CSAT) · North · 30 days", Cards(page)[1].QuerySelector("span")!.TextContent);
        Assert.Contains("Not saved yet", page.Find(".save").TextContent, StringComparison.Ordinal);

        await Press(page, "Save");
        await page.WaitForAssertionAsync(() => Assert.Contains("Saved", page.Find(".save").TextContent, StringComparison.Ordinal));
        var saved = (await Query.Find(_sven, "phones"))!;
        Assert.Equal(new WallTileSpec { Kind = WallTileKind.Leaders, By = Data.Rollups.RollupBy.Team, Window = Data.Live.LiveWindow.Month, Unit = "north" }, saved.Document!.Pages[0].Tiles[1]);
    }

    [Fact]
    public async Task Steps_are_taken_back_and_done_again_and_all_of_them_discarded()
    {
        await using var staff = await Open();
        var page = await Editor(await Wall());
        await page.Find("#wall-dwell").ChangeAsync("20");
        await page.Find("#wall-name").ChangeAsync("Both phones");
        Assert.Equal("Both phones", page.Find("h1").TextContent);
        await Press(page, "Undo");
        Assert.Equal("Phones", page.Find("h1").TextContent);
        Assert.Equal("20", page.Find("#wall-dwell").GetAttribute("value"));
        await Press(page, "Redo");
        Assert.Equal("Both phones", page.Find("h1").TextContent);
        await Press(page, "Discard all");
        Assert.Equal("15", page.Find("#wall-dwell").GetAttribute("value"));
        await Press(page, "Undo");
        Assert.Equal("20", page.Find("#wall-dwell").GetAttribute("value"));
    }

    [Fact]
    public async Task Tiles_and_pages_change_places_by_keys_and_by_dragging()
    {
        await using var staff = await Open();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var page = await Editor(await Wall());
        await Cards(page)[1].KeyDownAsync(new KeyboardEventArgs { Key = "ArrowLeft", AltKey = true });
        Assert.Equal(["Cases", "Score", "Trend", "Top movers"], Kinds(page));
        Assert.Equal("tile-0", JSInterop.Invocations["cxdesk.focus"].Single().Arguments[0]);
        await Cards(page)[3].TriggerEventAsync("ondragstart", new DragEventArgs());
        await Cards(page)[0].TriggerEventAsync("ondrop", new DragEventArgs());
        Assert.Equal(["Top movers", "Cases", "Score", "Trend"], Kinds(page));

        await Press(page, "Page");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Score", "Cases", "Trend", "Top movers"], Kinds(page)));
        Assert.EndsWith("/walls/phones?page=2", Navigation.Uri, StringComparison.Ordinal);
        await page.Find("#page-back").ClickAsync(new MouseEventArgs());
        await page.WaitForAssertionAsync(() => Assert.EndsWith("/walls/phones?page=1", Navigation.Uri, StringComparison.Ordinal));
        await page.WaitForAssertionAsync(() => Assert.Equal(["Score", "Cases", "Trend", "Top movers"], Kinds(page)));
    }

    [Fact]
    public async Task What_cannot_be_shown_is_said_at_its_field_and_not_saved()
    {
        await using var staff = await Open();
        var page = await Editor(await Wall());
        await page.Find("#wall-dwell").ChangeAsync("2");
        Assert.Equal("dwellSeconds", page.Find(".fault").GetAttribute("data-field"));
        await Cards(page)[0].ClickAsync(new MouseEventArgs());
        await Press(page, "Remove");
        Assert.Contains(page.FindAll(".fault"), f => f.GetAttribute("data-field") == "pages[0].tiles");
        Assert.Contains("before it can be saved: 2.", page.Find(".save").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Save").HasAttribute("disabled"));
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Who_saves_second_sees_what_the_first_one_did_and_loses_nothing()
    {
        await using var staff = await Open();
        var wall = await Wall();
        var page = await Editor(wall);
        await page.Find("#wall-dwell").ChangeAsync("30");
        var theirs = wall.Document! with { HasSound = true, Pages = [.. wall.Document!.Pages, WallDraft.First] };
        await Writer.Save(Viewer.System with { Name = "Bea", PersonId = _sven.PersonId }, new() { Code = wall.Code, RowVersion = wall.RowVersion, Name = "Phones", Document = theirs });
        await page.WaitForAssertionAsync(() => Assert.Contains("Bea has saved this wall meanwhile", page.Find(".conflict").TextContent, StringComparison.Ordinal));
        Assert.Equal(["page 2 added", "sound changed"], page.FindAll(".conflict li").Select(li => li.TextContent));
        Assert.Equal("30", page.Find("#wall-dwell").GetAttribute("value"));

        await Press(page, "Take theirs");
        Assert.Equal("15", page.Find("#wall-dwell").GetAttribute("value"));
        Assert.Equal(2, page.FindAll(".pages a").Count);
        await Press(page, "Undo");
        Assert.Equal("30", page.Find("#wall-dwell").GetAttribute("value"));
        await Press(page, "Save");
        await page.WaitForAssertionAsync(() => Assert.Contains("Saved", page.Find(".save").TextContent, StringComparison.Ordinal));
        Assert.False((await Query.Find(_sven, wall.Code))!.Document!.HasSound);
    }

    [Fact]
    public async Task Somebody_elses_wall_is_looked_at_and_duplicated()
    {
        await using var staff = await Open();
        var mara = (await staff.ViewerOf(await staff.Add("mara", Role.Manager)))!;
        var wall = await Wall(mara);
        var page = await Editor(wall);
        Assert.True(page.Find("fieldset").HasAttribute("disabled"));
        Assert.Contains("Belongs to MARA", page.Markup, StringComparison.Ordinal);
        await Press(page, "Duplicate");
        await page.WaitForAssertionAsync(() => Assert.EndsWith("/walls/phones-copy", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Phones, copy", (await Query.Find(_sven, "phones-copy"))!.Name);
    }

    [Fact]
    public async Task Names_of_agents_can_be_found_by_typing_and_a_wall_that_is_gone_says_so()
    {
        await using var staff = await Open();
        await staff.Add("zoë", Role.Agent, "A-1");
        var page = await Editor(await Wall());
        await Cards(page)[0].ClickAsync(new MouseEventArgs());
        await Subject(page, "zoe");
        Assert.Contains("ZOË", Cards(page)[0].TextContent, StringComparison.Ordinal);
        await Writer.Delete(Viewer.System with { Name = "Bea", PersonId = _sven.PersonId }, "phones", 1);
        await page.WaitForAssertionAsync(() => Assert.Contains("Keep it as a new wall", page.Find(".save").TextContent, StringComparison.Ordinal));
        await Press(page, "Keep it as a new wall");
        await page.WaitForAssertionAsync(() => Assert.EndsWith("/walls/phones-2", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("A-1", (await Query.Find(_sven, "phones-2"))!.Document!.Pages[0].Tiles[0].Agent);
    }

    private WallsQuery Query => Services.GetRequiredService<WallsQuery>();
    private WallWriter Writer => Services.GetRequiredService<WallWriter>();
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private async Task<Staff> Open()
    {
        var staff = await Staff.Create();
        var id = await staff.Add("sven", Role.Supervisor);
        _sven = (await staff.ViewerOf(id))!;
        await this.SignIn(staff.Database, id);
        Services.AddSingleton<WallsQuery>();
        Services.AddSingleton<WallWriter>();
        Services.AddSingleton<IndicatorWords>().AddSingleton<WallWords>();
        ComponentFactories.AddStub<WallPreview>();
        ComponentFactories.AddStub<CxDesk.Web.Displays.WallDisplays>();
        return staff;
    }

    private async Task<WallRow> Wall(Viewer? owner = null)
    {
        var code = await Writer.Create(owner ?? _sven, "Phones", new WallDocument { Pages = [WallDraft.First] });
        return (await Query.Find(_sven, code))!;
    }

    private async Task<IRenderedComponent<WallEditor>> Editor(WallRow wall)
    {
        Navigation.NavigateTo($"/walls/{wall.Code}");
        var page = Render<WallEditor>(p => p.Add(e => e.Code, wall.Code));
        await page.WaitForElementAsync("[data-editing]");
        return page;
    }

    private static IReadOnlyList<IElement> Cards(IRenderedComponent<WallEditor> page) => [.. page.FindAll("[data-card]")];

    private static IEnumerable<string> Kinds(IRenderedComponent<WallEditor> page) => Cards(page).Select(c => c.QuerySelector("b")!.TextContent);

    private static async Task Subject(IRenderedComponent<WallEditor> page, string typed)
    {
        await page.Find("#tile-subject").InputAsync(typed);
        await page.Find("#tile-subject").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
    }

    private static IElement Button(IRenderedComponent<WallEditor> page, string words) => page.FindAll("button").Single(b => b.TextContent.Trim() == words);

    private static Task Press(IRenderedComponent<WallEditor> page, string words) => Button(page, words).ClickAsync(new MouseEventArgs());
}
