using CxDesk.Data.Database;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>Many hands on one case, in browsers of several people, and a server that goes away under them.</summary>
[Collection(BrowserFixture.Name)]
public sealed class CaseHandsTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>, IAsyncLifetime
{
    private const float Moves = 4_000;

    private static readonly Statement Draft = new("SELECT Body FROM CaseDrafts");

    private readonly List<IPage> _pages = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var page in _pages) await page.Context.CloseAsync();
    }

    [Fact]
    [Trait("Behaviour", "13"), Trait("Behaviour", "14")]
    public async Task Two_people_on_one_case_see_each_other_and_put_their_changes_together()
    {
        var reference = await company.Post(2, "north", "A-1", "hands", customer: new { id = "K-H1", name = "Many Hands" });
        var sven = await As("sven", $"/cases/{reference}");
        var mara = await As("mara", $"/cases/{reference}");
        await Expect(sven.Locator("[data-presence]")).ToContainTextAsync("Mara Lind is looking", new() { Timeout = Moves });
        await Expect(mara.Locator("[data-presence]")).ToContainTextAsync("Sven Berg is looking", new() { Timeout = Moves });

        await Button(mara, "Edit").ClickAsync();
        await Expect(sven.Locator("[data-presence]")).ToContainTextAsync("Mara Lind is editing", new() { Timeout = Moves });
        await mara.Locator("#severity").SelectOptionAsync("High");
        await mara.Locator("#holder").SelectOptionAsync(new SelectOptionValue { Label = "Anna Holm" });

        await Button(sven, "Edit").ClickAsync();
        await sven.Locator("#severity").SelectOptionAsync("Critical");
        await Button(sven, "Save").ClickAsync();
        await Expect(mara.Locator("article.case header")).ToContainTextAsync("Critical", new() { Timeout = Moves });

        // The second save changes nothing, and says field by field what is at stake.
        await Button(mara, "Save").ClickAsync();
        var told = mara.Locator(".conflict");
        await Expect(told.Locator("[data-field=severity]")).ToContainTextAsync("You saw Medium");
        await Expect(told.Locator("[data-field=severity]")).ToContainTextAsync("Critical Sven Berg");
        await Expect(told.Locator("[data-field=severity]")).ToContainTextAsync("High yours");
        await Expect(told.Locator("[data-field=owner]")).ToContainTextAsync("Anna Holm yours");
        await Expect(Button(mara, "Save what was chosen")).ToBeDisabledAsync();
        await told.GetByRole(AriaRole.Radio, new() { Name = "Critical" }).CheckAsync();
        await Button(mara, "Save what was chosen").ClickAsync();
        await Expect(mara.Locator(".actions .owner")).ToContainTextAsync("Anna Holm");
        await Expect(mara.Locator("article.case header")).ToContainTextAsync("Critical");
        await Expect(sven.Locator(".actions .owner")).ToContainTextAsync("Anna Holm", new() { Timeout = Moves });

        // Gone at once on leaving.
        await mara.GotoAsync("/");
        await Expect(sven.Locator("[data-presence]")).ToHaveCountAsync(0, new() { Timeout = Moves });
    }

    [Fact]
    [Trait("Behaviour", "13"), Trait("Behaviour", "37")]
    public async Task A_draft_survives_a_server_that_is_killed_and_is_gone_once_sent()
    {
        var reference = await company.Post(2, "north", "A-1", "draft", customer: new { id = "K-H2", name = "Left Behind" });
        var anna = await As("anna", $"/cases/{reference}");
        await Button(anna, "Take this case").ClickAsync();
        var note = anna.GetByLabel("Note what you did or heard");
        await note.FillAsync("Rang twice, 没有人接");
        await Kept("Rang twice, 没有人接");

        await company.App.Kill();
        await Expect(anna.Locator("html[data-disconnected]")).ToBeAttachedAsync();
        // Typed while nobody hears it.
        await note.PressSequentiallyAsync(", third time at five");
        await company.App.Restart();

        await Expect(anna.Locator("[data-restored]")).ToContainTextAsync("restored", new() { Timeout = 60_000 });
        await Expect(note).ToHaveValueAsync("Rang twice, 没有人接, third time at five");
        await Button(anna, "Add note").ClickAsync();
        await Expect(anna.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("third time at five");
        await Expect(note).ToHaveValueAsync("");
        await anna.ReloadAsync();
        await anna.Connected();
        await Expect(anna.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("third time at five");
        await Expect(note).ToHaveValueAsync("");
        await Expect(anna.Locator("[data-restored]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Followers_links_and_the_next_case_from_the_page()
    {
        var one = await company.Post(2, "east", "A-3", "linked", customer: new { id = "K-H3", name = "One" });
        var two = await company.Post(1, "east", "A-3", "linked", customer: new { id = "K-H4", name = "Two" });
        var eve = await As("eve", $"/cases/{one}");
        await Button(eve, "Follow").ClickAsync();
        await Expect(eve.Locator(".watching li")).ToContainTextAsync("Eve Moss");
        await Button(eve, "Link a case").ClickAsync();
        await eve.Locator("#link-kind").SelectOptionAsync("DuplicateOf");
        await eve.Locator("#link-case").FillAsync("C-99999");
        await Button(eve, "Link").ClickAsync();
        await Expect(eve.Locator(".linked .fault")).ToContainTextAsync("C-99999");
        await eve.Locator("#link-case").FillAsync(two!.ToLowerInvariant());
        await Button(eve, "Link").ClickAsync();
        await Expect(eve.Locator($"[data-linked={two}]")).ToContainTextAsync("duplicate of");
        await eve.Locator($"[data-linked={two}] a").ClickAsync();
        await Expect(eve.Locator($"[data-linked={one}]")).ToContainTextAsync("has as duplicate");
    }

    [Fact]
    [Trait("Behaviour", "15")]
    public async Task A_cause_that_an_admin_adds_is_found_by_typing_when_a_case_is_resolved()
    {
        var reference = await company.Post(2, "east", "A-3", "causes", customer: new { id = "K-H5", name = "Charged" });
        var ada = await As("ada", "/admin/root-causes");
        await ada.Locator("[data-cause=billing] a").ClickAsync();
        await Expect(ada.Locator(".side h2").First).ToHaveTextAsync("Billing");
        await ada.GetByRole(AriaRole.Link, new() { Name = "Add a cause" }).ClickAsync();
        await Expect(ada.Locator("#parent")).Not.ToHaveValueAsync("");
        await Button(ada, "Save").ClickAsync();
        await Expect(ada.Locator(".side .fault")).ToContainTextAsync("Say something here.");
        await ada.Locator("#name").FillAsync("Charged twice");
        await Button(ada, "Save").ClickAsync();
        await Expect(ada.Locator("[data-cause='Charged twice']")).ToContainTextAsync("in use");

        var eve = await As("eve", $"/cases/{reference}");
        await Button(eve, "Resolve").ClickAsync();
        await eve.Locator("#cause").PressSequentiallyAsync("TWICE");
        await eve.Locator("#cause").PressAsync("Enter");
        await Expect(eve.Locator("#cause")).ToHaveValueAsync("Billing ▸ Charged twice");
        await eve.GetByLabel("Customer reached").CheckAsync();
        await Button(eve, "Resolve").ClickAsync();
        await Expect(eve.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Billing ▸ Charged twice");
    }

    // Half a second after the last key the server has it.
    private async Task Kept(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await company.Database.Read(s => s.First<string>(Draft)) != text) await beat.WaitForNextTickAsync(limit.Token);
    }

    private async Task<IPage> As(string person, string address)
    {
        var page = await browser.NewPage(company.App);
        _pages.Add(page);
        await page.SignIn(person, CompanyFixture.Password, address);
        return page;
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
