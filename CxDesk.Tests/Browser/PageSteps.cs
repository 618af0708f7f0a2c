using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CxDesk.Tests.Browser;

/// <summary>What every browser test does with a page.</summary>
public static class PageSteps
{
    /// <summary>Goes to an address and waits until its buttons work.</summary>
    public static async Task Open(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Connected();
    }

    /// <summary>
    /// Waits until the address has this in it. It looks again and again: <c>WaitForURLAsync</c> waits for ever where a page that
    /// stays changes its address just before it begins to listen.
    /// </summary>
    public static Task IsAt(this IPage page, string part) => Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(part)), new() { Timeout = 30_000 });

    /// <summary>Waits until the page is interactive.</summary>
    public static Task Connected(this IPage page) =>
        page.Locator("[data-connected]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Saves what is seen to <c>artifacts/screens/NAME.png</c>, to be looked at.</summary>
    public static Task Picture(this IPage page, string name, bool whole = false) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screens", name + ".png"), FullPage = whole });

    /// <summary>Types a part of a cause and takes it from the list.</summary>
    public static async Task ChooseCause(this IPage page, string typed, string code)
    {
        await page.Locator("#cause").PressSequentiallyAsync(typed);
        await page.Locator($"[data-choice={code}]").ClickAsync();
    }

    /// <summary>True where something is wider than the window.</summary>
    public static Task<bool> ScrollsSideways(this IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
