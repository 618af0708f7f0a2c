using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <param name="Cases">How many cases were handed over.</param>
/// <param name="People">How many people got some.</param>
public readonly record struct HandOverResult(int Cases, int People);

/// <summary>
/// Gives open cases of whoever is gone, or has lost the region, to the next responsible person: the team's supervisor, the
/// region's manager, the named fallback. What nobody fits for is unowned, in the queue. A case is only moved from the very
/// version that was read, so this may run on two nodes at once.
/// </summary>
public sealed class HandOverWriter(Db db, Company company, CaseInvariant invariant, CaseResponsibility responsibility)
{
    private const int BatchSize = 500;

    private static readonly Statement Cases = new($"""
        SELECT c.Id, c.Status, c.Severity, c.DueAt, c.OwnerId, o.Name AS {nameof(HeldCase.OwnerName)}, c.ResponsibleId, r.Name AS {nameof(HeldCase.ResponsibleName)},
            c.EscalatedToId, e.Name AS {nameof(HeldCase.EscalatedToName)}, c.RegionId, c.TeamId, c.RowVersion
        FROM Cases c LEFT JOIN People o ON o.Id = c.OwnerId LEFT JOIN People r ON r.Id = c.ResponsibleId LEFT JOIN People e ON e.Id = c.EscalatedToId
        WHERE c.Id IN @ids AND c.Status < 4
        """);

    private static readonly Statement Move = new("""
        UPDATE Cases SET Status = @status, OwnerId = @ownerId, ResponsibleId = @responsibleId, EscalatedToId = @escalatedToId, UpdatedAt = @now, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    /// <summary>Hands over what stands wrongly now. Where nothing does, it only looks, by indexes.</summary>
    public async Task<HandOverResult> Run(CancellationToken cancel = default)
    {
        var wrong = (await invariant.Read(cancel)).Where(w => w.PersonId is not null).ToLookup(w => w.CaseId);
        var (cases, news) = (0, CombinedNews.None);
        foreach (var ids in wrong.Select(w => w.Key).Chunk(BatchSize))
        {
            var before = news;
            (var moved, news) = await db.Write(s => Batch(s, ids, wrong, before), cancel);
            cases += moved;
        }
        return new HandOverResult(cases, news.People);
    }

    private async Task<(int, CombinedNews)> Batch(Session session, long[] ids, ILookup<long, MisheldCase> wrong, CombinedNews before)
    {
        var line = await ReportingLines.On(session, company.DayOf(session.Now));
        var (moved, news) = (0, before);
        foreach (var item in await session.Query<HeldCase>(Cases, new { ids }))
        {
            // Whoever has it by now may be the right one.
            bool Lost(CaseHolder holder, int? personId) => personId is not null && wrong[item.Id].Any(w => w.Holder == holder && w.PersonId == personId);
            var (owner, responsible, escalated) = (Lost(CaseHolder.Owner, item.OwnerId), Lost(CaseHolder.Responsible, item.ResponsibleId), Lost(CaseHolder.EscalatedTo, item.EscalatedToId));
            if (!owner && !responsible && !escalated) continue;
            var next = owner || responsible ? await Next(session, item) : null;
            var (ownerId, responsibleId) = (owner ? next?.Id : item.OwnerId, responsible ? next?.Id : item.ResponsibleId);
            var climb = escalated ? line.Above(item.TeamId, item.RegionId, ownerId ?? responsibleId, item.EscalatedToId) : null;
            var after = item with
            {
                OwnerId = ownerId,
                ResponsibleId = responsibleId,
                EscalatedToId = escalated ? climb?.ToId : item.EscalatedToId,
                Status = ownerId is null && item.Status == CaseStatus.InProgress ? CaseStatus.New : item.Status,
            };
            var from = owner ? item.OwnerName : responsible ? item.ResponsibleName : item.EscalatedToName;
            if (!await Store(session, item, after, from, owner || responsible ? next?.Name : climb?.ToName)) continue;
            moved++;
            foreach (var personId in new[] { owner ? ownerId : null, responsible ? responsibleId : null, climb?.ToId }.OfType<int>().Distinct())
            {
                news = news.Add(personId, NoticeEvent.CaseHandedOver, $"handedOver/{item.Id}/{item.RowVersion}", item.Id, item.Severity == CaseSeverity.Critical, new NoticeDetail { By = from });
                // Who does not own it may see it only as a watcher.
                if (personId != ownerId && !await CaseWatchers.Has(session, item.Id, personId)) await CaseWatchers.Add(session, item.Id, personId);
            }
        }
        await news.Tell(session, before);
        if (moved > 0) session.Changed(ChangeTopic.Cases);
        return (moved, news);
    }

    private async Task<PossibleOwner?> Next(Session session, HeldCase item)
    {
        var day = company.DayOf(session.Now);
        // A team may have moved to another region since; then the region of the case decides.
        foreach (var unitId in new[] { item.TeamId, item.RegionId })
            if (await responsibility.Of(session, unitId, session.Now) is { } personId && await PossibleOwner.Find(session, personId, item.RegionId, day) is { HasAccess: true } fit) return fit;
        return null;
    }

    private static async Task<bool> Store(Session session, HeldCase item, HeldCase after, string? from, string? to)
    {
        if (await session.Execute(Move, new
        {
            id = item.Id, version = item.RowVersion, status = (int)after.Status, ownerId = after.OwnerId, responsibleId = after.ResponsibleId, escalatedToId = after.EscalatedToId, now = session.Now,
        }) == 0) return false;
        CaseTallies.Shift(session, item.Tally, after.Tally);
        CaseHistory.Keep(session, item.Id, session.Now);
        var detail = new CaseEventDetail { Owner = item.OwnerId == after.OwnerId ? null : new Shift(item.OwnerName, to), To = to };
        CaseEventLog.Add(session, item.Id, item.RowVersion + 1, session.Now, CaseEventName.HandedOver, Viewer.System, detail: detail);
        await Audit.Write(session, Viewer.System, "caseHandedOver", "case", item.Id, new { from, to, item.OwnerId, item.ResponsibleId, item.EscalatedToId, after = new { after.OwnerId, after.ResponsibleId, after.EscalatedToId } });
        return true;
    }

    private sealed record HeldCase
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int? OwnerId { get; init; }
        public required string? OwnerName { get; init; }
        public required int? ResponsibleId { get; init; }
        public required string? ResponsibleName { get; init; }
        public required int? EscalatedToId { get; init; }
        public required string? EscalatedToName { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int RowVersion { get; init; }

        public CaseTally Tally => new(RegionId, TeamId, Status, Severity, DueAt);
    }
}
