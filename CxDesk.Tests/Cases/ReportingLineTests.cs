using CxDesk.Data.Cases;

namespace CxDesk.Tests.Cases;

public class ReportingLineTests
{
    private const int Company = 1, Region = 2, Team = 3, NoTeam = 4;
    private static readonly LineUnit[] Units =
    [
        new() { Id = Company, Name = "Company", IsNoTeam = false },
        new() { Id = Region, Name = "North", IsNoTeam = false },
        new() { Id = Team, Name = "Phone", IsNoTeam = false },
        new() { Id = NoTeam, Name = "no team", IsNoTeam = true },
    ];

    private static readonly LineLeader Sue = Leader(1, Team, "Sue"), Mia = Leader(2, Region, "Mia"), Max = Leader(3, Company, "Max");

    [Fact]
    public void An_agents_case_climbs_to_the_supervisor_then_the_manager_then_the_executive_and_ends()
    {
        var line = new ReportingLine(Units, [Sue, Mia, Max]);
        int? last = null;
        var climbed = new List<string?>();
        while (line.Above(Team, Region, responsibleId: 9, last) is { } climb)
        {
            climbed.Add(climb.ToName);
            last = climb.ToId;
        }
        Assert.Equal(["Sue", "Mia", "Max"], climbed);
    }

    [Fact]
    public void Nobody_is_their_own_manager()
    {
        var line = new ReportingLine(Units, [Sue, Mia, Max]);
        Assert.Equal("Mia", line.Above(Team, Region, Sue.PersonId, null)!.ToName);
        Assert.Equal("Max", line.Above(Team, Region, Mia.PersonId, null)!.ToName);
        Assert.Null(line.Above(Team, Region, Max.PersonId, null));
    }

    [Fact]
    public void Who_leads_the_team_beside_another_climbs_past_both()
    {
        var line = new ReportingLine(Units, [Sue, Leader(8, Team, "Sam"), Mia, Max]);
        Assert.Equal("Mia", line.Above(Team, Region, responsibleId: 8, null)!.ToName);
    }

    [Fact]
    [Trait("Behaviour", "20")]
    public void A_vacant_or_inactive_level_is_passed_over_and_said_so()
    {
        var line = new ReportingLine(Units, [Mia with { IsActive = false }, Max]);
        var climb = line.Above(Team, Region, responsibleId: 9, null)!;
        Assert.Equal("Max", climb.ToName);
        Assert.Equal([new PassedOver("Phone", PassedOverBecause.Vacant), new PassedOver("North", PassedOverBecause.Inactive)], climb.PassedOver);
    }

    [Fact]
    public void Where_everybody_is_missing_nobody_gets_it_and_the_levels_are_named()
    {
        var climb = new ReportingLine(Units, []).Above(Team, Region, responsibleId: null, null)!;
        Assert.Null(climb.ToId);
        Assert.Equal(["Phone", "North", "Company"], climb.PassedOver.Select(p => p.Unit));
    }

    [Fact]
    public void A_region_without_a_team_misses_no_supervisor() =>
        Assert.Empty(new ReportingLine(Units, [Mia]).Above(NoTeam, Region, responsibleId: null, null)!.PassedOver);

    private static LineLeader Leader(int id, int unitId, string name) => new() { UnitId = unitId, PersonId = id, Name = name, IsActive = true };
}
