using Bunit;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Cases;

public sealed class CaseCardTests : ShellContext
{
    public CaseCardTests() => Services.AddSingleton<CaseWords>();

    [Fact]
    public void A_card_says_how_urgent_who_what_is_wrong_and_where_it_lies()
    {
        var card = Render(Row());
        Assert.Equal("/cases/C-1042", card.Find("a").GetAttribute("href"));
        Assert.Contains("C-1042", card.Find(".first").TextContent);
        Assert.Contains("4 h left", card.Find(".first").TextContent);
        Assert.Equal(("Li Wei", "12,400"), (card.Find(".name").TextContent, card.Find(".value").TextContent));
        Assert.Equal("等了四十分钟", card.Find(".wrong").TextContent);
        Assert.Contains("Nobody yet", card.Find(".last").TextContent);
        Assert.Contains("Home net · North", card.Find(".last").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public void A_deadline_that_passes_shows_without_a_write()
    {
        var card = Render(Row());
        Assert.Equal("left", card.Find(".due").GetAttribute("data-standing"));
        Time.Now = Row().DueAt.AddHours(-0.5);
        card.Render();
        Assert.Equal("soon", card.Find(".due").GetAttribute("data-standing"));
        // Monday 18:00 in Paris, when work ends: two business hours later it is Tuesday 11:00.
        Time.Now = new DateTimeOffset(2026, 9, 15, 9, 0, 0, TimeSpan.Zero);
        card.Render();
        Assert.Equal(("over", "2 h over"), (card.Find(".due").GetAttribute("data-standing"), card.Find(".due").TextContent));
    }

    [Fact]
    public void Waiting_for_the_customer_the_countdown_stands()
    {
        var row = Row() with { Status = CaseStatus.Waiting, WaitingSince = Time.Now };
        Time.Now = Time.Now.AddDays(2);
        Assert.Equal("paused at 4 h", Render(row).Find(".due").TextContent);
    }

    [Fact]
    public void Without_a_comment_the_scores_stand_for_it()
    {
        Assert.Equal("CSAT 1 · NPS 3", Render(Row() with { Comment = null, Nps = 3 }).Find(".wrong").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "5"), Trait("Behaviour", "7")]
    public async Task A_click_on_the_due_time_opens_its_working_and_people_elsewhere_read_the_same_instant()
    {
        string? opened = null;
        Services.GetRequiredService<Radzen.DialogService>().OnOpen += (title, _, _, _) => opened = title;
        var card = Render(Row());
        Assert.Equal("Mon 14 Sep 2026, 18:00:00 (Europe/Paris, UTC+02:00)", card.Find(".due").GetAttribute("title"));
        await card.InvokeAsync(() => Services.GetRequiredService<Web.Shell.ViewerClock>().UseZone("Asia/Shanghai"));
        card.Render();
        Assert.Equal("Mon 14 Sep 2026, 18:00:00 (Europe/Paris, UTC+02:00) · for you Tue 15 Sep 2026, 00:00:00 (Asia/Shanghai, UTC+08:00)", card.Find(".due").GetAttribute("title"));
        card.Find("button.due").Click();
        Assert.Equal("Deadline of C-1042", opened);
    }

    [Fact]
    public void A_card_speaks_Chinese()
    {
        Speak("zh-Hans");
        var card = Render(Row());
        Assert.Equal("剩 4 小时", card.Find(".due").TextContent);
        Assert.Contains("无人负责", card.Find(".last").TextContent);
    }

    private IRenderedComponent<CaseCard> Render(CaseBoardRow row) => Render<CaseCard>(p => p
        .Add(c => c.Row, row).Add(c => c.Calendar, BusinessCalendar.Standard("Europe/Paris")).Add(c => c.Link, "/cases/" + row.Reference));

    // Monday 14:00 in Paris; due at 18:00.
    public static CaseBoardRow Row() => new()
    {
        Id = 1042, Status = CaseStatus.New, Severity = CaseSeverity.High, OpenedAt = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero), DueAt = new(2026, 9, 14, 16, 0, 0, TimeSpan.Zero),
        WaitingSince = null, ResolvedAt = null, ResolvedInTime = null, OwnerId = null, OwnerName = null, OwnerUserName = null, RegionId = 2, RegionCode = "north", RegionName = "North",
        TeamCode = "phone", TeamName = "Phone", IsNoTeam = false, ProductCode = "net", ProductName = "Home net", AgentCode = null, AgentName = null,
        CustomerCode = "k1", CustomerName = "Li Wei", Value12m = 12_400m, Csat = 1, Nps = null, Ces = null, Comment = "等了四十分钟", EscalationLevel = 0, Version = 1,
    };
}
