using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Policies;

[Trait("Behaviour", "12")]
public class PolicyWriterTests
{
    private static readonly Statement Audited = new("SELECT Event FROM AuditLog WHERE Entity = 'policy' ORDER BY Id");
    private static readonly Viewer Ada = Viewer.System with { Name = "Ada" }, Bea = Viewer.System with { Name = "Bea" };

    private static readonly CasePolicy Other = CasePolicy.First with { Rules = [CasePolicy.First.Rules[0], CasePolicy.First.Rules[1] with { IsOn = false }] };

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_draft_is_written_switched_on_as_the_next_version_and_kept_for_ever(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new PolicyWriter(floor.Database.Db, floor.Policies), new PolicyQuery(floor.Database.Db, floor.Policies));
        var raised = 0;
        floor.Database.Signal.Changed += change => raised += change.Topics.Contains(ChangeTopic.Policies) ? 1 : 0;

        var desk = await query.Read();
        Assert.Equal((1, 0, null), (desk.InForce.Version, desk.DraftVersion, desk.Draft));
        var version = await writer.SaveDraft(Ada, Other, 0);
        version = await writer.SaveDraft(Ada, Other with { Reopen = new() { Kind = RestartKind.TimeLeft } }, version);
        Assert.Equal(1, (await query.InForce()).Version);
        Assert.Equal(2, await writer.SwitchOn(Ada, version, "Fewer cases"));

        desk = await query.Read();
        Assert.Equal((2, RestartKind.TimeLeft, null), (desk.InForce.Version, desk.InForce.Reopen.Kind, desk.Draft));
        Assert.Equal([(2, "Fewer cases", "Ada"), (1, null, null)], desk.History.Select(h => (h.Version, h.Note, h.CreatedBy)));
        Assert.True((await query.Version(1)).SaysTheSameAs(CasePolicy.First));
        Assert.Equal(3, raised);
        Assert.Equal(["policyDrafted", "policyDrafted", "policySwitchedOn", "policySwitchedOn"], await floor.Database.Db.Read(s => s.Query<string>(Audited)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "13")]
    public async Task The_second_save_learns_who_was_first_and_changes_nothing(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new PolicyWriter(floor.Database.Db, floor.Policies), new PolicyQuery(floor.Database.Db, floor.Policies));
        var version = await writer.SaveDraft(Ada, Other, 0);
        var faster = await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.SaveDraft(Bea, CasePolicy.First, 0));
        Assert.Equal(("Ada", "policyDrafted"), (faster.By, faster.What));
        await writer.DropDraft(Ada, version);
        Assert.Equal("policyDropped", (await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.SaveDraft(Bea, Other, version))).What);
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.SwitchOn(Bea, version, null));
        Assert.Null((await query.Read()).Draft);
        var next = (await query.Read()).DraftVersion;
        Assert.Equal(2, await writer.SwitchOn(Bea, await writer.SaveDraft(Bea, Other, next), null));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_cannot_be_kept_is_refused_by_the_field(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var writer = new PolicyWriter(floor.Database.Db, floor.Policies);
        await Refused("rules[0].owner.personId", Rule(r => r with { Owner = new(OwnerKind.Person, PersonId: CaseFloor.Gone) }));
        await Refused("owner.teamId", Other with { Owner = new(OwnerKind.Queue, TeamId: CaseFloor.Region) });
        await Refused("rules[1].key", Other with { Rules = [Other.Rules[0], Other.Rules[0]] });
        await Refused("rules[0].name", Rule(r => r with { Name = " " }));
        await Refused("rules[0].severity", Rule(r => r with { Severity = null }));
        await Refused("rules[0].severity", Rule(r => r with { Effect = PolicyEffect.Raise }));
        await Refused("rules[0].when.csat", Rule(r => r with { When = new() { Csat = new(0, 2) } }));
        await Refused("rules[0].when.nps", Rule(r => r with { When = new() { Nps = new(6, 3) } }));
        await Refused("rules[0].when.measure", Rule(r => r with { When = new() { Measure = new("wait", null, null) } }));
        await Refused("rules[0].when.words", Rule(r => r with { When = new() { Words = ["fine", " "] } }));
        await Refused("rules[0].when.valueFrom", Rule(r => r with { When = new() { ValueFrom = -1 } }));
        await Refused("rules[0].timing.firstResponseMinutes", Rule(r => r with { Timing = new() { TargetMinutes = 60, FirstResponseMinutes = 61 } }));
        await Refused("targets.high.warnMinutesBefore", Other with { Targets = Other.Targets with { High = new() { TargetMinutes = 60, WarnMinutesBefore = 60 } } });
        await Refused("targets.low.escalationSteps", Other with { Targets = Other.Targets with { Low = new() { TargetMinutes = 60, EscalationSteps = [0, 60, 60] } } });
        await Refused("targets.medium.targetMinutes", Other with { Targets = Other.Targets with { Medium = new() { TargetMinutes = 0 } } });
        var version = await writer.SaveDraft(Ada, CasePolicy.First, 0);
        Assert.Equal("Same", (await Assert.ThrowsAsync<InvalidField>(() => writer.SwitchOn(Ada, version, null))).Fault);

        async Task Refused(string field, CasePolicy policy) => Assert.Equal(field, (await Assert.ThrowsAsync<InvalidField>(() => writer.SaveDraft(Ada, policy, 0))).Field);

        static CasePolicy Rule(Func<PolicyRule, PolicyRule> change) => Other with { Rules = [change(Other.Rules[0])] };
    }

    [Fact]
    public void A_difference_names_what_changed()
    {
        var first = CasePolicy.First;
        var changed = first with
        {
            Rules = [first.Rules[1], first.Rules[0] with { IsOn = false }, .. first.Rules.Skip(3), first.Rules[0] with { Key = "new" }],
            Targets = first.Targets with { Low = first.Targets.Low with { WarnMinutesBefore = null } },
        };
        Assert.Equal(
            [
                (PolicyChangeKind.RuleSwitchedOff, "csat-high"), (PolicyChangeKind.RuleAdded, "new"), (PolicyChangeKind.RuleRemoved, "nps-high"),
                (PolicyChangeKind.RulesReordered, null), (PolicyChangeKind.TimesChanged, (string?)null),
            ],
            PolicyDifference.Between(first, changed).Select(c => (c.Kind, (c.After ?? c.Before)?.Key)));
        Assert.Empty(PolicyDifference.Between(first, CasePolicy.FromJson(first.ToJson())));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Every_node_judges_by_the_newest_version_and_still_knows_the_older_ones(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var writer = new PolicyWriter(floor.Database.Db, floor.Policies);
        await writer.SwitchOn(Ada, await writer.SaveDraft(Ada, Other, 0), null);
        Assert.Equal(2, await floor.Database.Db.Read(async s => (await floor.Policies.Present(s)).Version));
        Assert.Equal(1, await floor.Database.Db.Read(async s => (await floor.Policies.Of(s, 1)).Version));
        Assert.Equal(CaseSeverity.High, (await floor.Read((await floor.Open(csat: 1)).CaseId)).Severity);
    }
}
