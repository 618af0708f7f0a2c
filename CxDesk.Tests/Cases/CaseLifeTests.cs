using CxDesk.Data.Cases;
using static CxDesk.Data.Cases.CaseAction;
using static CxDesk.Data.Cases.CaseStatus;

namespace CxDesk.Tests.Cases;

[Trait("Behaviour", "15")]
public sealed class CaseLifeTests
{
    [Theory]
    [InlineData(New, Claim, false, InProgress)]
    [InlineData(New, Assign, false, InProgress)]
    [InlineData(InProgress, Assign, true, InProgress)]
    [InlineData(InProgress, Claim, false, InProgress)]
    [InlineData(Waiting, Claim, false, Waiting)]
    [InlineData(Waiting, Assign, true, Waiting)]
    [InlineData(InProgress, Wait, true, Waiting)]
    [InlineData(New, Wait, false, Waiting)]
    [InlineData(Waiting, Resume, true, InProgress)]
    [InlineData(Waiting, Resume, false, New)]
    [InlineData(New, Resolve, false, Resolved)]
    [InlineData(InProgress, Resolve, true, Resolved)]
    [InlineData(Waiting, Resolve, true, Resolved)]
    [InlineData(Resolved, Close, true, Closed)]
    [InlineData(Resolved, Reopen, true, InProgress)]
    [InlineData(Closed, Reopen, true, InProgress)]
    [InlineData(Closed, Reopen, false, New)]
    public void Action_leads_to_the_next_status(CaseStatus status, CaseAction action, bool hasOwner, CaseStatus next) =>
        Assert.Equal(new CaseStep(next, null), status.Apply(action, hasOwner));

    [Theory]
    [InlineData(InProgress, Claim, CaseRefusal.AlreadyTaken)]
    [InlineData(Waiting, Claim, CaseRefusal.AlreadyTaken)]
    [InlineData(Waiting, Wait, CaseRefusal.AlreadyWaiting)]
    [InlineData(InProgress, Resume, CaseRefusal.NotWaiting)]
    [InlineData(Resolved, Resolve, CaseRefusal.AlreadyResolved)]
    [InlineData(Resolved, Claim, CaseRefusal.AlreadyResolved)]
    [InlineData(Closed, Assign, CaseRefusal.AlreadyClosed)]
    [InlineData(Closed, Close, CaseRefusal.AlreadyClosed)]
    [InlineData(InProgress, Close, CaseRefusal.NotResolved)]
    [InlineData(Waiting, Reopen, CaseRefusal.AlreadyOpen)]
    public void Impossible_action_says_why(CaseStatus status, CaseAction action, CaseRefusal refusal) =>
        Assert.Equal(new CaseStep(status, refusal), status.Apply(action, hasOwner: true));

    [Fact]
    public void Every_combination_is_decided() =>
        Assert.All(
            from status in Enum.GetValues<CaseStatus>()
            from action in Enum.GetValues<CaseAction>()
            from hasOwner in new[] { false, true }
            select (status, action, step: status.Apply(action, hasOwner)),
            decided =>
            {
                var (status, action, step) = decided;
                Assert.True(Enum.IsDefined(step.Status));
                if (!step.IsAllowed)
                    Assert.Equal(status, step.Status);
                if (!status.IsOpen() && step.Status.IsOpen())
                    Assert.Equal(Reopen, action);
                if (step.IsAllowed && step.Status == Closed)
                    Assert.Equal((Resolved, Close), (status, action));
            });

    [Fact]
    public void Case_is_open_until_it_is_resolved_and_timed_unless_it_waits()
    {
        Assert.Equal([New, InProgress, Waiting], Enum.GetValues<CaseStatus>().Where(status => status.IsOpen()));
        Assert.Equal([New, InProgress], Enum.GetValues<CaseStatus>().Where(status => status.IsTimed()));
    }
}
