using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>What an admin has to put right so that every case finds somebody and every answer its place.</summary>
public sealed class HealthQuery(Db db, Company company)
{
    public const int Most = 20;

    // A region counts when neither it nor the company names a fallback.
    private static readonly Statement NoFallback = new(d => $"""
        SELECT r.Name FROM Units r JOIN Units c ON c.Id = r.ParentId
        WHERE r.Kind = 2 AND r.IsActive = 1
          AND NOT EXISTS (SELECT 1 FROM People f WHERE f.Id IN (r.FallbackPersonId, c.FallbackPersonId) AND f.IsActive = 1)
        ORDER BY r.Name, r.Id {d.Limit("@take")}
        """);

    private static readonly Statement NoLeader = new(d => $"""
        SELECT t.Name FROM Units t
        WHERE t.Kind = 3 AND t.IsActive = 1 AND t.IsNoTeam = 0
          AND NOT EXISTS (SELECT 1 FROM Places a JOIN People p ON p.Id = a.PersonId
                          WHERE a.UnitId = t.Id AND a.Role IN (2, 3) AND p.IsActive = 1 AND a.FromDay <= @today AND (a.ToDay IS NULL OR a.ToDay > @today))
        ORDER BY t.Name, t.Id {d.Limit("@take")}
        """);

    private static readonly Statement NoPlace = new(d => $"""
        SELECT p.Id AS {nameof(PersonName.Id)}, p.Name AS {nameof(PersonName.Name)} FROM People p
        WHERE p.IsActive = 1 AND p.UserName IS NOT NULL AND p.Role BETWEEN 1 AND 3
          AND NOT EXISTS (SELECT 1 FROM Places a WHERE a.PersonId = p.Id AND a.FromDay <= @today AND (a.ToDay IS NULL OR a.ToDay > @today))
        ORDER BY p.Name, p.Id {d.Limit("@take")}
        """);

    private static readonly StatementFamily<Reach> Unowned = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM Cases c WHERE c.Status < 4 AND c.OwnerId IS NULL AND c.ResponsibleId IS NULL AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly StatementFamily<Reach> OwnedByNobodyHere = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM Cases c JOIN People o ON o.Id = c.OwnerId WHERE c.Status IN (1, 2, 3) AND o.IsActive = 0 AND {RowPolicy.Cases(reach, "c")}
        """);

    public Task<Health> Read(Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var parameters = new { today = company.DayOf(s.Now), take = Most };
        return new Health
        {
            Provider = s.Dialect.Provider,
            NoFallback = await s.Query<string>(NoFallback, parameters),
            NoLeader = await s.Query<string>(NoLeader, parameters),
            NoPlace = await s.Query<PersonName>(NoPlace, parameters),
            UnownedCases = await s.Single<int>(Unowned[viewer.Reach], RowPolicy.Parameters(viewer)),
            CasesOfInactive = await s.Single<int>(OwnedByNobodyHere[viewer.Reach], RowPolicy.Parameters(viewer)),
        };
    }, cancel);
}

/// <summary>Each list is cut at <see cref="HealthQuery.Most"/>.</summary>
public sealed record Health
{
    public required DatabaseProvider Provider { get; init; }

    /// <summary>Regions whose cases find nobody when every leader is away.</summary>
    public required IReadOnlyList<string> NoFallback { get; init; }

    /// <summary>Teams that nobody leads today.</summary>
    public required IReadOnlyList<string> NoLeader { get; init; }

    /// <summary>Agents, supervisors and managers who stand nowhere today and so see nothing.</summary>
    public required IReadOnlyList<PersonName> NoPlace { get; init; }

    /// <summary>Open cases without owner and without anybody responsible.</summary>
    public required int UnownedCases { get; init; }

    /// <summary>Open cases of people who were deactivated.</summary>
    public required int CasesOfInactive { get; init; }
}
