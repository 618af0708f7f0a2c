using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>What an admin has to put right so that every case finds somebody and every answer its place.</summary>
public sealed class HealthQuery(Db db, Company company, CaseInvariant invariant, DeliveriesQuery deliveries)
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

    public async Task<Health> Read(Viewer viewer, CancellationToken cancel = default)
    {
        var misheld = viewer.Reach == Reach.All ? await invariant.Read(cancel) : [];
        var sent = await deliveries.Health(viewer, cancel);
        return await Read(viewer, misheld.Select(m => m.CaseId).Distinct().Count(), sent, cancel);
    }

    private Task<Health> Read(Viewer viewer, int misheld, DeliveryHealth sent, CancellationToken cancel) => db.Read(async s =>
    {
        var parameters = new { today = company.DayOf(s.Now), take = Most };
        return new Health
        {
            Provider = s.Dialect.Provider,
            NoFallback = await s.Query<string>(NoFallback, parameters),
            NoLeader = await s.Query<string>(NoLeader, parameters),
            NoPlace = await s.Query<PersonName>(NoPlace, parameters),
            UnownedCases = await s.Single<int>(Unowned[viewer.Reach], RowPolicy.Parameters(viewer)),
            MisheldCases = misheld,
            Deliveries = sent,
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

    /// <summary>Open cases that stand with somebody who is inactive or has no access, or in a closed team.</summary>
    public required int MisheldCases { get; init; }

    public required DeliveryHealth Deliveries { get; init; }
}
