using CxDesk.Data.Cases;
using CxDesk.Web.Cases;

namespace CxDesk.Tests.Cases;

public class CaseMovesTests
{
    public static IEnumerable<object[]> Every =>
        from status in Enum.GetValues<CaseStatus>() from hasOwner in (bool[])[false, true] select new object[] { status, hasOwner };

    [Theory, MemberData(nameof(Every))]
    public void A_move_that_is_offered_is_one_that_the_life_of_a_case_allows_and_leads_there(CaseStatus status, bool hasOwner)
    {
        // Nobody's case is not in progress, and a new one has no owner.
        if (hasOwner ? status == CaseStatus.New : status == CaseStatus.InProgress) return;
        var row = CaseCardTests.Row() with { Status = status, OwnerId = hasOwner ? 7 : null };
        foreach (var lane in CaseLanes.All)
        {
            if (row.Into(lane) is not { } move) continue;
            var step = move == CaseMove.Release ? new CaseStep(CaseStatus.New, null) : status.Apply(Enum.Parse<CaseAction>(move.ToString()), hasOwner);
            Assert.Null(step.Refusal);
            // A case that nobody has is reopened into the queue.
            var there = move == CaseMove.Reopen && !hasOwner ? CaseStatus.InProgress : step.Status;
            Assert.Equal(lane, there);
        }
        Assert.Null(row.Into(row.Lane()));
    }

    [Fact]
    public void Moves_that_ask_for_something_have_a_form_and_no_command()
    {
        var row = CaseCardTests.Row();
        Assert.Equal([CaseMove.Claim, CaseMove.Release, CaseMove.Resume], Enum.GetValues<CaseMove>().Where(move => row.Command(move) is not null));
        Assert.Equal("inProgress:Claim waiting:Wait resolved:Resolve", row.WrittenMoves());
    }

    [Fact]
    public void A_case_is_given_back_only_as_it_was_seen() =>
        Assert.Equal(CaseCardTests.Row().Version, CaseCardTests.Row().Command(CaseMove.Release)!.ExpectedVersion);
}
