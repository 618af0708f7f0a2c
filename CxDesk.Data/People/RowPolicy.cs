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

    /// <summary>
    /// <see cref="Cases"/> taken apart: what a viewer may see, as parts that an index can serve and that share no case. A
    /// board is merged from them, and counted by adding them up.
    /// </summary>
    public static IReadOnlyList<CasePart> CaseParts(Viewer viewer) => viewer.Reach switch
    {
        Reach.All => [new(CasePartKind.All)],
        Reach.None => [],
        Reach.Units =>
        [
            .. viewer.RegionIds.Distinct().Select(id => new CasePart(CasePartKind.Region, id)),
            .. viewer.TeamIds.Distinct().Select(id => new CasePart(CasePartKind.Team, id)),
            .. viewer.PersonId is null ? (CasePart[])[] : [new(CasePartKind.OwnedOutside), new(CasePartKind.WatchedOutside)],
        ],
        Reach.Own =>
        [
            new(CasePartKind.Owned),
            .. viewer.TeamIds.Distinct().Select(id => new CasePart(CasePartKind.Unclaimed, id)),
            new(CasePartKind.Watched),
        ],
    };

    /// <summary>The condition of a part, whose unit is <c>@partId</c>.</summary>
    /// <remarks>The plus keeps engines from looking for an index here: a query says itself which one leads.</remarks>
    public static string Part(CasePartKind kind, string alias) => kind switch
    {
        CasePartKind.All => "1 = 1",
        CasePartKind.Region => $"+{alias}.RegionId = @partId",
        CasePartKind.Team => $"+{alias}.TeamId = @partId AND +{alias}.RegionId NOT IN @policyRegions",
        CasePartKind.OwnedOutside => $"+{alias}.OwnerId = @policyPerson AND {Outside(alias)}",
        CasePartKind.WatchedOutside => $"({alias}.OwnerId IS NULL OR {alias}.OwnerId <> @policyPerson) AND {Outside(alias)}",
        CasePartKind.Owned => $"+{alias}.OwnerId = @policyPerson",
        CasePartKind.Unclaimed => $"+{alias}.TeamId = @partId AND {alias}.OwnerId IS NULL",
        CasePartKind.Watched => $"({alias}.OwnerId <> @policyPerson OR {alias}.OwnerId IS NULL AND {alias}.TeamId NOT IN @policyTeams)",
    };

    private static string Outside(string alias) => $"+{alias}.RegionId NOT IN @policyRegions AND +{alias}.TeamId NOT IN @policyTeams";

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

/// <summary>What a part of the visible cases is gathered by. The watched ones come from CaseWatchers.</summary>
public enum CasePartKind { All, Region, Team, OwnedOutside, WatchedOutside, Owned, Unclaimed, Watched }

/// <param name="UnitId">The region or team; 0 where the kind needs none.</param>
public readonly record struct CasePart(CasePartKind Kind, int UnitId = 0)
{
    public bool IsWatched => Kind is CasePartKind.Watched or CasePartKind.WatchedOutside;
}
