using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Demo;

/// <summary>The agents of the demo, as those who act.</summary>
internal sealed class DemoStaff
{
    private static readonly Statement Agents = new($"""
        SELECT e.Id AS {nameof(AgentRow.PersonId)}, e.Name AS {nameof(AgentRow.Name)}, e.UserName AS {nameof(AgentRow.UserName)},
               t.Id AS {nameof(AgentRow.TeamId)}, t.Code AS {nameof(AgentRow.TeamCode)}
        FROM Places p JOIN People e ON e.Id = p.PersonId JOIN Units t ON t.Id = p.UnitId
        WHERE p.Role = 1 AND p.ToDay IS NULL AND e.IsActive = 1
        ORDER BY e.Id
        """);

    private readonly ILookup<int, AgentRow> _teams;
    private readonly Dictionary<int, AgentRow> _people;

    private DemoStaff(IReadOnlyList<AgentRow> agents)
    {
        _teams = agents.ToLookup(a => a.TeamId);
        _people = agents.DistinctBy(a => a.PersonId).ToDictionary(a => a.PersonId);
    }

    public static async Task<DemoStaff> Load(Session session) => new(await session.Query<AgentRow>(Agents));

    /// <summary>An agent of the team; null where a visitor's change left it without one.</summary>
    /// <param name="live">Leaves out the agent as whom visitors sign in: that work is theirs.</param>
    public Viewer? AnyOf(int teamId, Random random, bool live)
    {
        var agents = _teams[teamId].Where(a => !live || a.UserName != "agent").ToList();
        return agents.Count == 0 ? null : ViewerOf(agents[random.Next(agents.Count)]);
    }

    /// <summary>The agent, if it is one whom the demo moves.</summary>
    public Viewer? Moved(int personId) => _people.TryGetValue(personId, out var agent) && agent.UserName != "agent" ? ViewerOf(agent) : null;

    /// <summary>Where visitors find more to do than elsewhere.</summary>
    public bool IsVisitorsTeam(int teamId) => _teams[teamId].Any(a => a.UserName == "agent");

    public bool IsOfSlippedRegion(int teamId) => RegionOf(teamId)?.Code == DemoCast.SlippedRegion;

    public bool IsChinese(int teamId) => RegionOf(teamId)?.Language == "zh";

    private DemoRegion? RegionOf(int teamId) => _teams[teamId].FirstOrDefault() is { } agent
        ? DemoCast.Regions.FirstOrDefault(r => r.Teams.Any(t => t.Code == agent.TeamCode))
        : null;

    private static Viewer ViewerOf(AgentRow agent) =>
        new() { PersonId = agent.PersonId, Name = agent.Name, Role = Role.Agent, Reach = Reach.Own, TeamIds = [agent.TeamId] };

    private sealed record AgentRow
    {
        public required int PersonId { get; init; }
        public required string Name { get; init; }
        public required string? UserName { get; init; }
        public required int TeamId { get; init; }
        public required string TeamCode { get; init; }
    }
}
