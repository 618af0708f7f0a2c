using System.Collections.Concurrent;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Ingest;

internal enum CodeKind { Source, Product, Channel, Touchpoint, Segment, Attribute, Measure, Agent, Region, NoTeam }

/// <summary>Ids of codes that are committed; forgotten when a unit, a person or a code changes.</summary>
internal sealed class CodeCache
{
    public CodeCache(ChangeSignal signal) => signal.Outdated += change =>
    {
        if (change.Topics.Contains(ChangeTopic.Units)) Known = new();
    };

    // A new dictionary, not a cleared one: a write that began before the change must not put its finds into it.
    public ConcurrentDictionary<(CodeKind, string), int> Known { get; private set; } = new();
}

/// <summary>
/// The codes of one write. A code not seen before is created, to be placed; a region with the team of those who have
/// none. What was found or made is remembered for later writes by <see cref="Keep"/>, once this one is committed.
/// </summary>
internal sealed class CodeBook(Session session, CodeCache cache)
{
    private static readonly IReadOnlyList<CodeKind> Kinds = Enum.GetValues<CodeKind>();

    private static readonly StatementFamily<CodeKind> FindCode = new(Kinds, (_, kind) => kind switch
    {
        CodeKind.Agent => "SELECT Id FROM People WHERE AgentCode = @code",
        CodeKind.Region => "SELECT Id FROM Units WHERE Kind = 2 AND Code = @code",
        CodeKind.NoTeam => "SELECT t.Id FROM Units t JOIN Units r ON r.Id = t.ParentId WHERE t.IsNoTeam = 1 AND r.Kind = 2 AND r.Code = @code",
        _ => $"SELECT Id FROM {Table(kind)} WHERE Code = @code",
    });

    private static readonly StatementFamily<CodeKind> AddCode = new(Kinds, (d, kind) => kind switch
    {
        CodeKind.Agent => $"INSERT INTO People (Name, AgentCode, Role, IsPlaced) {d.Output("Id")} VALUES (@code, @code, 1, 0) {d.Returning("Id")}",
        CodeKind.Region => $"INSERT INTO Units (ParentId, Kind, Code, Name, IsPlaced) {d.Output("Id")} VALUES (1, 2, @code, @code, 0) {d.Returning("Id")}",
        CodeKind.NoTeam => $"""
            INSERT INTO Units (ParentId, Kind, Code, Name, IsNoTeam) {d.Output("Id")}
            SELECT r.Id, 3, CONCAT(r.Code, '/no-team'), 'no team', 1 FROM Units r WHERE r.Kind = 2 AND r.Code = @code {d.Returning("Id")}
            """,
        _ => $"INSERT INTO {Table(kind)} (Code, Name, IsPlaced) {d.Output("Id")} VALUES (@code, @code, 0) {d.Returning("Id")}",
    });

    private readonly ConcurrentDictionary<(CodeKind, string), int> _known = cache.Known;
    private readonly Dictionary<(CodeKind, string), int> _found = [];

    /// <summary>Whether this write created a code.</summary>
    public bool MadeAny { get; private set; }

    /// <returns>Null for a code not seen before.</returns>
    public int? Find(CodeKind kind, string code)
    {
        if (_known.TryGetValue((kind, code), out var id) || _found.TryGetValue((kind, code), out id)) return id;
        if (session.Prepare(FindCode[kind], "code").Set(code).Id() is not { } stored) return null;
        return _found[(kind, code)] = (int)stored;
    }

    public int Get(CodeKind kind, string code)
    {
        if (Find(kind, code) is { } known) return known;
        var id = session.Prepare(AddCode[kind], "code").Set(code).Id() ?? throw new InvalidOperationException($"The {kind} '{code}' was stored without an id.");
        MadeAny = true;
        if (kind == CodeKind.Region) Get(CodeKind.NoTeam, code);
        return _found[(kind, code)] = (int)id;
    }

    /// <returns>Null for no code.</returns>
    public int? GetIf(CodeKind kind, string? code) => code is null ? null : Get(kind, code);

    public void Keep()
    {
        foreach (var (code, id) in _found) _known[code] = id;
    }

    private static string Table(CodeKind kind) => kind switch
    {
        CodeKind.Source => "Sources",
        CodeKind.Product => "Products",
        CodeKind.Channel => "Channels",
        CodeKind.Touchpoint => "Touchpoints",
        CodeKind.Segment => "Segments",
        CodeKind.Attribute => "Attributes",
        CodeKind.Measure => "Measures",
        CodeKind.Agent => "People",
        CodeKind.Region or CodeKind.NoTeam => "Units",
    };
}
