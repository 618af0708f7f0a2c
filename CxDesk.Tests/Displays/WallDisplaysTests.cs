using Bunit;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Displays;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Displays;

public sealed class WallDisplaysTests : ShellContext
{
    [Fact]
    public async Task A_link_is_shown_once_with_a_code_to_type_and_a_screen_that_runs_an_old_version_stands_out()
    {
        await using var floor = await DisplayFloor.Create(DatabaseProvider.Sqlite);
        var page = await Open(floor, floor.Sue, floor.SuesWall);
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-state=empty]")));
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find(".fault")));
        await page.Find("#display-name").ChangeAsync("Lobby");
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Lobby", page.Find("tbody th").TextContent, StringComparison.Ordinal));
        var link = page.Find("#display-link").GetAttribute("value")!;
        Assert.Matches("^localhost/d/.{4}-.{4}$", page.Find("#display-code").TextContent.Trim());
        var display = (await floor.Find(link.Split('/')[^1]))!;
        Assert.Equal("north", display.WallCode);

        await floor.Writer.Saw([new(display.Id, floor.Database.Time.Now, "0.9 (old)")]);
        await floor.Writer.Save(floor.Sue, floor.Lobby() with { Id = display.Id, RowVersion = 1, Name = "Hall" });
        await page.WaitForAssertionAsync(() => Assert.Contains("Hall", page.Find("tbody th").TextContent, StringComparison.Ordinal));
        Assert.Equal(["good", "watch"], page.FindAll("tbody [data-status]").Select(mark => mark.GetAttribute("data-status")));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Whoever_may_not_edit_the_wall_is_shown_nothing()
    {
        await using var floor = await DisplayFloor.Create(DatabaseProvider.Sqlite);
        await floor.Writer.Make(floor.Sue, floor.Lobby());
        var page = await Open(floor, floor.Tom, floor.SuesWall);
        Assert.Equal("", page.Markup.Trim());
    }

    private async Task<IRenderedComponent<WallDisplays>> Open(DisplayFloor floor, Viewer viewer, int wallId)
    {
        await this.SignIn(floor.Database, viewer.PersonId!.Value);
        Services.AddSingleton(floor.Query);
        Services.AddSingleton(floor.Writer);
        return Render<WallDisplays>(p => p.Add(d => d.WallId, wallId));
    }
}
