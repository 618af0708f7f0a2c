using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Calendars;
using CxDesk.Data.Displays;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Walls;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>Screens that hang on a wall, and the phones of those who stand before them. What the test writes, it writes as another node.</summary>
[Collection(BrowserFixture.Name)]
public sealed class DisplayTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>, IAsyncLifetime
{
    // Two and five seconds are promised on the screen; the browser's own looking takes its part of what is measured.
    private const float Moves = 4_000, Dark = 6_000;

    private static readonly WallDocument Loud = new()
    {
        HasSound = true,
        Pages = [new WallPage { Tiles = [new() { Kind = WallTileKind.Cases, Unit = "east" }, new() { Kind = WallTileKind.Score }, new() { Kind = WallTileKind.Number }, new() { Kind = WallTileKind.Comments }] }],
    };

    // As a browser does that nobody has touched; one without a window lets everything play.
    private const string NoSound = "Object.defineProperty(AudioContext.prototype, 'state', { get: () => 'suspended' }); AudioContext.prototype.resume = () => Promise.reject();";

    private readonly List<IPage> _pages = [];
    private Viewer _admin = null!;

    public async Task InitializeAsync() => _admin = Viewer.System with { PersonId = await company.PersonId("ada") };

    public async Task DisposeAsync()
    {
        foreach (var page in _pages) await page.Context.CloseAsync();
    }

    [Fact]
    [Trait("Behaviour", "39")]
    [Trait("Behaviour", "41")]
    public async Task A_revoked_display_goes_dark_by_itself_and_has_never_kept_anything()
    {
        var link = await Link("Lobby", "en");
        var screen = await Open($"/display/{link.Token}", "zh-CN");
        await Expect(screen.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(screen.Locator("[data-tile]").First).ToBeVisibleAsync();
        await Expect(screen.Locator("main :is(a, button, input, select)")).ToHaveCountAsync(0);
        Assert.Empty(await screen.Context.CookiesAsync());
        await new DisplayWriter(company.Database).Revoke(_admin, link.DisplayId);
        await Expect(screen.Locator("[data-state=gone]")).ToBeVisibleAsync(new() { Timeout = Dark });
        await Expect(screen.Locator("[data-tile]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_display_that_is_moved_or_speaks_another_language_follows_by_itself()
    {
        var link = await Link("Hall", "en");
        var screen = await Open($"/display/{link.Token}");
        await Expect(screen.Locator("[data-wall=main]")).ToBeVisibleAsync();
        var other = await new WallWriter(company.Database).Create(_admin, "Other", Loud);
        await new DisplayWriter(company.Database).Save(_admin, new SaveDisplay { Id = link.DisplayId, RowVersion = 1, Name = "Hall", WallId = await WallId(other), Language = "zh-Hans" });
        await Expect(screen.Locator($"[data-wall={other}]")).ToBeVisibleAsync();
        await Expect(screen.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
    }

    [Fact]
    [Trait("Behaviour", "24")]
    public async Task Who_scans_a_code_signs_in_on_the_phone_owns_the_case_and_every_wall_says_so_and_falls_silent()
    {
        var wall = await new WallWriter(company.Database).Create(_admin, "Loud", Loud);
        var (one, two) = (await Link("East one", "en", wall), await Link("East two", "zh-Hans", wall));
        await company.Post(5, "east", "A-3");
        var (first, second) = (await Open($"/display/{one.Token}"), await Open($"/display/{two.Token}", before: NoSound));
        await Expect(first.Locator("[data-tile=cases]")).ToBeVisibleAsync();
        await Expect(first.Locator("[data-sound]")).ToHaveCountAsync(0);

        var reference = await company.Post(1, "east", "A-3");
        await Cases.Do(_admin, new EditCase { CaseId = Id(reference), Severity = CaseSeverity.Critical });
        var code = first.Locator("[data-claim-url]");
        await Expect(code).ToBeVisibleAsync();
        await Expect(second.Locator("[data-claim-url]")).ToBeVisibleAsync();
        // One plays; the other's browser refuses, and its wall says so.
        await Expect(first.Locator("html[data-sounding]")).ToHaveCountAsync(1);
        await Expect(second.Locator("html[data-sound-blocked] .blocked")).ToBeVisibleAsync();

        var url = new Uri((await code.GetAttributeAsync("data-claim-url"))!);
        // A program that looks behind every link takes nothing.
        using (var preview = await company.App.Http.GetAsync(url)) Assert.True(preview.IsSuccessStatusCode);
        var phone = await Open(url.PathAndQuery, phone: true);
        await phone.Locator("#userName").FillAsync("lily");
        await phone.Locator("#password").FillAsync(CompanyFixture.Password);
        await phone.Locator("main button[type=submit]").ClickAsync();
        await phone.WaitForURLAsync($"**/cases/{reference}");
        foreach (var screen in (IPage[])[first, second])
        {
            await Expect(screen.Locator($"[data-case={reference}] .who")).ToContainTextAsync("Lily Chen", new() { Timeout = Moves });
            await Expect(screen.Locator("[data-claim-url], [data-sound]")).ToHaveCountAsync(0, new() { Timeout = Moves });
            await Expect(screen.Locator("html[data-sounding]")).ToHaveCountAsync(0, new() { Timeout = Moves });
        }
        await Expect(phone.Locator("article.case")).ToContainTextAsync("Lily Chen");

        // The code is used up; whoever comes second is told, and shown the case.
        var late = await browser.NewPage(company.App, width: 390, height: 844);
        _pages.Add(late);
        await late.SignIn("eve", CompanyFixture.Password, url.PathAndQuery);
        await Expect(late.Locator("[data-claim=used]")).ToContainTextAsync(reference!);
        Assert.False(await late.ScrollsSideways());
    }

    private CaseWriter Cases
    {
        get
        {
            var signal = new ChangeSignal();
            return new CaseWriter(company.Database, new RegionCalendars(new Company(new CompanyOptions()), signal), new PolicyBook(signal));
        }
    }

    private static long Id(string? reference) => CaseReference.TryParse(reference, out var id) ? id : throw new ArgumentException("No case was opened.", nameof(reference));

    private async Task<int> WallId(string code) => (await new WallsQuery(company.Database).Find(_admin, code))!.Id;

    private async Task<MadeLink> Link(string name, string language, string wall = WallQuery.Main) =>
        await new DisplayWriter(company.Database).Make(_admin, new SaveDisplay { Name = name, WallId = await WallId(wall), Language = language });

    private async Task<IPage> Open(string address, string language = "en", bool phone = false, string? before = null)
    {
        var page = phone ? await browser.NewPage(company.App, width: 390, height: 844) : await browser.NewPage(company.App, language, 1920, 1080);
        _pages.Add(page);
        if (before is not null) await page.AddInitScriptAsync(before);
        if (phone) await page.GotoAsync(address);
        else await page.Open(address);
        return page;
    }
}
