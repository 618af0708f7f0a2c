using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>The agent, product, channel and segment that a scorecard is narrowed to, found by their codes.</summary>
public sealed record ScorecardSubjects(ScorecardSubject? Agent, ScorecardSubject? Product, ScorecardSubject? Channel, ScorecardSubject? Segment)
{
    // Whether an agent's figures may be seen is for the rollups' row policy; here it decides whether there is such an agent at all.
    private static readonly StatementFamily<Reach> FindAgent = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT p.Id, p.AgentCode AS {nameof(ScorecardSubject.Code)}, p.Name FROM People p WHERE p.AgentCode = @code AND {reach switch
        {
            Reach.All => "1 = 1",
            Reach.None => "1 = 0",
            Reach.Own => "p.Id = @policyPerson",
            Reach.Units => $"""
                (EXISTS (SELECT 1 FROM Places l JOIN Units u ON u.Id = l.UnitId
                         WHERE l.PersonId = p.Id AND (u.Id IN @policyTeams OR u.Id IN @policyRegions OR u.ParentId IN @policyRegions))
                 OR EXISTS (SELECT 1 FROM Answers a WHERE a.AgentId = p.Id AND {RowPolicy.Answers(reach, "a")}))
                """,
        }}
        """);

    private static readonly Statement FindProduct = new("SELECT Id, Code, Name FROM Products WHERE Code = @code");
    private static readonly Statement FindChannel = new("SELECT Id, Code, Name FROM Channels WHERE Code = @code");
    private static readonly Statement FindSegment = new("SELECT Id, Code, Name FROM Segments WHERE Code = @code");

    public IReadOnlyList<(RollupAxis Axis, ScorecardSubject Subject)> All =>
    [
        .. Agent is null ? [] : new[] { (RollupAxis.Agent, Agent) },
        .. Product is null ? [] : new[] { (RollupAxis.Product, Product) },
        .. Channel is null ? [] : new[] { (RollupAxis.Channel, Channel) },
        .. Segment is null ? [] : new[] { (RollupAxis.Segment, Segment) },
    ];

    /// <returns>And the first of agent, product, channel, segment that there is not, or that this viewer does not see; null where all were found.</returns>
    public static async Task<(ScorecardSubjects Subjects, string? Missing)> Find(Session session, Viewer viewer, ScorecardFilter filter)
    {
        var agent = filter.Agent is null ? null : await session.First<ScorecardSubject>(FindAgent[viewer.Reach], RowPolicy.Parameters(viewer, new { code = filter.Agent }));
        var product = filter.Product is null ? null : await session.First<ScorecardSubject>(FindProduct, new { code = filter.Product });
        var channel = filter.Channel is null ? null : await session.First<ScorecardSubject>(FindChannel, new { code = filter.Channel });
        var segment = filter.Segment is null ? null : await session.First<ScorecardSubject>(FindSegment, new { code = filter.Segment });
        return (new ScorecardSubjects(agent, product, channel, segment),
            agent is null && filter.Agent is not null ? "agent" : product is null && filter.Product is not null ? "product" : channel is null && filter.Channel is not null ? "channel"
            : segment is null && filter.Segment is not null ? "segment" : null);
    }
}

public sealed record ScorecardSubject
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
}
