using System.Text.RegularExpressions;
using CxDesk.Data.Calendars;
using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>The main job from end to end, in browsers of several people, against the real app.</summary>
[Collection(BrowserFixture.Name)]
public sealed partial class StoryTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>, IAsyncLifetime
{
    // Two seconds are promised on the screen; the browser's own looking takes its part of what is measured.
    private const float Moves = 4_000;

    private readonly List<IPage> _pages = [];

    public Task InitializeAsync() => Task.CompletedTask;

    // A page left open would go on looking at the company while the next test works in it.
    public async Task DisposeAsync()
    {
        foreach (var page in _pages) await page.Context.CloseAsync();
    }

    [Fact]
    public async Task From_an_answer_to_a_resolved_case_and_a_gap_on_the_scorecard()
    {
        await company.Post(5, "north", "A-1");
        var elena = await As("elena", "/?window=7d&by=region");
        var sven = await As("sven", "/cases");
        var n = elena.Locator("[data-tile=csat] .n");
        var before = int.Parse(string.Concat((await n.InnerTextAsync()).Where(char.IsDigit)));

        await company.Post(3, "north", "A-1");
        await Expect(n).ToHaveTextAsync($"n {before + 1:N0}", new() { Timeout = Moves });

        var reference = await company.Post(1, "north", "A-1", comment: "等了四十分钟 and nobody called back", customer: new { id = "K-7", name = "Mr Xu" });
        var card = sven.Locator($"[data-lane=new] [data-case={reference}]");
        await Expect(card).ToBeVisibleAsync(new() { Timeout = Moves });
        await Expect(card).ToContainTextAsync("等了四十分钟 and nobody called back");
        await Expect(elena.Locator($"[data-low={reference}]")).ToBeVisibleAsync(new() { Timeout = Moves });

        var anna = await As("anna", "/cases");
        await anna.Locator($"[data-case={reference}]").ClickAsync();
        await Button(anna, "Take this case").ClickAsync();
        await Expect(sven.Locator($"[data-lane=inProgress] [data-case={reference}]")).ToContainTextAsync("Anna Holm", new() { Timeout = Moves });

        await anna.GetByLabel("Note what you did or heard").FillAsync("Called back, line was changed.");
        await Button(anna, "Add note").ClickAsync();
        await Expect(anna.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Called back, line was changed.");

        await Button(anna, "Resolve").ClickAsync();
        await anna.ChooseCause("too long", "waitTooLong");
        await anna.GetByLabel("Customer reached").CheckAsync();
        await Button(anna, "Resolve").ClickAsync();
        await Expect(anna.Locator("article.case")).ToContainTextAsync("Closes by itself");
        await Expect(sven.Locator($"[data-lane=resolved] [data-case={reference}]")).ToBeVisibleAsync(new() { Timeout = Moves });

        await elena.Open("/targets");
        await elena.Locator("#target-of").SelectOptionAsync(new SelectOptionValue { Label = "North" });
        await elena.Locator("#target-value").FillAsync("4.5");
        await elena.Locator("form.panel button[type=submit]").ClickAsync();
        await Expect(elena.Locator("form.panel [role=status]")).ToContainTextAsync("North");

        await elena.Open("/scorecards");
        var north = elena.Locator("tr[data-key=north]");
        await Expect(north.Locator(".figure")).ToContainTextAsync("3.00");
        await Expect(north.Locator(".gap")).ToContainTextAsync("−1.50");
        foreach (var step in (string[])["North", "Phone", "Anna Holm"])
            await elena.Locator("table.scores").GetByRole(AriaRole.Link, new() { Name = step }).ClickAsync();
        var answer = elena.Locator(".answers li").Filter(new() { HasText = "等了四十分钟" });
        await answer.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(elena.Locator("article.case h1")).ToContainTextAsync($"{reference} · Mr Xu");
    }

    [Fact]
    public async Task With_a_phone_an_executive_comes_from_the_company_to_the_cause_in_four_taps()
    {
        var reference = await company.Post(1, "east", "A-3", comment: "The form lost what I typed", customer: new { id = "K-8", name = "Ms Wu" });
        var page = await browser.NewPage(company.App, width: 390, height: 844, touch: true);
        _pages.Add(page);
        await page.SignIn("elena", CompanyFixture.Password, "/scorecards");
        foreach (var step in (string[])["East", "Mail", "Lily Chen"])
        {
            Assert.False(await page.ScrollsSideways());
            await page.Locator("table.scores").GetByRole(AriaRole.Link, new() { Name = step, Exact = true }).TapAsync();
            await Expect(page.Locator("nav.path [aria-current=page]")).ToHaveTextAsync(step);
        }
        await page.Locator(".answers li").Filter(new() { HasText = "The form lost what I typed" }).GetByRole(AriaRole.Link).TapAsync();
        await Expect(page.Locator("article.case h1")).ToContainTextAsync($"{reference} · Ms Wu");
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Who_saves_second_is_told_who_changed_what_and_keeps_what_was_typed()
    {
        var reference = await company.Post(2, "north", "A-1", customer: new { id = "K-13", name = "Second Saver" });
        var anna = await As("anna", $"/cases/{reference}");
        var sven = await As("sven", $"/cases/{reference}");
        await Button(anna, "Take this case").ClickAsync();
        await Expect(anna.Locator("article.case")).ToContainTextAsync("it is yours");
        await Button(anna, "Resolve").ClickAsync();
        await anna.ChooseCause("bill", "billing");
        await anna.GetByLabel("Three attempts").CheckAsync();
        await anna.GetByLabel("What was agreed").FillAsync("Refund of 12 € until Friday");

        await Button(sven, "Edit").ClickAsync();
        await sven.Locator("#severity").SelectOptionAsync("Critical");
        await Button(sven, "Save").ClickAsync();
        await Expect(anna.Locator("article.case header")).ToContainTextAsync("Critical", new() { Timeout = Moves });

        await Button(anna, "Resolve").ClickAsync();
        var told = anna.GetByRole(AriaRole.Alert);
        await Expect(told).ToContainTextAsync("Somebody was faster");
        await Expect(told.Locator("[data-field=severity]")).ToContainTextAsync("You saw Medium");
        await Expect(told.Locator("[data-field=severity]")).ToContainTextAsync("Critical Sven Berg");
        await Expect(anna.GetByLabel("What was agreed")).ToHaveValueAsync("Refund of 12 € until Friday");
        await Expect(anna.GetByLabel("What was the cause?")).ToHaveValueAsync("Billing");

        await Button(anna, "Save on top of that").ClickAsync();
        await Expect(sven.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Refund of 12 € until Friday");
        await Expect(sven.Locator("article.case header")).ToContainTextAsync("Critical");
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Everybody_sees_what_their_place_allows_and_nothing_else()
    {
        var ofPhone = await company.Post(1, "north", "A-1", "p2", "Call me: 0612345678, Zoltan Privat", new { id = "K-PHONE", name = "Zoltan Privat", phone = "0612345678", email = "zoltan@example.org" });
        var ofShop = await company.Post(1, "north", "A-2", "p2", customer: new { id = "K-SHOP", name = "Petra Privat" });
        var ofEast = await company.Post(1, "east", "A-3", "p2", customer: new { id = "K-EAST", name = "Quentin Privat" });
        string[] all = [ofPhone!, ofShop!, ofEast!];

        foreach (var (person, seen) in new[] { ("anna", [ofPhone!]), ("sven", [ofPhone!]), ("mara", [ofPhone!, ofShop!]), ("eve", [ofEast!]), ("elena", all) })
        {
            var page = await As(person, "/cases?product=p2");
            await Expect(page.Locator("[data-lane=new] [data-case]")).ToHaveCountAsync(seen.Length);
            await Expect(page.Locator("[data-lane=new] .count")).ToHaveTextAsync(seen.Length.ToString());
            var export = await (await page.Context.APIRequest.GetAsync("/cases/export.csv?product=p2")).TextAsync();
            Assert.Equal(seen.Order(), References().Matches(export).Select(m => m.Value).Distinct().Order());
            if (all.Except(seen).FirstOrDefault() is not { } others) continue;
            await page.Open($"/cases/{others}");
            await Expect(page.GetByText($"{others} is not there")).ToBeVisibleAsync();
            Assert.DoesNotContain("Privat", await page.Locator("aside.detail").InnerTextAsync());
        }

        var wall = await As("wall", "/wall");
        await Expect(wall.Locator("[data-tile=cases]")).ToBeVisibleAsync();
        foreach (var personal in (string[])["Privat", "0612345678", "zoltan@", "K-PHONE"]) Assert.DoesNotContain(personal, await wall.ContentAsync());
        foreach (var closed in (string[])["/cases", $"/cases/{ofPhone}", "/cases/export.csv", "/scorecards", "/targets", "/admin/people"])
        {
            var answer = await (await wall.Context.APIRequest.GetAsync(closed)).TextAsync();
            Assert.DoesNotContain("Privat", answer);
            if (!closed.Contains(ofPhone!)) Assert.DoesNotContain(ofPhone!, answer);
        }
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task A_manager_sees_their_own_region_move_and_of_others_days_that_are_over()
    {
        for (var i = 0; i < 6; i++) foreach (var (region, agent) in ((string, string)[])[("north", "A-1"), ("east", "A-3")]) await company.Post(4, region, agent);
        const string board = "/?unit=company&by=region&window=today";
        var (mara, elena) = (await As("mara", board), await As("elena", board));
        await Expect(mara.Locator("[data-held]")).ToBeVisibleAsync();
        await Expect(elena.Locator("[data-held]")).ToHaveCountAsync(0);
        var (north, east) = (mara.Locator("tr[data-row=north]"), mara.Locator("tr[data-row=east]"));
        await Expect(north.Locator(".score")).ToBeVisibleAsync();
        await Expect(east).ToContainTextAsync("not shown");
        await Expect(elena.Locator("tr[data-row=east] .score")).ToBeVisibleAsync();

        // It moves, and what moved is not told.
        var before = await east.InnerTextAsync();
        await company.Post(1, "east", "A-3", "p3");
        await Expect(east).Not.ToHaveTextAsync(before, new() { UseInnerText = true, Timeout = Moves });
        await Expect(east).ToContainTextAsync("not shown");
        await mara.Open("/scorecards?parent=company");
        await Expect(mara.Locator("[data-note]").Filter(new() { HasText = "outside your own place, today shows once it is over" })).ToBeVisibleAsync();

        // Her own place is where her board begins, and there nothing is held back.
        await mara.Open("/");
        await Expect(mara.Locator("tr[data-row=phone] .score")).ToBeVisibleAsync();
        await Expect(mara.Locator("[data-held]")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_person_who_is_deactivated_loses_the_page_that_is_open()
    {
        var reference = await company.Post(1, "east", "A-3", customer: new { id = "K-41", name = "Seen Before" });
        var desk = await As("lily", "/cases");
        var one = await As("lily", $"/cases/{reference}");
        var live = await As("lily", "/");
        await Expect(desk.Locator("main")).ToContainTextAsync("Seen Before");
        await Expect(one.Locator("article.case")).ToContainTextAsync("Seen Before");
        await Expect(live.Locator("[data-tile=csat]")).ToBeVisibleAsync();

        // Written from outside of the app, as by another node.
        await new PeopleWriter(company.Database).Deactivate(Viewer.System, await company.PersonId("lily"), await Version("lily"));

        var within = new LocatorAssertionsToContainTextOptions { Timeout = 5_000 };
        await Task.WhenAll(
            Expect(desk.Locator("main")).Not.ToContainTextAsync("Seen Before", within),
            Expect(one.Locator("body")).Not.ToContainTextAsync("Seen Before", within),
            Expect(live.Locator("[data-tile]")).ToHaveCountAsync(0, new() { Timeout = 5_000 }));
        await desk.GotoAsync("/cases");
        await Expect(desk).ToHaveURLAsync(new Regex("/login"));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task An_open_case_desk_says_that_the_server_is_gone_and_comes_back_equal_to_a_fresh_load()
    {
        var reference = await company.Post(2, "east", "A-3", "p3", customer: new { id = "K-37", name = "Before Restart" });
        var address = $"/cases/{reference}?product=p3";
        var eve = await As("eve", address);
        await Expect(eve.Locator($"[data-lane=new] [data-case={reference}]")).ToBeVisibleAsync();

        await company.App.Kill();
        await Expect(eve.GetByText("Connection lost")).ToBeVisibleAsync();
        await Expect(eve.Locator("article.case")).ToContainTextAsync("Before Restart");
        // What happens meanwhile must be there afterwards.
        var calendars = new RegionCalendars(new Company(new CompanyOptions()), new Data.Feed.ChangeSignal());
        var claimed = await new CaseWriter(company.Database, calendars, new Data.Policies.PolicyBook(new Data.Feed.ChangeSignal())).Do(Viewer.System with { PersonId = await company.PersonId("eve") }, new ClaimCase { CaseId = long.Parse(reference![2..]) });
        Assert.IsType<CaseResult.Done>(claimed);
        await company.App.Restart();

        await Expect(eve.Locator($"[data-lane=inProgress] [data-case={reference}]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(eve.GetByText("Connection lost")).ToBeHiddenAsync();
        Assert.EndsWith(address, eve.Url);
        var fresh = await As("eve", address);
        await Expect(Button(fresh, "Resolve")).ToBeVisibleAsync();
        await Expect(Button(eve, "Resolve")).ToBeVisibleAsync();
        foreach (var part in (string[])[".lanes", "article.case header", "article.case .story", ".filters"])
            Assert.Equal(await Still(fresh.Locator(part)), await Still(eve.Locator(part)));
    }

    private async Task<IPage> As(string person, string address, string language = "en")
    {
        var page = await browser.NewPage(company.App, language);
        _pages.Add(page);
        await page.SignIn(person, CompanyFixture.Password, address);
        return page;
    }

    private Task<int> Version(string userName) => company.Database.Read(s => s.Single<int>(VersionOf, new { userName }));

    private static readonly Data.Database.Statement VersionOf = new("SELECT RowVersion FROM People WHERE UserName = @userName");

    // Ages and countdowns go on between two looks.
    private static async Task<string> Still(ILocator part) => Clocks().Replace(await part.InnerTextAsync(), "…");

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"\bnow\b|\d+ (s|min|h)( \d+ min)?( ago)?\b")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"C-\d+")]
    private static partial Regex References();
}
