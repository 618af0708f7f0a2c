namespace CxDesk.Data.Cases;

/// <summary>The causes that a company knows, each under a more general one or at the top. Pure.</summary>
public sealed class RootCauseTree
{
    /// <summary>More would be a maze, not a choice.</summary>
    public const int Deepest = 4;

    private readonly Dictionary<string, RootCauseRow> _byCode;
    private readonly Dictionary<int, RootCauseRow> _byId;
    private readonly ILookup<int?, RootCauseRow> _children;

    /// <param name="rows">In the order of their positions.</param>
    public RootCauseTree(IReadOnlyList<RootCauseRow> rows)
    {
        _byCode = rows.ToDictionary(r => r.Code);
        _byId = rows.ToDictionary(r => r.Id);
        _children = rows.ToLookup(r => r.ParentId);
    }

    /// <summary>Every cause, each before what belongs to it.</summary>
    public IEnumerable<RootCauseRow> All => _children[null].SelectMany(With);

    /// <summary>Those that may be chosen.</summary>
    public IEnumerable<RootCauseRow> InUse => All.Where(IsInUse);

    public RootCauseRow? Find(string code) => _byCode.GetValueOrDefault(code);

    public RootCauseRow? Find(int id) => _byId.GetValueOrDefault(id);

    public IEnumerable<RootCauseRow> ChildrenOf(int? parentId) => _children[parentId];

    /// <summary>A cause and what it belongs to, from the top. Where causes belong to each other in a ring, each once.</summary>
    public IReadOnlyList<RootCauseRow> PathOf(RootCauseRow row)
    {
        var path = new List<RootCauseRow> { row };
        var seen = new HashSet<int> { row.Id };
        while (path[0].ParentId is { } parent && seen.Add(parent)) path.Insert(0, _byId[parent]);
        return path;
    }

    /// <summary>Whether neither it nor what it belongs to is retired.</summary>
    public bool IsInUse(RootCauseRow row) => PathOf(row).All(r => !r.IsRetired);

    /// <summary>A cause and all that belongs to it.</summary>
    public IEnumerable<RootCauseRow> With(RootCauseRow row)
    {
        var (found, seen) = (new List<RootCauseRow>(), new HashSet<int>());
        Take(row);
        return found;

        void Take(RootCauseRow one)
        {
            if (!seen.Add(one.Id)) return;
            found.Add(one);
            foreach (var child in _children[one.Id]) Take(child);
        }
    }
}
