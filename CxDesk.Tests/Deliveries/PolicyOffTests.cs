using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Deliveries;

public sealed class PolicyOffTests
{
    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "21")]
    public async Task A_rule_that_is_switched_off_takes_back_what_was_queued_about_the_deadlines_of_its_cases(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var off = (await floor.Cases.Open(csat: 1)).CaseId;
        var on = (await floor.Cases.Open(csat: 2)).CaseId;
        foreach (var id in (long[])[off, on]) await floor.Tell(CaseFloor.Manager, id, NoticeEvent.CaseEscalated);

        var writer = new PolicyWriter(floor.Db, floor.Cases.Policies);
        var policy = CasePolicy.First with { Rules = [.. CasePolicy.First.Rules.Select(r => r.Key == "csat-high" ? r with { IsOn = false } : r)] };
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, policy, 0), null);
        await new CaseRejudger(floor.Db, floor.Cases.Calendars, floor.Cases.Policies).Run();

        var queued = (await floor.Read()).ToLookup(d => d.DedupKey.Contains($"/{off}/", StringComparison.Ordinal));
        var back = Assert.Single(queued[true]);
        Assert.Equal((DeliveryStatus.Cancelled, "policyOff"), (back.Status, back.Reason));
        Assert.Equal(DeliveryStatus.Queued, Assert.Single(queued[false]).Status);
    }
}
