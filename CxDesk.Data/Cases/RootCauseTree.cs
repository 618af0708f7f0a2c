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
    public IEnumerable<RootCauseRow> All => Below(null);

    /// <summary>Those that may be chosen.</summary>
    public IEnumerable<RootCauseRow> InUse => All.Where(IsInUse);

    public RootCauseRow? Find(string code) => _byCode.GetValueOrDefault(code);

    public RootCauseRow? Find(int id) => _byId.GetValueOrDefault(id);

    public IEnumerable<RootCauseRow> ChildrenOf(int? parentId) => _children[parentId];

    /// <summary>A cause and what it belongs to, from the top.</summary>
    public IReadOnlyList<RootCauseRow> PathOf(RootCauseRow row)
    {
        var path = new List<RootCauseRow> { row };
        while (path[0].ParentId is { } parent) path.Insert(0, _byId[parent]);
        return path;
    }

    /// <summary>Whether neither it nor what it belongs to is retired.</summary>
    public bool IsInUse(RootCauseRow row) => PathOf(row).All(r => !r.IsRetired);

    /// <summary>A cause and all that belongs to it.</summary>
    public IEnumerable<RootCauseRow> With(RootCauseRow row) => Below(row.Id).Prepend(row);

    private IEnumerable<RootCauseRow> Below(int? parentId) => _children[parentId].SelectMany(With);
}
