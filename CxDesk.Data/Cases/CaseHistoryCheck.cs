using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Proves, from the other side, that the history of cases ends with what they are: <c>db/checks/caseHistory.sql</c>.</summary>
public static class CaseHistoryCheck
{
    private static readonly Statement Differences = new(Embedded.Text("db/checks/caseHistory.sql"));

    /// <returns>The cases whose history is wrong; none when all is well.</returns>
    public static Task<IReadOnlyList<CaseHistoryDifference>> Run(Db db, CancellationToken cancel = default) =>
        db.Read(s => s.Query<CaseHistoryDifference>(Differences), cancel);
}

public sealed record CaseHistoryDifference
{
    public required long CaseId { get; init; }

    /// <summary><c>present</c>: it does not end with the case as it is; <c>gap</c>: it leaves off before that.</summary>
    public required string Wrong { get; init; }
}
