using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Who follows a case: beside its row, and a reason to see it (<see cref="People.RowPolicy"/>).</summary>
internal static class CaseWatchers
{
    private static readonly Statement One = new("SELECT 1 FROM CaseWatchers WHERE CaseId = @caseId AND PersonId = @personId");
    private static readonly Statement Insert = new("INSERT INTO CaseWatchers (CaseId, PersonId) VALUES (@caseId, @personId)");
    private static readonly Statement Delete = new("DELETE FROM CaseWatchers WHERE CaseId = @caseId AND PersonId = @personId");
    private static readonly Statement Name = new("SELECT Name FROM People WHERE Id = @personId");

    public static async Task<bool> Has(Session session, long caseId, int personId) =>
        await session.First<int?>(One, new { caseId, personId }) is not null;

    public static Task Add(Session session, long caseId, int personId) => session.Execute(Insert, new { caseId, personId });

    public static Task Remove(Session session, long caseId, int personId) => session.Execute(Delete, new { caseId, personId });

    public static Task<string?> NameOf(Session session, int personId) => session.First<string>(Name, new { personId });
}
