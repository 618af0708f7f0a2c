using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Whether somebody sees one case, asked before something is written beside it.</summary>
internal static class CaseSight
{
    private static readonly StatementFamily<Reach> Seen = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT c.Id FROM Cases c WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    public static async Task<bool> Sees(Session session, Viewer viewer, long caseId) =>
        await session.First<long?>(Seen[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId })) is not null;
}
