using CxDesk.Data.People;
using CxDesk.Data.Walls;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>A supervisor makes a wall in the browser, sees it move before it hangs anywhere, and saves beside somebody else.</summary>
[Collection(BrowserFixture.Name)]
public sealed class WallMakingTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>
{
    [Fact]
    [Trait("Behaviour", "13"), Trait("Behaviour", "30")]
    public async Task A_wall_of_two_pages_is_made_moves_in_its_preview_is_duplicated_and_saved_beside_another()
    {
        for (var i = 0; i < 6; i++) await company.Post(4, "north", "A-1");
        var page = await browser.NewPage(company.App);
        await page.SignIn("sven", CompanyFixture.Password, "/walls");
        await Button(page, "New wall").ClickAsync();
        await page.GetByLabel("Name of the new wall").FillAsync("Phone floor");
        await Button(page, "Make it").ClickAsync();
        await Expect(page.Locator("[data-editing=phone-floor]")).ToBeVisibleAsync();

        // The first tile is about the region; the preview shows the same number as the screen would, and moves with it.
        await page.Locator("#tile-0").ClickAsync();
        await page.Locator("#tile-subject").FillAsync("nor");
        await page.Locator("#tile-subject").PressAsync("Enter");
        var tile = page.Locator(".preview [data-tile=score]");
        await Expect(tile.Locator("h2")).ToHaveTextAsync("North");
        await Expect(tile).ToContainTextAsync("n 6");
        await company.Post(5, "north", "A-1");
        await Expect(tile).ToContainTextAsync("n 7");

        // A second page, with a tile that is moved by keys.
        await Button(page, "Page").ClickAsync();
        await Expect(page.Locator(".preview[data-preview-of='1'] .sheet[data-page='1']")).ToBeVisibleAsync();
        await page.Locator("#tile-1").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowLeft");
        await Expect(page.Locator("#tile-0")).ToContainTextAsync("Cases");
        await Expect(page.Locator(".preview .tile").First).ToHaveAttributeAsync("data-tile", "cases");
        await page.Locator("#tile-3").DragToAsync(page.Locator("#tile-0"));
        await Expect(page.Locator("#tile-0")).ToContainTextAsync("Top movers");
        await Button(page, "Undo").ClickAsync();
        await Expect(page.Locator("#tile-0")).ToContainTextAsync("Cases");

        // Whoever leaves is asked first.
        await page.GetByRole(AriaRole.Link, new() { Name = "Targets" }).ClickAsync();
        await Button(page, "Cancel").ClickAsync();
        await Button(page, "Save").ClickAsync();
        await Expect(page.Locator(".save")).ToContainTextAsync("Saved");

        // The screen shows what the preview did.
        var screen = await browser.NewPage(company.App, width: 1920, height: 1080);
        await screen.SignIn("wall", CompanyFixture.Password, "/wall/phone-floor");
        await Expect(screen.Locator(".pages")).ToContainTextAsync("/2");

        await Button(page, "Duplicate").ClickAsync();
        await Expect(page.Locator("[data-editing=phone-floor-copy]")).ToBeVisibleAsync();
        await Expect(page.Locator("h1").First).ToHaveTextAsync("Phone floor, copy");

        // Two at one wall: the admin saves while the supervisor is typing.
        await page.Open("/walls/phone-floor");
        await page.Locator("#wall-dwell").FillAsync("25");
        await page.Locator("#wall-dwell").PressAsync("Tab");
        await Expect(page.Locator(".save")).ToContainTextAsync("Not saved yet");
        var other = await browser.NewPage(company.App);
        await other.SignIn("ada", CompanyFixture.Password, "/walls/phone-floor");
        await other.Locator("#wall-sound").CheckAsync();
        await Button(other, "Save").ClickAsync();
        await Expect(other.Locator(".save")).ToContainTextAsync("Saved");
        await Expect(page.Locator(".conflict")).ToContainTextAsync("Ada Admin has saved this wall meanwhile");
        await Expect(page.Locator(".conflict li")).ToHaveTextAsync("sound changed");
        await Expect(page.Locator("#wall-dwell")).ToHaveValueAsync("25");
        await Button(page, "Save mine over it").ClickAsync();
        await Expect(page.Locator(".save")).ToContainTextAsync("Saved");
        var sven = (await new ViewerQuery(company.Database, new Data.Company(new Data.CompanyOptions())).FindPerson(await company.PersonId("sven")))!.Viewer;
        var wall = (await new WallsQuery(company.Database).Find(sven, "phone-floor"))!;
        Assert.Equal((25, false, 2), (wall.Document!.DwellSeconds, wall.Document.HasSound, wall.Document.Pages.Count));
        Assert.Equal(4, wall.Version);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
