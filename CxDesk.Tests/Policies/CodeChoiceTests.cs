using Bunit;
using CxDesk.Tests.Shell;
using CxDesk.Web.Policies;

namespace CxDesk.Tests.Policies;

public sealed class CodeChoiceTests : ShellContext
{
    [Fact]
    public async Task Codes_are_added_one_by_one_and_left_out_again()
    {
        var chosen = new List<string> { "gone" };
        var choice = Render<CodeChoice>(p => p
            .Add(c => c.Id, "products").Add(c => c.Label, "Product").Add(c => c.Field, "rules[0].when.products").Add(c => c.Chosen, chosen)
            .Add(c => c.Known, new Dictionary<string, string> { ["net"] = "Home net", ["tv"] = "Streaming" }));
        Assert.Contains("gone", choice.Find(".chosen").TextContent, StringComparison.Ordinal);      // a code that intake no longer knows is shown as it is
        await choice.Find("select").ChangeAsync("tv");
        await choice.Find("select").ChangeAsync("net");
        Assert.Equal(["gone", "tv", "net"], chosen);
        Assert.Single(choice.FindAll("option"));
        await choice.FindAll(".chosen button")[0].ClickAsync();
        Assert.Equal(["tv", "net"], chosen);
    }
}
