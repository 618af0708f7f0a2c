using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>The history of cases ends with what they are: <c>db/checks/caseHistory.sql</c>.</summary>
public sealed class CaseHistoryCheck : DatabaseCheck<CaseHistoryCheck, CaseHistoryDifference>, IDatabaseCheck
{
    public static Statement Differences { get; } = new(Embedded.Text("db/checks/caseHistory.sql"));
    public static string Wrong => "cases have a history that does not end with what they are";
}

public sealed record CaseHistoryDifference
{
    public required long CaseId { get; init; }

    /// <summary><c>present</c>: it does not end with the case as it is; <c>gap</c>: it leaves off before that.</summary>
    public required string Wrong { get; init; }
}
