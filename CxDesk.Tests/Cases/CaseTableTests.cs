using Bunit;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace CxDesk.Tests.Cases;

public sealed class CaseTableTests : ShellContext
{
    public CaseTableTests()
    {
        Services.AddSingleton<CaseWords>();
        Services.AddScoped<DialogService>();
    }

    [Fact]
    public void Columns_stand_as_they_were_chosen_behind_the_case()
    {
        var table = Draw("owner,due,team", CaseSort.Urgency);
        Assert.Equal(["owner", "due", "team"], table.FindAll("th[data-column]").Select(head => head.GetAttribute("data-column")));
        Assert.Equal(["C-1042", "Nobody yet", "4 h left", "Phone"], table.FindAll("tbody tr:first-child td:not(.pick)").Select(cell => cell.TextContent.Trim().Replace("High", "")));
    }

    [Fact]
    public void The_head_of_the_order_says_so_and_leads_to_the_others()
    {
        var table = Draw("due,opened", CaseSort.Newest);
        Assert.Equal(["opened"], table.FindAll("th[aria-sort]").Select(head => head.GetAttribute("data-column")));
        Assert.Equal("descending", table.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal("?sort=Due", table.Find("th[data-column=due] a").GetAttribute("href"));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public void A_row_that_only_keeps_its_place_says_nothing_of_the_customer()
    {
        var table = Draw("due,customer,words", CaseSort.Urgency, gone: true);
        Assert.DoesNotContain("Li Wei", table.Markup);
        Assert.DoesNotContain("等了四十分钟", table.Markup);
        Assert.Contains("Not here any more", table.Markup);
        var card = Render<CaseCard>(p => p.Add(c => c.Row, CaseCardTests.Row()).Add(c => c.Link, "/cases/C-1042").Add(c => c.Gone, true));
        Assert.DoesNotContain("Li Wei", card.Markup);
        Assert.DoesNotContain("等了四十分钟", card.Markup);
    }

    [Fact]
    public void All_that_is_shown_is_selected_at_once()
    {
        IReadOnlyList<long> turned = [];
        var table = Draw("due", CaseSort.Urgency, onSelect: ids => turned = ids);
        table.Find("[data-select-all]").Change(true);
        Assert.Equal([1042], turned);
    }

    private IRenderedComponent<CaseTable> Draw(string columns, CaseSort sort, bool gone = false, Action<IReadOnlyList<long>>? onSelect = null)
    {
        Assert.True(CaseColumns.TryParse(columns, out var chosen));
        var row = CaseCardTests.Row();
        var page = new CaseBoardPage
        {
            AsOf = Time.Now, Rows = [row], Next = null, Calendars = new Dictionary<int, BusinessCalendar> { [row.RegionId] = BusinessCalendar.Standard("Europe/Paris") },
            Counts = new CaseCounts { New = 1, InProgress = 0, Waiting = 0, ResolvedToday = 0, Overdue = 0 },
        };
        return Render<CaseTable>(p => p
            .Add(t => t.Shown, new CaseHold { Read = page, Gone = gone ? new HashSet<long> { row.Id } : new HashSet<long>() }).Add(t => t.Columns, chosen!).Add(t => t.Sort, sort)
            .Add(t => t.Link, reference => $"/cases/{reference}").Add(t => t.SortLink, s => $"?sort={s}")
            .Add(t => t.OnSelect, ids => onSelect?.Invoke(ids)));
    }
}
