namespace CxDesk.Data.People;

/// <summary>What a person may do and see, by their place. The numbers are stored.</summary>
public enum Role { Agent = 1, Supervisor = 2, Manager = 3, Executive = 4, Admin = 5, Wall = 6 }

/// <summary>Which rows (answers, cases, customers, comments) somebody may see: design.md, Rows and aggregates.</summary>
public enum Reach
{
    /// <summary>No rows: displays.</summary>
    None,
    /// <summary>An agent: answers about them, cases they own or watch, unclaimed cases of their team.</summary>
    Own,
    /// <summary>A supervisor or manager, or a key of a unit: all rows of their units, and cases they own or watch.</summary>
    Units,
    /// <summary>Executive, admin, a key of the whole company.</summary>
    All,
}

/// <summary>
/// Who asks. Every query that returns rows or counts takes one, and puts <see cref="RowPolicy"/> into its text.
/// A person has a <see cref="PersonId"/>; an API key has none and acts under its name.
/// </summary>
public sealed record Viewer
{
    public int? PersonId { get; init; }
    public required string Name { get; init; }
    public required Role Role { get; init; }
    public required Reach Reach { get; init; }

    /// <summary>Regions seen whole (reach Units).</summary>
    public IReadOnlyList<int> RegionIds { get; init; } = [];

    /// <summary>Teams seen whole (reach Units), or whose unclaimed cases are seen (reach Own).</summary>
    public IReadOnlyList<int> TeamIds { get; init; } = [];

    /// <summary>The scope part of a feed topic: who share it see the same rows.</summary>
    public string Scope => Reach switch
    {
        Reach.All => "all",
        Reach.None => "none",
        Reach.Units => $"units:{string.Join(',', RegionIds.Order())}/{string.Join(',', TeamIds.Order())}:{PersonId}",
        Reach.Own => $"person:{PersonId}:{string.Join(',', TeamIds.Order())}",
    };

    /// <summary>The system itself: jobs, verbs, the demo floor.</summary>
    public static readonly Viewer System = new() { Name = "CxDesk", Role = Role.Admin, Reach = Reach.All };
}
