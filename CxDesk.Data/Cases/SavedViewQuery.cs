using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Reads the views that somebody may choose: their own, those of their units, those of the company.</summary>
/// <remarks>A view is a filter, not rows: under each viewer's own reach it finds what that viewer may see.</remarks>
public sealed class SavedViewQuery(Db db)
{
    private static readonly StatementFamily<Reach> List = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT v.Id AS {nameof(SavedViewRow.Id)}, v.OwnerId AS {nameof(SavedViewRow.OwnerId)}, o.Name AS {nameof(SavedViewRow.OwnerName)},
            v.Audience AS {nameof(SavedViewRow.Audience)}, v.UnitId AS {nameof(SavedViewRow.UnitId)}, u.Name AS {nameof(SavedViewRow.UnitName)},
            v.Name AS {nameof(SavedViewRow.Name)}, v.Query AS {nameof(SavedViewRow.Query)}, v.RowVersion AS {nameof(SavedViewRow.Version)}
        FROM SavedViews v JOIN People o ON o.Id = v.OwnerId LEFT JOIN Units u ON u.Id = v.UnitId
        WHERE {Visible(reach)}
        ORDER BY v.Audience, u.Name, v.Name, v.Id
        """);

    private static readonly StatementFamily<Reach> Own = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT u.Id AS {nameof(AudienceUnit.Id)}, u.Name AS {nameof(AudienceUnit.Name)} FROM Units u
        WHERE u.IsActive = 1 AND u.IsNoTeam = 0 AND {reach switch
        {
            Reach.Units => "(u.Id IN @policyTeams OR u.Id IN @policyRegions)",
            Reach.Own => "u.Id IN @policyTeams",
            Reach.All or Reach.None => "1 = 0",
        }}
        ORDER BY u.Name
        """);

    private static readonly Statement Choice = new($"""
        SELECT DefaultViewId AS {nameof(DeskChoice.DefaultViewId)}, Columns AS {nameof(DeskChoice.Columns)} FROM DeskChoices WHERE PersonId = @personId
        """);

    /// <summary>A condition over SavedViews <c>v</c> and its unit <c>u</c>.</summary>
    internal static string Visible(Reach reach)
    {
        var units = reach switch
        {
            Reach.Units => "v.UnitId IN @policyTeams OR v.UnitId IN @policyRegions OR u.ParentId IN @policyRegions OR EXISTS (SELECT 1 FROM Units vt WHERE vt.ParentId = v.UnitId AND vt.Id IN @policyTeams)",
            Reach.Own => "v.UnitId IN @policyTeams OR EXISTS (SELECT 1 FROM Units vt WHERE vt.ParentId = v.UnitId AND vt.Id IN @policyTeams)",
            Reach.All or Reach.None => "1 = 0",
        };
        return reach == Reach.None ? "1 = 0" : $"(v.OwnerId = @viewerId OR v.Audience = 3 OR (v.Audience = 2 AND ({units})))";
    }

    /// <summary>What the viewer may choose, and what they chose. Who is no person (an API key) has neither.</summary>
    public Task<DeskViews> Read(Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        if (viewer.PersonId is not { } viewerId) return DeskViews.None;
        var parameters = RowPolicy.Parameters(viewer, new { viewerId });
        var views = await s.Query<SavedViewRow>(List[viewer.Reach], parameters);
        var choice = await s.First<DeskChoice>(Choice, new { personId = viewerId });
        return new DeskViews
        {
            Views = views,
            Default = views.FirstOrDefault(v => v.Id == choice?.DefaultViewId),
            Columns = choice?.Columns,
            Units = await s.Query<AudienceUnit>(Own[viewer.Reach], parameters),
        };
    }, cancel);
}

/// <summary>Who else may choose a view. The numbers are stored.</summary>
public enum ViewAudience { Owner = 1, Unit = 2, Company = 3 }

/// <summary>A filter with its order, its columns and its way of being shown, under a name.</summary>
public sealed record SavedViewRow
{
    public required int Id { get; init; }
    public required int OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required ViewAudience Audience { get; init; }
    public required int? UnitId { get; init; }
    public required string? UnitName { get; init; }
    public required string Name { get; init; }

    /// <summary>As in the address of the desk, without the question mark.</summary>
    public required string Query { get; init; }
    public required int Version { get; init; }

    /// <summary>Its owner may change it; and who leads people, what is shared with them.</summary>
    public bool MayBeChangedBy(Viewer viewer) =>
        viewer.PersonId == OwnerId || (Audience != ViewAudience.Owner && viewer.Role is Role.Supervisor or Role.Manager or Role.Executive or Role.Admin);
}

/// <summary>A unit that a person stands in, whom they may share with.</summary>
public sealed record AudienceUnit
{
    public required int Id { get; init; }
    public required string Name { get; init; }
}

/// <summary>All that the desk remembers for one person.</summary>
public sealed record DeskViews
{
    public static readonly DeskViews None = new() { Views = [], Default = null, Columns = null, Units = [] };

    public required IReadOnlyList<SavedViewRow> Views { get; init; }

    /// <summary>Where the desk begins; null: with everything.</summary>
    public required SavedViewRow? Default { get; init; }

    /// <summary>The columns of the list as the person chose them last; null: the usual ones.</summary>
    public required string? Columns { get; init; }

    /// <summary>The viewer's own units.</summary>
    public required IReadOnlyList<AudienceUnit> Units { get; init; }
}

internal sealed record DeskChoice
{
    public required int? DefaultViewId { get; init; }
    public required string? Columns { get; init; }
}
