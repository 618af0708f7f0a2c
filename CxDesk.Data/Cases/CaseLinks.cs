using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// What cases have to do with each other. A pair stands once, under the lower number, so that two who link the same cases
/// at once meet at its key; a change stands in the timelines of both.
/// </summary>
internal static class CaseLinks
{
    private static readonly Statement KindOf = new("SELECT Kind FROM CaseLinks WHERE FirstId = @FirstId AND SecondId = @SecondId");
    private static readonly Statement Update = new("UPDATE CaseLinks SET Kind = @kind, LinkedAt = @at WHERE FirstId = @FirstId AND SecondId = @SecondId");
    private static readonly Statement Insert = new("INSERT INTO CaseLinks (FirstId, SecondId, Kind, LinkedAt) VALUES (@FirstId, @SecondId, @kind, @at)");
    private static readonly Statement Delete = new("DELETE FROM CaseLinks WHERE FirstId = @FirstId AND SecondId = @SecondId");

    private static readonly Statement TakeVersion = new(d => $"""
        UPDATE Cases SET UpdatedAt = @at, RowVersion = RowVersion + 1 {d.Output("RowVersion")} WHERE Id = @caseId {d.Returning("RowVersion")}
        """);

    /// <returns>What the other is to the case; null where they are not linked.</returns>
    public static async Task<CaseLinkKind?> Between(Session session, long caseId, long otherId)
    {
        var pair = Pair.Of(caseId, otherId);
        return await session.First<CaseLinkKind?>(KindOf, new { pair.FirstId, pair.SecondId }) is { } kind ? pair.From(caseId, kind) : null;
    }

    public static async Task Put(Session session, Viewer actor, long caseId, long otherId, CaseLinkKind kind, DateTimeOffset at)
    {
        var pair = Pair.Of(caseId, otherId);
        var row = new { pair.FirstId, pair.SecondId, kind = (int)pair.From(caseId, kind), at };
        if (await session.Execute(Update, row) == 0) await session.Execute(Insert, row);
        await Tell(session, actor, otherId, CaseEventName.Linked, new LinkedCase(CaseReference.Of(caseId), kind.FromTheOther()), at);
    }

    public static async Task Remove(Session session, Viewer actor, long caseId, long otherId, CaseLinkKind kind, DateTimeOffset at)
    {
        var pair = Pair.Of(caseId, otherId);
        await session.Execute(Delete, new { pair.FirstId, pair.SecondId });
        await Tell(session, actor, otherId, CaseEventName.Unlinked, new LinkedCase(CaseReference.Of(caseId), kind.FromTheOther()), at);
    }

    private static async Task Tell(Session session, Viewer actor, long caseId, CaseEventName name, LinkedCase link, DateTimeOffset at)
    {
        var version = await session.Single<int>(TakeVersion, new { caseId, at });
        CaseHistory.Keep(session, caseId, at);
        CaseEventLog.Add(session, caseId, version, at, name, actor, detail: new CaseEventDetail { Link = link });
    }

    private readonly record struct Pair(long FirstId, long SecondId)
    {
        public static Pair Of(long one, long other) => one < other ? new(one, other) : new(other, one);

        /// <summary>A kind that one end sees, as the first sees it; and the other way round.</summary>
        public CaseLinkKind From(long caseId, CaseLinkKind kind) => caseId == FirstId ? kind : kind.FromTheOther();
    }
}
