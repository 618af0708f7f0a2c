using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>What moving a card into another lane does. The names are those of the buttons of a case (<c>data-do</c>).</summary>
public enum CaseMove
{
    Claim,

    /// <summary>Gives a case back to its queue.</summary>
    Release,
    Resume,

    /// <summary>These ask for something first, so they open their form.</summary>
    Wait, Resolve, Reopen,
}

/// <summary>Where a card may be moved. Pure; the writer decides again when it is done.</summary>
public static class CaseMoves
{
    /// <summary>The lane in which a case lies: closed ones lie with the resolved.</summary>
    public static CaseStatus Lane(this CaseBoardRow row) => row.Status == CaseStatus.Closed ? CaseStatus.Resolved : row.Status;

    /// <returns>Null where the case lies there already, or cannot go there at once.</returns>
    public static CaseMove? Into(this CaseBoardRow row, CaseStatus lane) => (row.Lane(), lane) switch
    {
        (CaseStatus.New, CaseStatus.InProgress) => CaseMove.Claim,
        (CaseStatus.InProgress, CaseStatus.New) => CaseMove.Release,
        (CaseStatus.New or CaseStatus.InProgress, CaseStatus.Waiting) => CaseMove.Wait,
        // Without an owner it goes back to new, never to in progress.
        (CaseStatus.Waiting, CaseStatus.InProgress) => row.OwnerId is null ? null : CaseMove.Resume,
        (CaseStatus.Waiting, CaseStatus.New) => row.OwnerId is null ? CaseMove.Resume : null,
        (CaseStatus.New or CaseStatus.InProgress or CaseStatus.Waiting, CaseStatus.Resolved) => CaseMove.Resolve,
        (CaseStatus.Resolved, CaseStatus.InProgress) => CaseMove.Reopen,
        _ => null,
    };

    /// <summary>All moves of a row as the page's script reads them: "inProgress:Claim waiting:Wait".</summary>
    public static string WrittenMoves(this CaseBoardRow row) => string.Join(' ',
        from lane in CaseLanes.All
        let move = row.Into(lane)
        where move is not null
        select $"{CaseEventLog.Stored(lane)}:{move}");

    /// <summary>The command of a move that asks for nothing; null for those that have a form.</summary>
    public static CaseCommand? Command(this CaseBoardRow row, CaseMove move) => move switch
    {
        CaseMove.Claim => new ClaimCase { CaseId = row.Id },
        CaseMove.Release => new EditCase { CaseId = row.Id, ExpectedVersion = row.Version, Owner = new OwnerChange(null) },
        CaseMove.Resume => new ResumeCase { CaseId = row.Id, ExpectedVersion = row.Version },
        CaseMove.Wait or CaseMove.Resolve or CaseMove.Reopen => null,
    };
}
