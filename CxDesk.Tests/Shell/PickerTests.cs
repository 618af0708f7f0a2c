using Bunit;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components.Web;

namespace CxDesk.Tests.Shell;

public sealed class PickerTests : ShellContext
{
    private static readonly PickerChoice[] Choices = [new("north", "North"), new("south", "South"), new("zurich", "South ▸ Zürich")];
    private readonly List<string> _chosen = [];

    [Fact]
    public void What_is_typed_narrows_the_list_without_regard_to_accents_and_enter_takes_the_first()
    {
        var picker = Picker();
        picker.Find("input").Focus();
        Assert.Equal(3, picker.FindAll("[role=option]").Count);
        picker.Find("input").Input("zuri");
        Assert.Equal("South ▸ Zürich", Assert.Single(picker.FindAll("[role=option]")).TextContent);
        picker.Find("input").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal(["zurich"], _chosen);
        Assert.Empty(picker.FindAll("[role=option]"));
    }

    [Fact]
    public void Arrows_go_round_and_escape_leaves_what_was_chosen()
    {
        JSInterop.SetupVoid("cxdesk.show", _ => true).SetVoidResult();
        var picker = Picker("south");
        Assert.Equal("South", picker.Find("input").GetAttribute("value"));
        picker.Find("input").KeyDown(new KeyboardEventArgs { Key = "ArrowUp" });
        Assert.Equal("zurich", picker.Find("[aria-selected=true]").GetAttribute("data-choice"));
        picker.Find("input").Input("nowhere");
        Assert.Equal("Nothing fits", picker.Find(".none").TextContent);
        picker.Find("input").KeyDown(new KeyboardEventArgs { Key = "Escape" });
        Assert.Equal("South", picker.Find("input").GetAttribute("value"));
        Assert.Empty(_chosen);
    }

    private IRenderedComponent<Picker> Picker(string value = "") => Render<Picker>(p => p
        .Add(c => c.Id, "unit").Add(c => c.Choices, Choices).Add(c => c.Hint, "All units").Add(c => c.None, "Nothing fits")
        .Add(c => c.Value, value).Add(c => c.ValueChanged, _chosen.Add));
}
