using CxDesk.Data.Cases;

namespace CxDesk.Data.Policies;

/// <summary>What a policy would have done with the answers of the past, beside the one in force and beside what happened.</summary>
public sealed record Rehearsal
{
    /// <summary>Answers given within [From, To).</summary>
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>How long there were answers within that, in weeks; at least one.</summary>
    public required double Weeks { get; init; }
    public required int Answers { get; init; }

    public required RehearsedCases Draft { get; init; }
    public required RehearsedCases InForce { get; init; }
    public required RehearsedCases Happened { get; init; }

    /// <summary>Teams that would have got a case, or closed one; the most overloaded first, at most <see cref="MostTeams"/>.</summary>
    public required IReadOnlyList<RehearsedTeam> Teams { get; init; }

    /// <summary>Open cases that would change; the most urgent first, at most <see cref="MostOpenCases"/>.</summary>
    public required IReadOnlyList<RehearsedOpenCase> OpenCases { get; init; }

    /// <summary>How many those are in truth.</summary>
    public required int OpenCasesChanged { get; init; }

    public const int MostTeams = 100, MostOpenCases = 200;
}

/// <summary>How many cases there were in a run.</summary>
/// <param name="Opened">Cases opened.</param>
/// <param name="Joined">Answers that joined an open case.</param>
/// <param name="BySeverity">Cases opened, by the severity that they came to; critical first.</param>
/// <param name="ByTeam">Cases opened, by the team that they stand in.</param>
public sealed record RehearsedCases(int Opened, int Joined, IReadOnlyList<int> BySeverity, IReadOnlyDictionary<int, int> ByTeam)
{
    public int Of(CaseSeverity severity) => BySeverity[(int)severity - 1];
}

/// <summary>What a team would have had to do. All three figures are cases a week.</summary>
public sealed record RehearsedTeam
{
    public required int TeamId { get; init; }
    public required string Name { get; init; }
    public required string Region { get; init; }
    public required bool IsNoTeam { get; init; }
    public required double Opens { get; init; }
    public required double OpensInForce { get; init; }

    /// <summary>What the team really resolved.</summary>
    public required double Closes { get; init; }

    /// <summary>By more than a tenth, and a case a week at least: below that it is chance.</summary>
    public bool IsOverloaded => Opens > Closes * 1.1 && Opens >= Closes + 1;
}

/// <summary>An open case that the policy would treat otherwise.</summary>
public sealed record RehearsedOpenCase
{
    public required long CaseId { get; init; }
    public required string? Owner { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required CaseSeverity NewSeverity { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset NewDueAt { get; init; }

    /// <summary>Its rule is off: it would neither warn nor climb any more.</summary>
    public required bool IsSilent { get; init; }
}

/// <param name="Share">0 to 1.</param>
public readonly record struct RehearsalProgress(double Share);
