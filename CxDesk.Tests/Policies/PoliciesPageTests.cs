using Bunit;
using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using CxDesk.Web.Policies;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Policies;

public sealed class PoliciesPageTests : ShellContext
{
    [Fact]
    public async Task Rules_read_as_sentences_in_the_readers_language()
    {
        await using var staff = await Open();
        var page = Render<PoliciesPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(9, page.FindAll("tr[data-rule]").Count));
        Assert.Contains("the customer is in the top tenth", page.Find("tr[data-rule=tier-a]").TextContent, StringComparison.Ordinal);
        Speak("zh-Hans");
        var words = Services.GetRequiredService<PolicyWords>();
        var rule = new PolicyRule
        {
            Key = "k", Name = "n", Effect = PolicyEffect.Open, Severity = CaseSeverity.High,
            When = new() { Csat = new(1, 2), Products = ["net", "tv"], Words = ["退款"], Measure = new("wait", 300, null) },
        };
        Assert.Equal("满意度 1–2，且wait 不低于 300，且产品为 net 或 tv，且评论含 “退款” → 高", words.Sentence(rule, PolicyNames.None));
    }

    [Fact]
    public void Hours_beyond_all_measure_are_a_fault_of_the_field_and_nothing_else()
    {
        var times = new TimesEntry { Target = decimal.MaxValue, Warn = decimal.MinValue };
        var policy = CasePolicy.First with { Targets = CasePolicy.First.Targets with { Low = times.ToTiming("targets.low") } };
        Assert.Equal("targets.low.targetMinutes", Assert.Throws<InvalidField>(() => PolicyCheck.Demand(policy)).Field);
    }

    [Fact]
    public async Task A_switch_begins_a_draft_that_says_how_it_differs_and_asks_for_a_rehearsal()
    {
        await using var staff = await Open();
        var page = Render<PoliciesPage>();
        await page.WaitForElementAsync("tr[data-rule=csat-high] input");
        await page.Find("tr[data-rule=csat-high] input").ChangeAsync(false);
        await page.WaitForAssertionAsync(() => Assert.Contains("Rule switched off: CSAT 1", page.Find(".changes").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find(".switchon button").HasAttribute("disabled"));
        Assert.Equal("false", page.Find("tr[data-rule=csat-high]").GetAttribute("data-on"));
        await page.Find(".rehearsal button").ClickAsync();
        await page.WaitForElementAsync("[data-rehearsed]");
        await page.WaitForAssertionAsync(() => Assert.False(page.Find(".switchon button").HasAttribute("disabled")));
        await page.Find(".switchon button").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Version 2 is in force", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_change_places_by_a_press()
    {
        await using var staff = await Open();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var page = Render<PoliciesPage>();
        await page.WaitForElementAsync("#down-csat-high");
        await page.Find("#down-csat-high").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal("csat-medium", page.FindAll("tr[data-rule]")[0].GetAttribute("data-rule")));
        Assert.Equal("down-csat-high", JSInterop.Invocations["cxdesk.focus"].Single().Arguments[0]);
    }

    [Fact]
    public async Task A_fault_stands_under_its_field_and_what_was_typed_stays()
    {
        await using var staff = await Open();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/policies?rule=csat-high");
        var page = Render<PoliciesPage>();
        await page.WaitForElementAsync("#rule-name");
        await page.Find("#rule-name").ChangeAsync("Worst");
        await page.FindAll(".range input")[1].ChangeAsync("9");
        await page.Find(".side form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("[role=group] .fault")));
        Assert.Equal("Worst", page.Find("#rule-name").GetAttribute("value"));
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Who_saves_second_learns_who_was_first_and_keeps_what_was_typed()
    {
        await using var staff = await Open();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/policies?times=high");
        var page = Render<PoliciesPage>();
        await page.WaitForElementAsync("#times-target");
        await page.Find("#times-target").ChangeAsync("6");
        await Services.GetRequiredService<PolicyWriter>().SaveDraft(Viewer.System with { Name = "Bea" }, CasePolicy.First with { Rules = [] }, 0);
        await page.Find(".side form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Bea changed this meanwhile (changed the draft)", page.Find(".side [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("6", page.Find("#times-target").GetAttribute("value"));
    }

    private async Task<Staff> Open()
    {
        var staff = await Staff.Create();
        await this.SignIn(staff.Database, await staff.Add("ada", Role.Admin));
        Services.AddSingleton(staff.Database.Db);
        Services.AddSingleton<RegionCalendars>();
        Services.AddSingleton<PolicyBook>();
        Services.AddSingleton<PolicyQuery>();
        Services.AddSingleton<PolicyWriter>();
        Services.AddSingleton<RehearsalQuery>();
        Services.AddSingleton<CaseRejudger>();
        Services.AddSingleton<CodesQuery>();
        Services.AddSingleton<UnitTreeQuery>();
        Services.AddSingleton<PeopleListQuery>();
        Services.AddSingleton<CaseWords>();
        Services.AddSingleton<PolicyWords>();
        return staff;
    }
}
