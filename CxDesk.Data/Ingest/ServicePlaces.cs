using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Ingest;

/// <summary>Where a service was given. The agent's team of that day, if it lies in the region; else the region's "no team".</summary>
internal readonly record struct ServicePlace(int? RegionId, int? TeamId, int? AgentId);

/// <summary>
/// Places what comes in, as people were placed when the service was given, and keeps a writer inside its own units.
/// Places are read in the write itself: a place given a moment ago counts.
/// </summary>
internal sealed class ServicePlaces(Session session, CodeBook codes, Viewer writer)
{
    private static readonly Statement TeamsOf = new("""
        SELECT p.UnitId, u.ParentId, p.FromDay, p.ToDay
        FROM Places p JOIN Units u ON u.Id = p.UnitId
        WHERE p.PersonId = @personId AND p.Role = 1 AND u.Kind = 3
        ORDER BY p.FromDay DESC, p.UnitId
        """);

    private static readonly Statement TeamsIn = new("SELECT COUNT(*) FROM Units WHERE ParentId = @regionId AND Id IN @teamIds");

    private readonly Dictionary<int, List<AgentPlace>> _teams = [];

    /// <summary>The field that puts an item outside the units of its writer; null when it is inside. Creates nothing.</summary>
    public async ValueTask<string?> Outside(string? region, string? agent, DateOnly day)
    {
        if (writer.Reach == Reach.All) return null;
        var regionId = region is null ? null : codes.Find(CodeKind.Region, region);
        var agentId = agent is null ? null : codes.Find(CodeKind.Agent, agent);
        if (region is not null && regionId is null) return "region";
        var team = Team(agentId, regionId, day);
        regionId ??= team?.RegionId;
        if (regionId is not { } inRegion) return "region";
        if (writer.RegionIds.Contains(inRegion)) return null;
        if ((team?.TeamId ?? codes.Find(CodeKind.NoTeam, region!)) is { } teamId && writer.TeamIds.Contains(teamId)) return null;
        var near = writer.TeamIds.Count > 0 && await session.Single<long>(TeamsIn, new { regionId = inRegion, teamIds = writer.TeamIds }) > 0;
        return near ? "agent" : "region";
    }

    /// <summary>Creates the region and the agent where they are new.</summary>
    public ServicePlace Of(string? region, string? agent, DateOnly day)
    {
        var regionId = codes.GetIf(CodeKind.Region, region);
        var agentId = codes.GetIf(CodeKind.Agent, agent);
        if (Team(agentId, regionId, day) is { } team) return new ServicePlace(team.RegionId, team.TeamId, agentId);
        return new ServicePlace(regionId, codes.GetIf(CodeKind.NoTeam, region), agentId);
    }

    private AgentPlace? Team(int? agentId, int? regionId, DateOnly day)
    {
        if (agentId is not { } id) return null;
        if (!_teams.TryGetValue(id, out var places)) _teams[id] = places = Read(id);
        foreach (var place in places)
            if (place.FromDay <= day && (place.ToDay is null || day < place.ToDay) && (regionId is null || place.RegionId == regionId))
                return place;
        return null;
    }

    private List<AgentPlace> Read(int personId)
    {
        var places = new List<AgentPlace>();
        using var reader = session.Prepare(TeamsOf, "personId").Set(personId).Read();
        while (reader.Read())
            places.Add(new AgentPlace(reader.GetInt32(0), reader.GetInt32(1), Time.ParseDay(reader.GetValue(2)), reader.IsDBNull(3) ? null : Time.ParseDay(reader.GetValue(3))));
        return places;
    }

    private sealed record AgentPlace(int TeamId, int RegionId, DateOnly FromDay, DateOnly? ToDay);
}
