using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Web.Cases;

namespace CxDesk.Tests.Cases;

public class CaseHoldTests
{
    [Fact]
    public void Without_a_reader_the_newest_read_goes_on_the_screen_as_it_is()
    {
        var shown = CaseHold.Take(null, List(1, 2, 3), null);
        Assert.Equal([3, 4, 1], Ids(CaseHold.Take(shown, List(3, 4, 1), null)));
    }

    [Fact]
    public void News_waits_while_a_row_is_read_and_comes_when_the_reader_lets_go()
    {
        var shown = CaseHold.Take(null, List(1, 2, 3), null);
        var held = CaseHold.Take(shown, List(8, 9, 1, 2, 3), held: 2);
        Assert.Equal([1, 2, 3], Ids(held));
        Assert.Equal(2, held.Waiting);
        Assert.Equal([8, 9, 1, 2, 3], Ids(CaseHold.Take(held, List(8, 9, 1, 2, 3), null)));
    }

    [Fact]
    public void What_changed_is_shown_in_its_place()
    {
        var shown = CaseHold.Take(null, List(1, 2, 3), null);
        var held = CaseHold.Take(shown, Page(Row(3), Row(2) with { OwnerName = "Otto" }, Row(1)), held: 1);
        Assert.Equal([1, 2, 3], Ids(held));
        Assert.Equal("Otto", CaseHold.AllOf(held.Read).ElementAt(1).OwnerName);
    }

    [Fact]
    public void What_left_keeps_an_empty_place_above_the_row_and_none_below_it()
    {
        var shown = CaseHold.Take(null, List(1, 2, 3, 4, 5), null);
        var held = CaseHold.Take(shown, List(3, 5), held: 3);
        Assert.Equal([1, 2, 3, 5], Ids(held));
        Assert.Equal([1L, 2L], held.Gone.Order());
        // It stays so with the next read, and a place that was taken again is no news.
        var later = CaseHold.Take(held, List(2, 3, 5), held: 3);
        Assert.Equal([1, 2, 3, 5], Ids(later));
        Assert.Equal(0, later.Waiting);
        Assert.Equal([1L], later.Gone);
    }

    [Fact]
    public void A_card_that_is_read_stays_in_its_lane_and_stands_nowhere_twice()
    {
        var shown = CaseHold.Take(null, Lanes([1, 2], [3]), null);
        var held = CaseHold.Take(shown, Lanes([2], [1, 3]), held: 1);
        var lanes = (CaseLanes)held.Read;
        Assert.Equal([1, 2], lanes.Rows[CaseStatus.New].Select(row => row.Id));
        Assert.Equal([3], lanes.Rows[CaseStatus.InProgress].Select(row => row.Id));
        Assert.Empty(held.Gone);
    }

    [Fact]
    public void Lanes_in_which_nobody_reads_move_at_once()
    {
        var shown = CaseHold.Take(null, Lanes([1, 2], [3]), null);
        var held = CaseHold.Take(shown, Lanes([1, 2], [5, 3]), held: 1);
        Assert.Equal([5, 3], ((CaseLanes)held.Read).Rows[CaseStatus.InProgress].Select(row => row.Id));
        Assert.Equal(0, held.Waiting);
    }

    private static long[] Ids(CaseHold hold) => [.. CaseHold.AllOf(hold.Read).Select(row => row.Id)];

    private static CaseBoardPage List(params long[] ids) => Page([.. ids.Select(Row)]);

    private static CaseBoardPage Page(params CaseBoardRow[] rows) => new() { AsOf = default, Counts = Counts, Calendars = new Dictionary<int, BusinessCalendar>(), Rows = rows, Next = null };

    private static CaseLanes Lanes(long[] fresh, long[] worked) => new()
    {
        AsOf = default, Counts = Counts, Calendars = new Dictionary<int, BusinessCalendar>(),
        Rows = new Dictionary<CaseStatus, IReadOnlyList<CaseBoardRow>>
        {
            [CaseStatus.New] = [.. fresh.Select(Row)],
            [CaseStatus.InProgress] = [.. worked.Select(Row)],
        },
    };

    private static readonly CaseCounts Counts = new() { New = 0, InProgress = 0, Waiting = 0, ResolvedToday = 0, Overdue = 0 };

    private static CaseBoardRow Row(long id) => CaseCardTests.Row() with { Id = id };
}
