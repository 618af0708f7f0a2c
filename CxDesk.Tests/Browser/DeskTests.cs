using CxDesk.Data.Database;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>The case desk in use: keys, drags, saved views, columns, and a board that moves by itself but never under the reader.</summary>
[Collection(BrowserFixture.Name)]
public sealed class DeskTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>, IAsyncLifetime
{
    // Two seconds are promised on the screen; the browser's own looking takes its part of what is measured.
    private const float Moves = 4_000;

    private static readonly Statement Due = new("UPDATE Cases SET DueAt = @due, NextEscalationAt = NULL WHERE Id = @id");
    private static readonly Statement Version = new("SELECT RowVersion FROM Cases WHERE Id = @id");

    private readonly List<IPage> _pages = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var page in _pages) await page.Context.CloseAsync();
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task A_deadline_that_passes_moves_the_case_on_every_open_board_though_nothing_is_written()
    {
        var reference = await company.Post(1, "north", "A-1", "clock", "passes", new { id = "K-38", name = "Tick Tock" });
        var id = long.Parse(reference![2..]);
        var board = await As("sven", "/cases?product=clock");
        var list = await As("mara", "/cases?product=clock&overdue=true&view=list");
        var card = board.Locator($"[data-case={reference}]");
        await Expect(card.Locator(".due")).ToHaveAttributeAsync("data-standing", "left");
        await Expect(list.Locator("[data-state=nothing-matches]")).ToBeVisibleAsync();

        // As data, and nobody is told: the case is due in some seconds. From then on nobody touches it.
        var due = company.Database.Now.AddSeconds(6);
        await company.Database.Write(s => s.Execute(Due, new { id, due }));
        var version = await company.Database.Read(s => s.Single<int>(Version, new { id }));

        // Five seconds from the deadline on.
        var within = (float)(due - company.Database.Now).TotalMilliseconds + 5_000;
        await Task.WhenAll(
            Expect(card.Locator(".due")).ToHaveAttributeAsync("data-standing", "over", new() { Timeout = within }),
            Expect(board.Locator("[data-overdue] .num")).ToHaveTextAsync("1", new() { Timeout = within }),
            Expect(list.Locator($"tr[data-case={reference}]")).ToBeVisibleAsync(new() { Timeout = within }));
        Assert.Equal(version, await company.Database.Read(s => s.Single<int>(Version, new { id })));
    }

    [Fact]
    public async Task News_waits_while_a_row_is_read_and_what_changes_elsewhere_moves_at_once_where_nobody_reads()
    {
        var first = await company.Post(1, "north", "A-1", "news", customer: new { id = "K-N1", name = "Read Slowly" });
        var sven = await As("sven", "/cases?product=news");
        var fresh = sven.Locator("[data-lane=new] [data-case]");
        await Expect(fresh).ToHaveCountAsync(1);
        await sven.Keyboard.PressAsync("j");
        await Expect(sven.Locator($"[data-case={first}] [data-open]")).ToBeFocusedAsync();
        // The page knows what is read before the news comes.
        await Expect(sven.Locator(".rows[data-held]")).ToHaveCountAsync(1);
        var place = (await sven.Locator($"[data-case={first}]").BoundingBoxAsync())!;

        for (var i = 2; i <= 4; i++) await company.Post(1, "north", "A-1", "news", customer: new { id = $"K-N{i}", name = $"More {i}" });
        await Expect(sven.Locator("[data-news]")).ToHaveTextAsync("3 new", new() { Timeout = 10_000 });
        await Expect(fresh).ToHaveCountAsync(1);
        Assert.Equal(place.Y, (await sven.Locator($"[data-case={first}]").BoundingBoxAsync())!.Y);

        await sven.Locator("[data-news]").ClickAsync();
        await Expect(fresh).ToHaveCountAsync(4);
        await Expect(sven.Locator("[data-news]")).ToHaveCountAsync(0);

        var mara = await As("mara", "/cases?product=news");
        await Expect(mara.Locator("[data-lane=new] [data-case]")).ToHaveCountAsync(4);
        await sven.Locator($"[data-case={first}] [data-open]").FocusAsync();
        var glows = mara.WaitForFunctionAsync($"() => document.querySelector('[data-lane=inProgress] [data-case={first}]')?.getAnimations().length > 0");
        await sven.Keyboard.PressAsync("c");
        await Expect(sven.Locator(".said")).ToContainTextAsync($"{first} is yours.");
        await Expect(mara.Locator($"[data-lane=inProgress] [data-case={first}]")).ToContainTextAsync("Sven Berg", new() { Timeout = Moves });
        await glows;
    }

    [Fact]
    public async Task Everything_goes_by_keys()
    {
        for (var i = 1; i <= 3; i++) await company.Post(1, "east", "A-3", "keys", customer: new { id = $"K-K{i}", name = $"Key {i}" });
        var lily = await As("lily", "/cases?product=keys&view=list");
        var rows = lily.Locator("tr[data-case]");
        await Expect(rows).ToHaveCountAsync(3);

        await Press(lily, "j", "j", "j", "k");
        var reference = await rows.Nth(1).GetAttributeAsync("data-case");
        await Expect(rows.Nth(1).Locator("[data-open]")).ToBeFocusedAsync();
        await Expect(rows.Nth(1).Locator("[data-open]")).ToHaveAttributeAsync("tabindex", "0");
        await Expect(rows.Nth(0).Locator("[data-open]")).ToHaveAttributeAsync("tabindex", "-1");

        await Press(lily, "Enter", "c");
        await Expect(lily.Locator("article.case")).ToContainTextAsync("it is yours");
        await Press(lily, "n");
        await lily.Locator("[data-do=Note]").PressSequentiallyAsync("jkr? is typed, not done");
        await Expect(lily.Locator("[data-do=Note]")).ToHaveValueAsync("jkr? is typed, not done");
        await Expect(lily.Locator("#keys")).ToBeHiddenAsync();
        await lily.Locator("[data-do=Note]").FillAsync("");
        await Press(lily, "Escape", "w");
        await Expect(lily.Locator("#reason")).ToBeFocusedAsync();

        await Press(lily, "Escape", "Escape");
        await Expect(lily.Locator("article.case")).ToHaveCountAsync(0);
        await Expect(lily.Locator($"[data-case={reference}] [data-open]")).ToBeFocusedAsync();

        await Press(lily, "x", "j", "x");
        await Expect(lily.Locator(".many")).ToContainTextAsync("2 chosen");
        await Press(lily, "?");
        await Expect(lily.Locator("#keys")).ToBeVisibleAsync();
        await Press(lily, "Escape", "g", "b");
        await Expect(lily.Locator("[data-lane=inProgress]")).ToContainTextAsync(reference!);
        await Press(lily, "/");
        await Expect(lily.Locator("[data-search]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_card_is_dropped_where_it_may_go_and_what_asks_for_something_opens_its_form()
    {
        var reference = await company.Post(1, "north", "A-2", "drag", customer: new { id = "K-D", name = "Dragged Along" });
        var otto = await As("otto", "/cases?product=drag");
        var card = otto.Locator($"[data-case={reference}]");
        ILocator Lane(string name) => otto.Locator($"[data-lane={name}]");

        await card.DragToAsync(Lane("inProgress"));
        await Expect(Lane("inProgress").Locator($"[data-case={reference}]")).ToContainTextAsync("Otto Falk");
        await card.DragToAsync(Lane("waiting"));
        await otto.Locator("#reason").FillAsync("a copy of the bill");
        await otto.Locator("form [type=submit]:has-text('Wait')").ClickAsync();
        await Expect(otto.Locator("[data-do=Resume]")).ToBeVisibleAsync();
        await Press(otto, "Escape");
        await Expect(Lane("waiting").Locator($"[data-case={reference}]")).ToBeVisibleAsync();

        // Back to new is shown as impossible before it is dropped, and dropping it does nothing.
        await card.HoverAsync();
        await otto.Mouse.DownAsync();
        await Lane("new").HoverAsync();
        await Lane("new").HoverAsync();
        await Expect(Lane("new")).ToHaveAttributeAsync("data-drop", "no");
        await Expect(Lane("new").Locator(".why")).ToContainTextAsync("resume the clock first");
        await Expect(Lane("resolved")).ToHaveAttributeAsync("data-drop", "yes");
        await otto.Mouse.UpAsync();
        await Expect(Lane("waiting").Locator($"[data-case={reference}]")).ToBeVisibleAsync();

        // The same by keys: the menu of moves.
        await card.Locator("[data-open]").FocusAsync();
        await Press(otto, "m");
        await Expect(otto.Locator("#moves [data-move]:visible")).ToHaveCountAsync(2);
        await Press(otto, "Enter");
        await Expect(Lane("inProgress").Locator($"[data-case={reference}]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_view_is_kept_with_its_columns_shared_and_begun_with()
    {
        var reference = await company.Post(1, "north", "A-1", "views", "in their words", new { id = "K-V", name = "Viewed" });
        var sven = await As("sven", "/cases?product=views&view=list");
        await sven.Locator(".columns summary").ClickAsync();
        await sven.Locator(".columns label").Filter(new() { HasText = "12-month value" }).ClickAsync();
        await Expect(sven.Locator("th[data-column=value]")).ToHaveCountAsync(0);
        await sven.Keyboard.PressAsync("Escape");
        await Expect(sven).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("columns=due,customer,words"));

        await sven.Locator(".views summary").ClickAsync();
        await sven.Locator(".views .add").ClickAsync();
        await sven.Locator("#view-name").FillAsync("Lines of today");
        await sven.Locator("#view-audience").SelectOptionAsync(new SelectOptionValue { Label = "The whole company" });
        await sven.Locator(".views label.check input").CheckAsync();
        await sven.Locator(".views form [type=submit]").ClickAsync();
        await Expect(sven.Locator(".views summary")).ToContainTextAsync("Lines of today");

        // The desk begins with it; another reads the same filter, under their own reach.
        await sven.Open("/cases");
        await Expect(sven.Locator($"tr[data-case={reference}]")).ToBeVisibleAsync();
        await Expect(sven.Locator("th[data-column=value]")).ToHaveCountAsync(0);
        var eve = await As("eve", "/cases");
        await eve.Locator(".views summary").ClickAsync();
        await eve.Locator(".views a:has-text('Lines of today')").ClickAsync();
        await Expect(eve.Locator("[data-state=nothing-matches]")).ToBeVisibleAsync();

        var export = await (await sven.Context.APIRequest.GetAsync((await sven.Locator("a[download]").GetAttributeAsync("href"))!)).TextAsync();
        Assert.StartsWith("\uFEFFid,severity,dueAt,overdue,customer,name,comment,csat,nps,ces,owner", export);
        Assert.Contains($"{reference},", export);

        await sven.GotoAsync($"/cases/{reference}/print");
        await Expect(sven.Locator("article.sheet")).ToContainTextAsync("in their words");
        await Expect(sven.Locator("article.sheet footer")).ToContainTextAsync("Sven Berg");
        await eve.GotoAsync($"/cases/{reference}/print");
        await Expect(eve.Locator("main")).Not.ToContainTextAsync("in their words");
    }

    private async Task<IPage> As(string person, string address)
    {
        var page = await browser.NewPage(company.App);
        _pages.Add(page);
        await page.SignIn(person, CompanyFixture.Password, address);
        // Nobody presses a key before the page is alive.
        if (address.StartsWith("/cases", StringComparison.Ordinal)) await Expect(page.Locator(".desk[data-attached]")).ToBeVisibleAsync();
        return page;
    }

    private static async Task Press(IPage page, params string[] keys)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }
}
