using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>People by page, and one of them with every place they held.</summary>
public sealed class PeopleListQuery(Db db, Company company)
{
    public const int PageSize = 50;

    private static readonly StatementFamily<(PeopleShown, bool Text)> Page = new(Shapes(), (d, shape) => $"""
        SELECT p.Id AS {nameof(PersonRow.Id)}, p.Name AS {nameof(PersonRow.Name)}, p.UserName AS {nameof(PersonRow.UserName)}, p.Role AS {nameof(PersonRow.Role)},
               p.AgentCode AS {nameof(PersonRow.AgentCode)}, p.IsPlaced AS {nameof(PersonRow.IsPlaced)}, p.IsActive AS {nameof(PersonRow.IsActive)},
               CASE WHEN p.PasswordHash IS NULL THEN 0 ELSE 1 END AS {nameof(PersonRow.HasPassword)}, p.LockedUntil AS {nameof(PersonRow.LockedUntil)},
               p.LastSignInAt AS {nameof(PersonRow.LastSignInAt)}, p.RowVersion AS {nameof(PersonRow.RowVersion)},
               (SELECT MIN(u.Name) FROM Places a JOIN Units u ON u.Id = a.UnitId
                WHERE a.PersonId = p.Id AND a.FromDay <= @today AND (a.ToDay IS NULL OR a.ToDay > @today)) AS {nameof(PersonRow.Place)}
        FROM People p
        WHERE {Condition(d, shape)}
        ORDER BY p.IsPlaced, p.Name, p.Id
        {d.Page("@skip", "@take")}
        """);

    private static readonly StatementFamily<(PeopleShown, bool Text)> Count = new(Shapes(), (d, shape) => $"""
        SELECT COUNT(*) FROM People p WHERE {Condition(d, shape)}
        """);

    private static readonly Statement One = new($"""
        SELECT p.Id AS {nameof(PersonRow.Id)}, p.Name AS {nameof(PersonRow.Name)}, p.UserName AS {nameof(PersonRow.UserName)}, p.Role AS {nameof(PersonRow.Role)},
               p.AgentCode AS {nameof(PersonRow.AgentCode)}, p.IsPlaced AS {nameof(PersonRow.IsPlaced)}, p.IsActive AS {nameof(PersonRow.IsActive)},
               CASE WHEN p.PasswordHash IS NULL THEN 0 ELSE 1 END AS {nameof(PersonRow.HasPassword)}, p.LockedUntil AS {nameof(PersonRow.LockedUntil)},
               p.LastSignInAt AS {nameof(PersonRow.LastSignInAt)}, p.RowVersion AS {nameof(PersonRow.RowVersion)}
        FROM People p WHERE p.Id = @id
        """);

    private static readonly Statement PlacesOf = new(d => $"""
        SELECT a.Id AS {nameof(PlaceRow.Id)}, a.UnitId AS {nameof(PlaceRow.UnitId)}, u.Name AS {nameof(PlaceRow.UnitName)}, r.Name AS {nameof(PlaceRow.ParentName)},
               a.Role AS {nameof(PlaceRow.Role)}, a.FromDay AS {nameof(PlaceRow.FromDay)}, a.ToDay AS {nameof(PlaceRow.ToDay)}
        FROM Places a JOIN Units u ON u.Id = a.UnitId LEFT JOIN Units r ON r.Id = u.ParentId
        WHERE a.PersonId = @id
        ORDER BY a.FromDay DESC, a.Id DESC {d.Limit("100")}
        """);

    private static readonly Statement Owners = new(d => $"""
        SELECT Id AS {nameof(PersonName.Id)}, Name AS {nameof(PersonName.Name)} FROM People
        WHERE IsActive = 1 AND UserName IS NOT NULL AND Role BETWEEN 2 AND 5
        ORDER BY Name, Id {d.Limit("500")}
        """);

    /// <param name="page">From 0.</param>
    public Task<PeoplePage> Find(PeopleFilter filter, int page, CancellationToken cancel = default) => db.Read(async s =>
    {
        var text = Codes.Normal(filter.Text);
        var shape = (filter.Shown, text.Length > 0);
        var parameters = new { text, today = company.DayOf(s.Now), skip = page * PageSize, take = PageSize };
        return new PeoplePage { Rows = await s.Query<PersonRow>(Page[shape], parameters), Total = await s.Single<int>(Count[shape], parameters) };
    }, cancel);

    /// <returns>Null for an unknown id.</returns>
    public Task<PersonDetail?> Find(int id, CancellationToken cancel = default) => db.Read(async s =>
        await s.First<PersonRow>(One, new { id }) is { } person
            ? new PersonDetail { Person = person, Places = await s.Query<PlaceRow>(PlacesOf, new { id }) }
            : null, cancel);

    /// <summary>Who can be named to own what nobody else is responsible for.</summary>
    public Task<IReadOnlyList<PersonName>> PossibleOwners(CancellationToken cancel = default) => db.Read(s => s.Query<PersonName>(Owners), cancel);

    private static string Condition(SqlDialect d, (PeopleShown Shown, bool Text) shape) =>
        (shape.Shown switch
        {
            PeopleShown.Accounts => "p.UserName IS NOT NULL AND p.IsActive = 1",
            PeopleShown.Agents => "p.AgentCode IS NOT NULL AND p.IsActive = 1",
            PeopleShown.ToBePlaced => "p.IsPlaced = 0 AND p.IsActive = 1",
            PeopleShown.Inactive => "p.IsActive = 0",
        })
        + (shape.Text ? $" AND ({d.Contains("p.Name", "@text")} OR {d.Contains("COALESCE(p.UserName, '')", "@text")} OR {d.Contains("COALESCE(p.AgentCode, '')", "@text")})" : "");

    private static IEnumerable<(PeopleShown, bool)> Shapes() => Enum.GetValues<PeopleShown>().SelectMany(s => new[] { (s, false), (s, true) });
}

public enum PeopleShown { Accounts, Agents, ToBePlaced, Inactive }

public sealed record PeopleFilter(PeopleShown Shown, string? Text);

public sealed record PeoplePage
{
    public required IReadOnlyList<PersonRow> Rows { get; init; }
    public required int Total { get; init; }
}

public sealed record PersonRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string? UserName { get; init; }
    public Role? Role { get; init; }
    public string? AgentCode { get; init; }
    public required bool IsPlaced { get; init; }
    public required bool IsActive { get; init; }
    public required bool HasPassword { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public required int RowVersion { get; init; }

    /// <summary>One of the units where they stand today.</summary>
    public string? Place { get; init; }
}

public sealed record PersonDetail
{
    public required PersonRow Person { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<PlaceRow> Places { get; init; }
}

public sealed record PlaceRow
{
    public required int Id { get; init; }
    public required int UnitId { get; init; }
    public required string UnitName { get; init; }
    public string? ParentName { get; init; }
    public required Role Role { get; init; }
    public required DateOnly FromDay { get; init; }
    public DateOnly? ToDay { get; init; }
}

public sealed record PersonName
{
    public required int Id { get; init; }
    public required string Name { get; init; }
}
