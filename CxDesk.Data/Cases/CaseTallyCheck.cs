using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Tallies are what was counted: <c>db/checks/caseTallies.sql</c>.</summary>
public sealed class CaseTallyCheck : DatabaseCheck<CaseTallyCheck, CaseTallyDifference>, IDatabaseCheck
{
    public static Statement Differences { get; } = new(Embedded.Text("db/checks/caseTallies.sql"));
    public static string Wrong => "case tallies differ from the cases";
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
