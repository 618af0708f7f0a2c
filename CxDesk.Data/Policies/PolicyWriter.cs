using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Policies;

/// <summary>
/// Writes the draft and switches it on. A policy that was in force never changes: switching on adds the next version. The
/// audit trail says who and what.
/// </summary>
public sealed class PolicyWriter(Db db, PolicyBook policies)
{
    private const string Entity = "policy";
    private const string DraftId = "draft";

    private static readonly Statement Start = new("""
        INSERT INTO PolicyDrafts (Id, Document, UpdatedAt, UpdatedBy, RowVersion)
        SELECT 1, @document, @at, @by, 1 WHERE NOT EXISTS (SELECT 1 FROM PolicyDrafts)
        """);

    private static readonly Statement Update = new("""
        UPDATE PolicyDrafts SET Document = @document, UpdatedAt = @at, UpdatedBy = @by, RowVersion = RowVersion + 1 WHERE Id = 1 AND RowVersion = @version
        """);

    private static readonly Statement Draft = new("SELECT Document FROM PolicyDrafts WHERE Id = 1 AND RowVersion = @version");

    // The row stays, so that its version goes on counting and a page that shows a dropped draft cannot save over another.
    private static readonly Statement Drop = new("""
        UPDATE PolicyDrafts SET Document = NULL, UpdatedAt = @at, UpdatedBy = @by, RowVersion = RowVersion + 1
        WHERE Id = 1 AND RowVersion = @version AND Document IS NOT NULL
        """);

    private static readonly Statement Newest = new("SELECT COALESCE(MAX(Version), 1) FROM CasePolicies");

    private static readonly Statement Add = new("""
        INSERT INTO CasePolicies (Version, Document, Note, CreatedAt, CreatedBy) VALUES (@version, @document, @note, @at, @by)
        """);

    private static readonly Statement FindPerson = new("SELECT COUNT(*) FROM People WHERE Id = @id AND IsActive = 1");
    private static readonly Statement FindTeam = new("SELECT COUNT(*) FROM Units WHERE Id = @id AND Kind = 3 AND IsActive = 1");

    /// <param name="version">The row version that was read (<see cref="PolicyDesk.DraftVersion"/>).</param>
    /// <returns>Its row version now.</returns>
    /// <exception cref="InvalidField">The policy cannot be kept, and why.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody wrote, dropped or switched on a draft since.</exception>
    public Task<int> SaveDraft(Viewer viewer, CasePolicy policy, int version, CancellationToken cancel = default) => db.Write(async s =>
    {
        await Check(s, policy);
        var (document, at, by) = (policy.ToJson(), s.Now, viewer.Name);
        var written = version == 0 ? await s.Execute(Start, new { document, at, by }) : await s.Execute(Update, new { document, at, by, version });
        if (written == 0) throw await Audit.Conflict(s, Entity, DraftId);
        await Audit.Write(s, viewer, "policyDrafted", Entity, DraftId, await Difference(s, policy));
        s.Changed(ChangeTopic.Policies);
        return version + 1;
    }, cancel);

    /// <exception cref="ChangedMeanwhile">Somebody wrote, dropped or switched on a draft since.</exception>
    public Task DropDraft(Viewer viewer, int version, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (await s.Execute(Drop, new { version, at = s.Now, by = viewer.Name }) == 0) throw await Audit.Conflict(s, Entity, DraftId);
        await Audit.Write(s, viewer, "policyDropped", Entity, DraftId);
        s.Changed(ChangeTopic.Policies);
    }, cancel);

    /// <summary>Puts the draft in force: answers from now on are judged by it, and open cases follow within a minute.</summary>
    /// <param name="note">Why, for the history.</param>
    /// <returns>The version that it got.</returns>
    /// <exception cref="InvalidField">The draft cannot be put in force, and why.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody wrote, dropped or switched on a draft since.</exception>
    public Task<int> SwitchOn(Viewer viewer, int version, string? note, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (note?.Length > 1000) throw new InvalidField("note", "TooLong", "note: at most 1,000 characters.");
        if (await s.First<string>(Draft, new { version }) is not { } document || await s.Execute(Drop, new { version, at = s.Now, by = viewer.Name }) == 0)
            throw await Audit.Conflict(s, Entity, DraftId);
        var policy = CasePolicy.FromJson(document);
        await Check(s, policy);     // its owner may have left since it was written
        var difference = await Difference(s, policy);
        if (difference.Count == 0) throw new InvalidField("rules", "Same", "rules: the draft says what is in force already.");
        var next = await s.Single<int>(Newest) + 1;
        await s.Execute(Add, new { version = next, document, note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(), at = s.Now, by = viewer.Name });
        await Audit.Write(s, viewer, "policySwitchedOn", Entity, next, difference);
        await Audit.Write(s, viewer, "policySwitchedOn", Entity, DraftId);
        s.Changed(ChangeTopic.Policies);
        return next;
    }, cancel);

    private async Task<IReadOnlyList<object>> Difference(Session session, CasePolicy policy) =>
        [.. PolicyDifference.Between((await policies.Present(session)).Policy, policy).Select(c => new
        {
            what = c.Kind.ToString(), rule = (c.After ?? c.Before)?.Key, severity = c.Severity?.ToString(),
        })];

    private static async Task Check(Session session, CasePolicy policy)
    {
        PolicyCheck.Demand(policy);
        await Check(session, policy.Owner, "owner");
        for (var i = 0; i < policy.Rules.Count; i++)
            if (policy.Rules[i].Owner is { } owner) await Check(session, owner, $"rules[{i}].owner");
    }

    private static async Task Check(Session session, PolicyOwner owner, string field)
    {
        if (owner.PersonId is { } personId && await session.Single<int>(FindPerson, new { id = personId }) == 0)
            throw new InvalidField($"{field}.personId", "Unknown", $"{field}.personId: no such active person.");
        if (owner.TeamId is { } teamId && await session.Single<int>(FindTeam, new { id = teamId }) == 0)
            throw new InvalidField($"{field}.teamId", "Unknown", $"{field}.teamId: no such active team.");
    }
}
