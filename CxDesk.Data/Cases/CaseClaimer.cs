using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Gives somebody the most urgent case that nobody has.</summary>
public sealed class CaseClaimer(Db db, Company company, CaseWriter writer)
{
    private const int Few = 20, Tries = 5;

    // In the order of the board. What waits is unowned at times too, and is no work for now.
    private static readonly StatementFamily<Reach> Queue = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT c.Id FROM Cases c
        WHERE c.OwnerId IS NULL AND c.Status < 3 AND {RowPolicy.Cases(reach, "c")}
            AND EXISTS (SELECT 1 FROM People o WHERE o.Id = @ownerId AND o.IsActive = 1 AND {PossibleOwner.HasPlace("o", "c.RegionId")})
        ORDER BY c.Severity, c.DueAt, c.Value12m DESC, c.Id {d.Limit("@few")}
        """);

    /// <summary>
    /// Claims the most urgent open case without an owner that the actor sees and may take. Of two who ask at once each
    /// gets another one: the claim itself is decided by the row's version (<see cref="CaseWriter"/>), and whoever comes
    /// second looks on.
    /// </summary>
    /// <param name="ownerId">Who gets it; null: the actor. Without either there is nothing to take.</param>
    /// <returns>The case's id, or null where there is nothing to take.</returns>
    public Task<long?> Next(Viewer actor, int? ownerId = null, CancellationToken cancel = default) => db.Write<long?>(async s =>
    {
        if ((ownerId ?? actor.PersonId) is not { } owner) return null;
        for (var i = 0; i < Tries; i++)
        {
            var queue = await s.Query<long>(Queue[actor.Reach], RowPolicy.Parameters(actor, new { ownerId = owner, day = company.DayOf(s.Now), few = Few }));
            foreach (var id in queue)
                if (await writer.Do(s, actor, new ClaimCase { CaseId = id, OwnerId = owner }) is CaseResult.Done) return id;
            // All of them were taken since they were read: others stand in front now.
            if (queue.Count == 0) break;
        }
        return null;
    }, cancel);
}
