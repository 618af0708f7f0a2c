using CxDesk.Data.Admin;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Web.Policies;

/// <summary>What the codes and ids in a policy are called, and what there is to choose from.</summary>
public sealed record PolicyNames
{
    /// <summary>By code, in the order in which they are offered; likewise below.</summary>
    public required IReadOnlyDictionary<string, string> Products { get; init; }
    public required IReadOnlyDictionary<string, string> Regions { get; init; }
    public required IReadOnlyDictionary<string, string> Channels { get; init; }
    public required IReadOnlyDictionary<string, string> Touchpoints { get; init; }
    public required IReadOnlyDictionary<string, string> Measures { get; init; }

    /// <summary>Active teams, each with its region.</summary>
    public required IReadOnlyDictionary<int, string> Teams { get; init; }

    /// <summary>Who may be named as an owner.</summary>
    public required IReadOnlyDictionary<int, string> People { get; init; }

    public static readonly PolicyNames None = new()
    {
        Products = Nothing, Regions = Nothing, Channels = Nothing, Touchpoints = Nothing, Measures = Nothing,
        Teams = new Dictionary<int, string>(), People = new Dictionary<int, string>(),
    };

    private static Dictionary<string, string> Nothing => [];

    public static async Task<PolicyNames> Read(CodesQuery codes, UnitTreeQuery units, PeopleListQuery people)
    {
        var tree = await units.All();
        var regions = tree.Where(u => u.Kind == UnitKind.Region).ToDictionary(u => u.Id);
        return new PolicyNames
        {
            Products = await Of(CodeList.Products),
            Channels = await Of(CodeList.Channels),
            Touchpoints = await Of(CodeList.Touchpoints),
            Measures = await Of(CodeList.Measures),
            Regions = regions.Values.ToDictionary(r => r.Code, r => r.Name),
            Teams = tree.Where(u => u is { Kind: UnitKind.Team, IsNoTeam: false }).ToDictionary(t => t.Id, t => $"{regions[t.ParentId!.Value].Name} ▸ {t.Name}"),
            People = (await people.PossibleOwners()).ToDictionary(p => p.Id, p => p.Name),
        };

        async Task<IReadOnlyDictionary<string, string>> Of(CodeList list) => (await codes.Find(list, null)).ToDictionary(c => c.Code, c => c.Name);
    }
}
