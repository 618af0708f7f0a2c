using CxDesk.Data.People;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Which rollups somebody may read: design.md, Rows and aggregates. Supervisors and above, and displays, see aggregates
/// of the whole company, down to teams; an agent those of their own team; a key of a unit those of its unit; an agent's
/// figures are seen only from inside one's own place. What is seen from outside is suppressed where n is small, which
/// the reader's caller does.
/// </summary>
public enum RollupSight { All, Units, Teams, Person, None }

public static class RollupSights
{
    public static RollupSight Of(Viewer viewer, RollupBy by) => (viewer.Reach, by) switch
    {
        (Reach.All, _) => RollupSight.All,
        (Reach.Units, RollupBy.Agent) => RollupSight.Units,
        (Reach.Units, _) => viewer.PersonId is null ? RollupSight.Units : RollupSight.All,
        (Reach.Own, RollupBy.Agent) => RollupSight.Person,
        (Reach.Own, RollupBy.Region) => RollupSight.None,
        (Reach.Own, _) => RollupSight.Teams,
        (Reach.None, RollupBy.Agent) => RollupSight.None,
        (Reach.None, _) => RollupSight.All,
    };

    /// <summary>The condition on rows of Rollups. A region is shown whole or not at all.</summary>
    public static string Condition(RollupSight sight, RollupBy by, string alias) => sight switch
    {
        RollupSight.All => "1 = 1",
        RollupSight.Units when by == RollupBy.Region => $"{alias}.RegionId IN @policyRegions",
        RollupSight.Units => $"({alias}.RegionId IN @policyRegions OR {alias}.TeamId IN @policyTeams)",
        RollupSight.Teams => $"{alias}.TeamId IN @policyTeams",
        RollupSight.Person => $"{alias}.KeyId = @policyPerson",
        RollupSight.None => "1 = 0",
    };
}
