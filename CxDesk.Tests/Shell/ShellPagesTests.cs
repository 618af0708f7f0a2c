using CxDesk.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Shell;

[Collection(BrowserFixture.Name)]
public sealed class ShellPagesTests(BrowserFixture browser) : IAsyncLifetime
{
    private AppFixture _app = null!;

    public async Task InitializeAsync() => _app = await AppFixture.Start();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("en-GB", "en", "There is no such page")]
    [InlineData("zh-CN", "zh-Hans", "没有这个页面")]
    public async Task Page_speaks_the_browsers_language_before_and_after_it_is_interactive(string asked, string got, string title)
    {
        var page = await browser.NewPage(_app, asked);
        await page.Open("/nothing/here");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", got);
    }

    [Fact]
    public async Task Chosen_language_is_kept_and_the_page_stays()
    {
        var page = await browser.NewPage(_app);
        await page.Open("/not-found?x=1");
        await page.GetByRole(AriaRole.Link, new() { Name = "简体中文" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没有这个页面" })).ToBeVisibleAsync();
        Assert.EndsWith("/not-found?x=1", page.Url);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没有这个页面" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Theme_and_folded_rail_are_kept()
    {
        var page = await browser.NewPage(_app);
        await page.Open("/not-found");
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fold or unfold the rail" }).ClickAsync();
        await page.ReloadAsync();
        await page.Connected();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-rail", "narrow");
    }

    [Fact]
    public async Task Phone_has_its_rail_at_the_bottom_and_nothing_sticks_out()
    {
        var page = await browser.NewPage(_app, width: 390, height: 844);
        await page.Open("/not-found");
        var rail = (await page.GetByRole(AriaRole.Navigation).BoundingBoxAsync())!;
        Assert.Equal(844, rail.Y + rail.Height, 1);
        Assert.Equal(390, rail.Width, 1);
        Assert.False(await page.ScrollsSideways());
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Page_says_that_the_server_is_gone_and_comes_back_untouched()
    {
        var page = await browser.NewPage(_app);
        await page.Open("/not-found?before=restart");
        await page.EvaluateAsync("document.documentElement.dataset.before = ''");

        await _app.Kill();
        await Expect(page.GetByText("Connection lost")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such page" })).ToBeVisibleAsync();

        await _app.Restart();
        // Not by a function: the page's own security policy refuses to evaluate one again and again.
        await Expect(page.Locator("html[data-before]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.Connected();
        await Expect(page.GetByText("Connection lost")).ToBeHiddenAsync();
        Assert.EndsWith("?before=restart", page.Url);
    }
}
