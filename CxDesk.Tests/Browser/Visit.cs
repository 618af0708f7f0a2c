using Microsoft.Playwright;

namespace CxDesk.Tests.Browser;

/// <summary>Coming in by the sign-in page, whatever language it speaks.</summary>
public static class Visit
{
    /// <summary>Signs in and stands on the first page; <paramref name="address"/> says where to go from there.</summary>
    public static async Task SignIn(this IPage page, string userName, string password, string address = "/")
    {
        await page.GotoAsync("/login");
        await page.Locator("#userName").FillAsync(userName);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/login"));
        await page.Open(address);
    }
}
