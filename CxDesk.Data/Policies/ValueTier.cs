using CxDesk.Data.Database;

namespace CxDesk.Data.Policies;

/// <summary>
/// Who is worth most: tier A is a customer who spent something in 12 months and is among the top tenth by it. Those who spent
/// at least as much are no more than a tenth of all customers when the one ranked after that tenth spent less.
/// </summary>
public static class ValueTier
{
    private static readonly Statement CountAll = new("SELECT COUNT(*) FROM Customers");

    private static readonly Statement ValueAt = new(d => $"""
        SELECT Value12m FROM Customers WHERE Value12m IS NOT NULL ORDER BY Value12m DESC {d.Page("@rank", "1")}
        """);

    /// <summary>What a customer must have spent more than, as customers are known now.</summary>
    public static async Task<decimal> Limit(Session session) =>
        await session.First<decimal?>(ValueAt, new { rank = await session.Single<long>(CountAll) / 10 }) ?? 0;

    public static bool IsA(decimal? value12m, decimal limit) => value12m > 0 && value12m > limit;
}
