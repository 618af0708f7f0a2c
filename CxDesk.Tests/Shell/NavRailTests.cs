using System.Security.Claims;
using Bunit;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Tests.Shell;

public sealed class NavRailTests : ShellContext
{
    [Theory]
    [InlineData("Supervisor", 8, 4)]
    [InlineData("Admin", 9, 5)]
    public void More_pages_than_stand_side_by_side_on_a_phone_are_behind_the_last_place(string role, int all, int beyond)
    {
        var rail = Rail(role);
        Assert.Equal(all, rail.FindAll(".rail > ul > li:not(.more)").Count);
        Assert.Equal(4, rail.FindAll(".rail > ul > li:not(.more):not(.beyond)").Count);
        // A summary opens by Enter and space, and the script closes such a menu by Escape.
        Assert.Equal("More", rail.Find(".rail > ul > li.more > details.menu > summary").TextContent.Trim());
        Assert.Equal(beyond, rail.FindAll("li.more a").Count);
        Assert.Equal(rail.FindAll("li.beyond a").Select(a => a.GetAttribute("href")), rail.FindAll("li.more a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Who_sees_few_pages_has_all_of_them_side_by_side()
    {
        var rail = Rail("Agent");
        Assert.Equal(3, rail.FindAll("li").Count);
        Assert.Empty(rail.FindAll("details, .beyond"));
    }

    [Fact]
    public void The_rest_speaks_Chinese_and_says_where_one_is()
    {
        Speak("zh-Hans");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/positions?pick=tv");
        var rail = Rail("Manager");
        Assert.Equal("更多", rail.Find("li.more summary").TextContent.Trim());
        Assert.Equal("定位图", rail.Find("li.more a.here").TextContent.Trim());
        Assert.Equal("page", rail.Find("li.more a.here").GetAttribute("aria-current"));
    }

    private IRenderedComponent<NavRail> Rail(string role)
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));
        return Render<NavRail>(p => p.Add(r => r.Authentication, Task.FromResult(new AuthenticationState(person))));
    }
}
