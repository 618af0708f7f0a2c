using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Proves, from the other side, that tallies are what was counted: <c>db/checks/caseTallies.sql</c>.</summary>
public static class CaseTallyCheck
{
    private static readonly Statement Differences = new(Embedded.Text("db/checks/caseTallies.sql"));

    /// <returns>The tallies that differ from what they count; none when all is well.</returns>
    public static Task<IReadOnlyList<CaseTallyDifference>> Run(Db db, CancellationToken cancel = default) =>
        db.Read(s => s.Query<CaseTallyDifference>(Differences), cancel);
}

/// <summary>Each number is what was counted less what is stored.</summary>
public sealed record CaseTallyDifference
{
    /// <summary>1 month, 2 day.</summary>
    public required int Grain { get; init; }

    /// <summary>The first day, as text.</summary>
    public required string FromDay { get; init; }
    public required int RegionId { get; init; }
    public required int TeamId { get; init; }
    public required long New { get; init; }
    public required long InProgress { get; init; }
    public required long Waiting { get; init; }
    public required long Critical { get; init; }
}
