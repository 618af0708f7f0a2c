using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// Who has a case open, among those who may see it. A screen says again and again that it is there; one that has not for
/// a while is gone, however it went. Kept in the database, so that every node sees all.
/// </summary>
public sealed class CasePresenceStore(Db db)
{
    /// <summary>How often a screen has to say that it is there, and how long it is believed.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(8), Believed = TimeSpan.FromSeconds(20);

    private static readonly Statement Mine = new($"""
        SELECT IsEditing AS {nameof(ScreenRow.IsEditing)}, SeenAt AS {nameof(ScreenRow.SeenAt)}
        FROM CasePresence WHERE CaseId = @caseId AND PersonId = @personId AND Screen = @screen
        """);

    private static readonly Statement Renew = new("""
        UPDATE CasePresence SET IsEditing = @isEditing, SeenAt = @now WHERE CaseId = @caseId AND PersonId = @personId AND Screen = @screen
        """);

    private static readonly Statement Enter = new("""
        INSERT INTO CasePresence (CaseId, PersonId, Screen, IsEditing, SeenAt) VALUES (@caseId, @personId, @screen, @isEditing, @now)
        """);

    private static readonly Statement Leave = new("""
        DELETE FROM CasePresence WHERE CaseId = @caseId AND PersonId = @personId AND Screen = @screen
        """);

    private static readonly Statement Forget = new("DELETE FROM CasePresence WHERE CaseId = @caseId AND SeenAt < @before");

    private static readonly StatementFamily<Reach> Others = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT p.Id AS {nameof(CasePresenceRow.PersonId)}, p.Name AS {nameof(CasePresenceRow.Name)},
            MAX(CASE WHEN x.IsEditing = 1 THEN 1 ELSE 0 END) AS {nameof(CasePresenceRow.IsEditing)}
        FROM CasePresence x JOIN Cases c ON c.Id = x.CaseId JOIN People p ON p.Id = x.PersonId
        WHERE x.CaseId = @caseId AND x.SeenAt > @since AND x.PersonId <> @self AND p.IsActive = 1 AND {RowPolicy.Cases(reach, "c")}
        GROUP BY p.Id, p.Name ORDER BY p.Name, p.Id
        """);

    /// <summary>A screen of the viewer shows the case. Who does not see the case any more is taken off it.</summary>
    /// <param name="screen">Tells one of the viewer's screens from another.</param>
    public Task Here(Viewer viewer, long caseId, string screen, bool isEditing, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (viewer.PersonId is not { } personId) return;
        var row = new { caseId, personId, screen, isEditing, now = s.Now };
        var before = await s.First<ScreenRow>(Mine, row);
        if (!await CaseSight.Sees(s, viewer, caseId))
        {
            if (await s.Execute(Leave, row) > 0) s.Changed(ChangeTopic.Presence);
            return;
        }
        if (await s.Execute(Renew, row) == 0) await s.Execute(Enter, row);
        // Only what others would see differently is news.
        if (before is not null && before.IsEditing == isEditing && before.SeenAt > s.Now - Believed) return;
        await s.Execute(Forget, new { caseId, before = s.Now - Believed });
        s.Changed(ChangeTopic.Presence);
    }, cancel);

    /// <summary>A screen of the viewer does not show the case any more.</summary>
    public Task Gone(Viewer viewer, long caseId, string screen, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (viewer.PersonId is { } personId && await s.Execute(Leave, new { caseId, personId, screen }) > 0) s.Changed(ChangeTopic.Presence);
    }, cancel);

    /// <summary>Who else has the case open; nobody where the viewer does not see it.</summary>
    public Task<IReadOnlyList<CasePresenceRow>> Read(Viewer viewer, long caseId, CancellationToken cancel = default) => db.Read(s =>
        s.Query<CasePresenceRow>(Others[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId, since = s.Now - Believed, self = viewer.PersonId ?? 0 })), cancel);

    private sealed record ScreenRow
    {
        public required bool IsEditing { get; init; }
        public required DateTimeOffset SeenAt { get; init; }
    }
}

public sealed record CasePresenceRow
{
    public required int PersonId { get; init; }
    public required string Name { get; init; }
    public required bool IsEditing { get; init; }
}
