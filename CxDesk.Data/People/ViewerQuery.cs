using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>Who a person or a key is today, by their places; null for whoever may not come in.</summary>
public sealed class ViewerQuery(Db db, Company company)
{
    private static readonly Statement Person = new($"""
        SELECT p.Id AS {nameof(PersonRow.Id)}, p.Name AS {nameof(PersonRow.Name)}, p.UserName AS {nameof(PersonRow.UserName)},
               p.Role AS {nameof(PersonRow.Role)}, p.SecurityStamp AS {nameof(PersonRow.SecurityStamp)}, p.Language AS {nameof(PersonRow.Language)}
        FROM People p
        WHERE p.Id = @id AND p.IsActive = 1 AND p.UserName IS NOT NULL AND p.Role IS NOT NULL AND p.SecurityStamp IS NOT NULL
        """);

    private static readonly Statement PlacesOn = new($"""
        SELECT p.UnitId AS {nameof(PlaceRow.UnitId)}, u.Kind AS {nameof(PlaceRow.Kind)}, p.Role AS {nameof(PlaceRow.Role)}
        FROM Places p
        JOIN Units u ON u.Id = p.UnitId
        WHERE p.PersonId = @id AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
        """);

    private static readonly Statement Key = new($"""
        SELECT k.Id AS {nameof(KeyRow.Id)}, k.Name AS {nameof(KeyRow.Name)}, k.Scopes AS {nameof(KeyRow.Scopes)},
               k.UnitId AS {nameof(KeyRow.UnitId)}, u.Kind AS {nameof(KeyRow.Kind)}
        FROM ApiKeys k
        LEFT JOIN Units u ON u.Id = k.UnitId
        WHERE k.KeyHash = @hash AND k.RevokedAt IS NULL
        """);

    /// <returns>Null for a person who is unknown, inactive or cannot sign in.</returns>
    public Task<KnownPerson?> FindPerson(int id, CancellationToken cancel = default) => db.Read(async s =>
    {
        if (await s.First<PersonRow>(Person, new { id }) is not { } person) return null;
        var places = await s.Query<PlaceRow>(PlacesOn, new { id, today = company.DayOf(s.Now) });
        return new KnownPerson
        {
            UserName = person.UserName,
            SecurityStamp = person.SecurityStamp,
            Language = person.Language,
            Viewer = Place(person, places),
        };
    }, cancel);

    /// <param name="keyHash"><see cref="Secret.Hash"/> of the key's text.</param>
    /// <returns>Null for a key that is unknown or revoked.</returns>
    public Task<KnownKey?> FindKey(string keyHash, CancellationToken cancel = default) => db.Read(async s =>
        await s.First<KeyRow>(Key, new { hash = keyHash }) is not { } key ? null : new KnownKey
        {
            Id = key.Id,
            Scopes = key.Scopes,
            Viewer = (key.Kind ?? UnitKind.Company) switch
            {
                UnitKind.Company => new Viewer { Name = key.Name, Role = Role.Executive, Reach = Reach.All },
                UnitKind.Region => new Viewer { Name = key.Name, Role = Role.Manager, Reach = Reach.Units, RegionIds = [key.UnitId!.Value] },
                UnitKind.Team => new Viewer { Name = key.Name, Role = Role.Manager, Reach = Reach.Units, TeamIds = [key.UnitId!.Value] },
            },
        }, cancel);

    /// <summary>
    /// The person's role is what they are; a place held today can raise it up to executive (an agent who stands in as
    /// supervisor), never lower it. Rows follow from the places alone: a manager without a place leads nothing.
    /// </summary>
    private static Viewer Place(PersonRow person, IReadOnlyList<PlaceRow> places)
    {
        var role = person.Role is Role.Admin or Role.Wall
            ? person.Role
            : places.Select(p => p.Role).Where(r => r <= Role.Executive).Append(person.Role).Max();
        var leads = places.Where(p => p.Role is Role.Supervisor or Role.Manager).ToList();
        var reach = role switch
        {
            Role.Wall => Reach.None,
            Role.Executive or Role.Admin => Reach.All,
            Role.Supervisor or Role.Manager => leads.Any(p => p.Kind == UnitKind.Company) ? Reach.All : Reach.Units,
            Role.Agent => Reach.Own,
        };
        return new Viewer
        {
            PersonId = person.Id,
            Name = person.Name,
            Role = role,
            Reach = reach,
            RegionIds = reach == Reach.Units ? Ids(leads, UnitKind.Region) : [],
            TeamIds = reach switch
            {
                Reach.Units => Ids(leads, UnitKind.Team),
                Reach.Own => Ids(places, UnitKind.Team),
                Reach.All or Reach.None => [],
            },
        };
    }

    private static int[] Ids(IEnumerable<PlaceRow> places, UnitKind kind) =>
        [.. places.Where(p => p.Kind == kind).Select(p => p.UnitId).Distinct().Order()];

    private sealed record PersonRow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
        public required string UserName { get; init; }
        public required Role Role { get; init; }
        public required string SecurityStamp { get; init; }
        public string? Language { get; init; }
    }

    private sealed record PlaceRow
    {
        public required int UnitId { get; init; }
        public required UnitKind Kind { get; init; }
        public required Role Role { get; init; }
    }

    private sealed record KeyRow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
        public required ApiKeyScopes Scopes { get; init; }
        public int? UnitId { get; init; }
        public UnitKind? Kind { get; init; }
    }
}

/// <summary>A person who may be signed in, as they stand today.</summary>
public sealed record KnownPerson
{
    public required Viewer Viewer { get; init; }
    public required string UserName { get; init; }

    /// <summary>A session that carries another one has ended.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>The language they chose for good; null follows the browser.</summary>
    public string? Language { get; init; }
}

/// <summary>A key that is valid now.</summary>
public sealed record KnownKey
{
    public required int Id { get; init; }
    public required ApiKeyScopes Scopes { get; init; }
    public required Viewer Viewer { get; init; }
}
