using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>By whom a case stands wrongly. The numbers are those of <c>db/checks/caseHolders.sql</c>.</summary>
public enum CaseHolder { Owner = 1, Responsible = 2, EscalatedTo = 3, Team = 4 }

/// <summary>
/// No open case stands with somebody who is inactive or has no access to it: <c>db/checks/caseHolders.sql</c>. One query says
/// so in tests, every night and on /admin/health, and tells the hand-over what to do.
/// </summary>
public sealed class CaseInvariant(Db db, Company company)
{
    private static readonly Statement Wrong = new(Embedded.Text("db/checks/caseHolders.sql"));

    /// <returns>None when all is well.</returns>
    public Task<IReadOnlyList<MisheldCase>> Read(CancellationToken cancel = default) =>
        db.Read(s => s.Query<MisheldCase>(Wrong, new { today = company.DayOf(s.Now) }), cancel);
}

/// <summary>An open case that stands with the wrong person, or in a closed team.</summary>
public sealed record MisheldCase
{
    public required long CaseId { get; init; }
    public required CaseHolder Holder { get; init; }

    /// <summary>Null for a team.</summary>
    public required int? PersonId { get; init; }
}
