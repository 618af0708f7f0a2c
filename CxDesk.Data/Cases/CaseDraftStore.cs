using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Where text is typed on a case. Stored as camelCase text.</summary>
public enum CaseDraftField { Note, Resolve, Wait, Reopen }

/// <summary>
/// What somebody has typed about a case and not sent. It is nobody else's business: no other sees it, and no board hears
/// of it.
/// </summary>
public sealed class CaseDraftStore(Db db)
{
    /// <summary>More is cut off; nothing that can be sent is longer.</summary>
    public const int Longest = 10_000;

    private static readonly StatementFamily<Reach> Own = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT d.Field AS {nameof(CaseDraftRow.Name)}, d.Body AS {nameof(CaseDraftRow.Text)}, d.UpdatedAt AS {nameof(CaseDraftRow.UpdatedAt)}
        FROM CaseDrafts d JOIN Cases c ON c.Id = d.CaseId
        WHERE d.PersonId = @personId AND d.CaseId = @caseId AND {RowPolicy.Cases(reach, "c")}
        ORDER BY d.UpdatedAt DESC, d.Field
        """);

    private static readonly Statement Update = new("""
        UPDATE CaseDrafts SET Body = @text, UpdatedAt = @at WHERE PersonId = @personId AND CaseId = @caseId AND Field = @field
        """);

    private static readonly Statement Insert = new("""
        INSERT INTO CaseDrafts (PersonId, CaseId, Field, Body, UpdatedAt) VALUES (@personId, @caseId, @field, @text, @at)
        """);

    private static readonly Statement Delete = new("""
        DELETE FROM CaseDrafts WHERE PersonId = @personId AND CaseId = @caseId AND Field = @field
        """);

    /// <summary>The viewer's own drafts on a case that they see, the newest first.</summary>
    public Task<IReadOnlyList<CaseDraftRow>> Read(Viewer viewer, long caseId, CancellationToken cancel = default) => viewer.PersonId is { } personId
        ? db.Read(s => s.Query<CaseDraftRow>(Own[viewer.Reach], RowPolicy.Parameters(viewer, new { personId, caseId })), cancel)
        : Task.FromResult<IReadOnlyList<CaseDraftRow>>([]);

    /// <summary>Keeps what has been typed so far; nothing but space takes the draft away.</summary>
    /// <returns>When it was kept.</returns>
    public Task<DateTimeOffset> Keep(Viewer viewer, long caseId, CaseDraftField field, string text, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (viewer.PersonId is not { } personId) return s.Now;
        if (string.IsNullOrWhiteSpace(text))
        {
            await Sent(s, viewer, caseId, field);
            return s.Now;
        }
        var row = new { personId, caseId, field = CaseEventLog.Stored(field), text = text.Length > Longest ? text[..Longest] : text, at = s.Now };
        if (await s.Execute(Update, row) == 0 && await CaseSight.Sees(s, viewer, caseId)) await s.Execute(Insert, row);
        return s.Now;
    }, cancel);

    /// <summary>A draft is over: it was sent, or thrown away.</summary>
    internal static Task Sent(Session session, Viewer viewer, long caseId, CaseDraftField field) => viewer.PersonId is { } personId
        ? session.Execute(Delete, new { personId, caseId, field = CaseEventLog.Stored(field) })
        : Task.CompletedTask;
}

public sealed record CaseDraftRow
{
    public required string Name { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public CaseDraftField Field => Enum.Parse<CaseDraftField>(Name, ignoreCase: true);
}
