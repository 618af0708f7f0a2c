using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;

namespace CxDesk.Data.Cases;

/// <param name="Cases">Of how many cases somebody was reminded.</param>
/// <param name="People">How many people were reminded.</param>
public readonly record struct ReminderResult(int Cases, int People);

/// <summary>
/// Reminds the owner of a case, or whoever is responsible while it has none, at <c>NextWarningAt</c>: that its deadline is near,
/// that it has passed, that the customer's time is over. (Case, kind, deadline) is unique in the database, so each is said
/// once however often this runs; another deadline is another reminder. It changes nothing that a person sees of the case, and so
/// makes nobody's edit stale.
/// </summary>
public sealed class ReminderWriter(Db db)
{
    private const int BatchSize = 1000;

    private static readonly Statement FirstDue = new(d => $"""
        SELECT Id FROM Cases WHERE NextWarningAt <= @now ORDER BY NextWarningAt {d.Limit("@count")}
        """);

    private static readonly Statement Due = new(d => $"""
        SELECT Id, Status, Severity, DueAt, WaitingUntil, OwnerId, ResponsibleId, Breach, NextWarningAt
        FROM Cases
        WHERE NextWarningAt <= @now
        ORDER BY NextWarningAt {d.Limit("@count")}
        """);

    // From the very appointment that was read; whoever gave the case another one meanwhile is right.
    private static readonly Statement Move = new("UPDATE Cases SET NextWarningAt = @next WHERE Id = @id AND NextWarningAt = @was");

    private static readonly Statement Once = new("""
        INSERT INTO CaseReminders (CaseId, Topic, ForAt, PersonId, RemindedAt)
        SELECT c.Id, @topic, @forAt, COALESCE(c.OwnerId, c.ResponsibleId), @now FROM Cases c
        WHERE c.Id = @id AND NOT EXISTS (SELECT 1 FROM CaseReminders r WHERE r.CaseId = @id AND r.Topic = @topic AND r.ForAt = @forAt)
        """);

    /// <summary>Reminds of everything that is due. A sweep that finds nothing is one index seek.</summary>
    public async Task<ReminderResult> Sweep(CancellationToken cancel = default)
    {
        if (await db.Read(s => s.First<long?>(FirstDue, new { now = db.Now, count = 1 }), cancel) is null) return default;
        var (cases, news) = (0, CombinedNews.None);
        while (true)
        {
            var (reminded, grown, isFull) = await db.Write(s => Batch(s, news), cancel);
            cases += reminded;
            news = grown;
            if (!isFull) return new ReminderResult(cases, news.People);
        }
    }

    private static async Task<(int, CombinedNews, bool IsFull)> Batch(Session session, CombinedNews before)
    {
        var due = await session.Query<DueCase>(Due, new { now = session.Now, count = BatchSize });
        var (moved, reminded, news) = (0, 0, before);
        foreach (var item in due)
        {
            var (topic, forAt, next) = Reminder(item, session.Now);
            if (session.Prepare(Move, "next", "id", "was").Set(next, item.Id, item.NextWarningAt).Execute() == 0) continue;
            moved++;
            if (topic is not { } what || session.Prepare(Once, "topic", "forAt", "now", "id").Set((int)what, forAt, session.Now, item.Id).Execute() == 0) continue;
            reminded++;
            if ((item.OwnerId ?? item.ResponsibleId) is not { } personId) continue;
            var detail = new NoticeDetail { Breach = item.Breach, DueAt = what == NoticeTopic.WaitOver ? null : item.DueAt };
            news = news.Add(personId, EventOf(what), $"{CaseEventLog.Stored(what)}/{item.Id}/{forAt.ToUnixTimeMilliseconds()}", item.Id, item.Severity == CaseSeverity.Critical, detail);
        }
        await news.Tell(session, before);
        return (reminded, news, due.Count == BatchSize && moved > 0);
    }

    /// <summary>What is to be said now, of which instant, and when to look again. What lies further back than the deadline is overtaken by it.</summary>
    private static (NoticeTopic?, DateTimeOffset ForAt, DateTimeOffset? Next) Reminder(DueCase item, DateTimeOffset now) => item.Status switch
    {
        CaseStatus.Waiting when item.WaitingUntil is { } until => until <= now ? (NoticeTopic.WaitOver, until, null) : (null, until, until),
        CaseStatus.New or CaseStatus.InProgress => item.DueAt <= now ? (NoticeTopic.Overdue, item.DueAt, null) : (NoticeTopic.DueSoon, item.DueAt, item.DueAt),
        CaseStatus.Waiting or CaseStatus.Resolved or CaseStatus.Closed => (null, now, null),
    };

    private static NoticeEvent EventOf(NoticeTopic topic) => topic switch
    {
        NoticeTopic.DueSoon => NoticeEvent.CaseDueSoon,
        NoticeTopic.Overdue => NoticeEvent.CaseOverdue,
        NoticeTopic.WaitOver => NoticeEvent.CaseWaitOver,
        NoticeTopic.Assigned or NoticeTopic.Escalated or NoticeTopic.Reopened or NoticeTopic.HandedOver => throw new ArgumentOutOfRangeException(nameof(topic), topic, "is no reminder"),
    };

    private sealed record DueCase
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required DateTimeOffset? WaitingUntil { get; init; }
        public required int? OwnerId { get; init; }
        public required int? ResponsibleId { get; init; }
        public required int Breach { get; init; }
        public required DateTimeOffset NextWarningAt { get; init; }
    }
}
