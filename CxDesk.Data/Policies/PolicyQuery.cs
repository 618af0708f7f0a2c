using CxDesk.Data.Database;

namespace CxDesk.Data.Policies;

/// <summary>Reads the policy in force, the draft, and what was in force before. A policy is the company's: whoever works in it may know it.</summary>
public sealed class PolicyQuery(Db db, PolicyBook policies)
{
    private const int Versions = 200;

    private static readonly Statement Draft = new("SELECT Document, UpdatedAt, UpdatedBy, RowVersion FROM PolicyDrafts WHERE Id = 1");

    private static readonly Statement History = new(d => $"""
        SELECT Version, Note, CreatedAt, CreatedBy FROM CasePolicies ORDER BY Version DESC {d.Limit("@most")}
        """);

    public Task<PolicyDesk> Read(CancellationToken cancel = default) => db.Read(async s =>
    {
        var row = await s.First<PolicyDraft>(Draft);
        return new PolicyDesk
        {
            InForce = (await policies.Present(s)).Policy,
            Draft = row?.Document is null ? null : row,
            DraftVersion = row?.RowVersion ?? 0,
            History = [.. await s.Query<PolicyVersionRow>(History, new { most = Versions }), PolicyVersionRow.First],
        };
    }, cancel);

    public Task<CasePolicy> InForce(CancellationToken cancel = default) => db.Read(async s => (await policies.Present(s)).Policy, cancel);

    /// <summary>An older policy, which must have been in force.</summary>
    public Task<CasePolicy> Version(int version, CancellationToken cancel = default) => db.Read(async s => (await policies.Of(s, version)).Policy, cancel);
}

/// <summary>All that the policy page begins with.</summary>
public sealed record PolicyDesk
{
    public required CasePolicy InForce { get; init; }

    /// <summary>Null: nobody is writing one.</summary>
    public required PolicyDraft? Draft { get; init; }

    /// <summary>What a save of the draft must name.</summary>
    public required int DraftVersion { get; init; }

    /// <summary>Newest first; the last is the one that the program came with.</summary>
    public required IReadOnlyList<PolicyVersionRow> History { get; init; }
}

/// <summary>The policy that is being written.</summary>
public sealed record PolicyDraft
{
    public required string? Document { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }
    public required int RowVersion { get; init; }

    public CasePolicy Policy => CasePolicy.FromJson(Document!);
}

public sealed record PolicyVersionRow
{
    /// <summary>Came with the program.</summary>
    public static readonly PolicyVersionRow First = new() { Version = CasePolicy.First.Version, Note = null, CreatedAt = null, CreatedBy = null };

    public required int Version { get; init; }
    public required string? Note { get; init; }
    public required DateTimeOffset? CreatedAt { get; init; }
    public required string? CreatedBy { get; init; }
}
