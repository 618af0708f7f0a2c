using CxDesk.Data.Live;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>What a live board is called, and what it is narrowed to, in the language of the moment.</summary>
public sealed class LiveWords(IStringLocalizer<LiveText> text)
{
    public string Window(string window) => text[$"Window.{window}"];

    public string By(string by) => text[$"By.{by}"];

    public string Name(LiveRow row) => row.IsNoTeam ? text["Name.NoTeam"] : row.Name;

    /// <summary>"North", "North ▸ Team 2".</summary>
    public string Name(LiveUnit unit) => unit.Region is { } region ? $"{region.Name} ▸ {(unit.Unit.IsNoTeam ? text["Name.NoTeam"] : unit.Unit.Name)}" : unit.Unit.Name;

    /// <summary>What a board is narrowed to: "North ▸ Team 2, Net". What there is no name for stands as its code.</summary>
    public string Filter(LiveFilter filter, LiveChoices choices) => string.Join(", ", new[]
    {
        filter.Unit is { } unit ? choices.Units.FirstOrDefault(u => u.Unit.Code == unit) is { } found ? Name(found) : text["Filter.UnknownUnit", unit] : null,
        filter.Product is { } product ? choices.Products.FirstOrDefault(p => p.Code == product)?.Name ?? text["Filter.UnknownProduct", product] : null,
    }.OfType<string>());

    public string TrendLabel(string name, string window) =>
        text[window == "30d" ? "Trend.Days30" : "Trend.Days7", name];
}
