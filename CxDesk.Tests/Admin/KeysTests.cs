using Bunit;
using CxDesk.Data.Admin;
using CxDesk.Data.People;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Admin;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace CxDesk.Tests.Admin;

public sealed class KeysTests : ShellContext
{
    [Fact]
    public async Task A_key_is_shown_once_when_it_is_made_and_a_taken_name_keeps_what_was_typed()
    {
        await using var staff = await Staff.Create();
        var admin = await staff.Add("ada", Role.Admin);
        await Open(staff, admin);
        var page = Render<Keys>();
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-state=empty]")));
        await page.Find("#name").ChangeAsync("survey");
        await page.Find(".side form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.StartsWith("cx_", page.Find("#made").GetAttribute("value"), StringComparison.Ordinal));
        await page.WaitForAssertionAsync(() => Assert.Contains("survey", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        await page.Find("#name").ChangeAsync("survey");
        await page.Find(".side form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find(".fault")));
        Assert.Equal("survey", page.Find("#name").GetAttribute("value"));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Whoever_is_no_admin_reads_nothing()
    {
        await using var staff = await Staff.Create();
        await staff.Keys.Create(Viewer.System, "secret tool", ApiKeyScopes.Read);
        await Open(staff, await staff.Add("ann", Role.Agent));
        Assert.DoesNotContain("secret tool", Render<Keys>().Markup, StringComparison.Ordinal);
    }

    private async Task Open(Staff staff, int personId)
    {
        await this.SignIn(staff.Database, personId);
        Services.AddSingleton<KeysQuery>();
        Services.AddSingleton<UnitTreeQuery>();
        Services.AddSingleton(staff.Keys);
        Services.AddScoped<DialogService>();
    }
}
