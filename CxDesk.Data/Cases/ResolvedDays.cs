using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>How often the cases resolved on a day of UTC have changed. Who has summed them knows by it whether they are still the same.</summary>
internal static class ResolvedDays
{
    private static readonly Statement Next = new("UPDATE ResolvedDays SET Version = Version + 1 WHERE Day = @day");
    private static readonly Statement First = new("INSERT INTO ResolvedDays (Day, Version) VALUES (@day, 1)");

    /// <summary>Whoever changes a case says so in the same transaction; what is said of a resolved case alone counts.</summary>
    public static async Task Touch(Session session, CaseState before, CaseState after)
    {
        if (Resolved(before) == Resolved(after)) return;
        DateTimeOffset?[] at = [before.ResolvedAt, after.ResolvedAt];
        // In one order, so that writers on two nodes do not lock each other out.
        foreach (var day in at.OfType<DateTimeOffset>().Select(t => DateOnly.FromDateTime(t.UtcDateTime)).Distinct().Order())
            if (await session.Execute(Next, new { day }) == 0) await session.Execute(First, new { day });

        static (DateTimeOffset, bool?, int, int, int)? Resolved(CaseState state) =>
            state.ResolvedAt is { } at ? (at, state.ResolvedInTime, state.RegionId, state.TeamId, state.ProductId) : null;
    }
}
