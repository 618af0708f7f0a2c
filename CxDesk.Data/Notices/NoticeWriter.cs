using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Notices;

/// <summary>
/// Tells people things, in the transaction in which they happen: by the bell and through the <see cref="Outbox"/>, as each
/// has chosen. A notice with a key that is already there is not told again, whoever sends it; so a key must name the thing
/// itself (this case, this breach, this level, this deadline), never only its kind.
/// </summary>
public sealed class NoticeWriter(Db db)
{
    private static readonly Statement Add = new("""
        INSERT INTO Notices (PersonId, Event, CaseId, Detail, DedupKey, CreatedAt)
        SELECT p.Id, @Event, @CaseId, @Detail, @DedupKey, @At
        FROM People p WHERE p.Id = @PersonId AND NOT EXISTS (SELECT 1 FROM Notices n WHERE n.DedupKey = @DedupKey)
            AND NOT EXISTS (SELECT 1 FROM NoticePreferences c WHERE c.PersonId = p.Id AND c.Topic = @Topic AND c.ByBell = 0)
        """);

    private static readonly Statement Change = new("""
        UPDATE Notices SET Event = @Event, CaseId = @CaseId, Detail = @Detail, CreatedAt = @At, ReadAt = NULL WHERE DedupKey = @DedupKey
        """);

    private static readonly Statement Read = new("""
        UPDATE Notices SET ReadAt = @at WHERE PersonId = @personId AND ReadAt IS NULL AND Id = @id
        """);

    private static readonly Statement ReadAll = new("""
        UPDATE Notices SET ReadAt = @at WHERE PersonId = @personId AND ReadAt IS NULL AND Id <= @upTo
        """);

    /// <summary>Tells a person; when the key is already there, nothing happens.</summary>
    public static async Task Tell(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId = null, NoticeDetail? detail = null)
    {
        var news = News.Of(session, personId, what, dedupKey, caseId, detail);
        if (await session.Execute(Add, news) > 0) session.Changed(ChangeTopic.Notices);
        await Outbox.Queue(session, news);
    }

    /// <summary>Says more under a key that was told before: the notice is unread again, and what has not left yet says more too.</summary>
    public static async Task Retell(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId = null, NoticeDetail? detail = null)
    {
        var news = News.Of(session, personId, what, dedupKey, caseId, detail);
        if (await session.Execute(Change, news) > 0) session.Changed(ChangeTopic.Notices);
        await Outbox.Change(session, news);
    }

    /// <summary>Marks one of the viewer's own notices as read; somebody else's stays as it is.</summary>
    public Task MarkRead(Viewer viewer, long id) => Mark(Read, new { personId = viewer.PersonId, id, at = db.Now });

    /// <summary>Marks as read what the viewer has seen: all up to a notice, so that one which comes in meanwhile stays unread.</summary>
    public Task MarkAllRead(Viewer viewer, long upTo) => Mark(ReadAll, new { personId = viewer.PersonId, upTo, at = db.Now });

    private Task Mark(Statement statement, object parameters) => db.Write(async s =>
    {
        if (await s.Execute(statement, parameters) > 0) s.Changed(ChangeTopic.Notices);
    });
}
