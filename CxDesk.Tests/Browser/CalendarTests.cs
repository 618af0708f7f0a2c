using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>An admin brings holidays in from a file, is told whom that moves, saves; the open case follows and says why.</summary>
[Collection(BrowserFixture.Name)]
public sealed class CalendarTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>
{
    [Fact]
    [Trait("Behaviour", "5"), Trait("Behaviour", "6"), Trait("Behaviour", "7")]
    public async Task Holidays_from_a_file_move_an_open_case_and_its_deadline_shows_them()
    {
        var reference = await company.Post(1, "north", "A-1", "calendar", customer: new { id = "K-6", name = "Holly Day" });
        var ada = await browser.NewPage(company.App);
        await ada.SignIn("ada", CompanyFixture.Password, "/admin/calendars");
        await ada.GetByRole(AriaRole.Link, new() { Name = "North" }).ClickAsync();
        await Expect(ada.Locator("[data-unit=north]")).ToBeVisibleAsync();

        await File(ada, "date,name\n2026-13-01,Nonsense");
        await Expect(ada.Locator(".sources")).ToContainTextAsync("Line 2, date: “2026-13-01” is not a date");

        var today = DateOnly.FromDateTime(company.Database.Now.UtcDateTime);
        await File(ada, $"date,to,name\n{today:yyyy-MM-dd},{today.AddDays(9):yyyy-MM-dd},Stocktaking");
        await Expect(ada.Locator(".preview")).ToContainTextAsync("adds 10, changes 0");
        await ada.GetByRole(AriaRole.Button, new() { Name = "Take 10 days" }).ClickAsync();
        await Expect(ada.Locator($"[data-date='{today:yyyy-MM-dd}']")).ToHaveAttributeAsync("aria-label", new Regex("today, holiday: Stocktaking"));
        await Expect(ada.Locator("footer.save")).ToContainTextAsync("recomputes 1 open cases: North 1");

        // The year is one stop of the Tab key; arrows lead on, Enter chooses.
        await ada.Locator("[data-date='2026-06-10']").Or(ada.Locator($"[data-date='{today.Year}-06-10']")).First.FocusAsync();
        await ada.Keyboard.PressAsync("ArrowDown");
        await ada.Keyboard.PressAsync("ArrowRight");
        await ada.Keyboard.PressAsync("Enter");
        await Expect(ada.Locator($"form[data-day='{today.Year}-06-18']")).ToBeVisibleAsync();

        await ada.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(ada.Locator("footer.save")).ToContainTextAsync("Saved.");
        await Expect(ada.Locator("ol").Filter(new() { HasText = "Version 2" })).ToContainTextAsync("10 days set");

        var sven = await browser.NewPage(company.App);
        await sven.SignIn("sven", CompanyFixture.Password, "/cases?product=calendar");
        var due = sven.Locator($"[data-case={reference}] button.due");
        await due.ClickAsync();
        var dialog = sven.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Stocktaking: holiday");
        await Expect(dialog).ToContainTextAsync("Calendar of North, version 2 (UTC)");
        Assert.EndsWith("/cases?product=calendar", sven.Url);       // the case itself stays closed
        // The dialog hears keys once it has taken the focus.
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await sven.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(due).ToBeFocusedAsync();

        await sven.Open($"/cases/{reference}");
        await Expect(sven.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("counted its deadline anew");
        await ada.Context.CloseAsync();
        await sven.Context.CloseAsync();
    }

    private static Task File(IPage page, string text) =>
        page.Locator("#holiday-file").SetInputFilesAsync(new FilePayload { Name = "days.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
}
