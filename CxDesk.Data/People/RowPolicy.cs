using System.Data;
using Dapper;

namespace CxDesk.Data.People;

/// <summary>
/// The one row policy, as a condition for a WHERE. The text depends on the viewer's reach, so that an engine plans for
/// it; the values are parameters: <see cref="Parameters"/>.
/// </summary>
public static class RowPolicy
{
    public static readonly IReadOnlyList<Reach> Reaches = Enum.GetValues<Reach>();

    /// <summary>For rows that hold RegionId, TeamId and AgentId: answers, measurements.</summary>
    public static string Answers(Reach reach, string alias) => reach switch
    {
        Reach.All => "1 = 1",
        Reach.None => "1 = 0",
        Reach.Units => $"({alias}.RegionId IN @policyRegions OR {alias}.TeamId IN @policyTeams)",
        Reach.Own => $"{alias}.AgentId = @policyPerson",
    };

    /// <summary>For rows of Cases.</summary>
    public static string Cases(Reach reach, string alias) => reach switch
    {
        Reach.All => "1 = 1",
        Reach.None => "1 = 0",
        Reach.Units => $"({alias}.RegionId IN @policyRegions OR {alias}.TeamId IN @policyTeams OR {OwnedOrWatched(alias)})",
        Reach.Own => $"({OwnedOrWatched(alias)} OR ({alias}.OwnerId IS NULL AND {alias}.TeamId IN @policyTeams))",
    };

    /// <summary>The values behind the conditions, to which a query adds its own.</summary>
    public static DynamicParameters Parameters(Viewer viewer, object? own = null)
    {
        var parameters = new DynamicParameters(own);
        if (viewer.Reach is Reach.Own or Reach.Units)
        {
            parameters.Add("policyPerson", viewer.PersonId, DbType.Int32);
            parameters.Add("policyTeams", OrNone(viewer.TeamIds));
            if (viewer.Reach == Reach.Units) parameters.Add("policyRegions", OrNone(viewer.RegionIds));
        }
        return parameters;
    }

    // Dapper makes a subselect of untyped null of an empty list; no unit has this id.
    private static IReadOnlyList<int> OrNone(IReadOnlyList<int> ids) => ids.Count > 0 ? ids : [-1];

    private static string OwnedOrWatched(string alias) => $"""
        {alias}.OwnerId = @policyPerson OR EXISTS (SELECT 1 FROM CaseWatchers pw WHERE pw.CaseId = {alias}.Id AND pw.PersonId = @policyPerson)
        """;
}
