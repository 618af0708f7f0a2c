using System.Text.Json.Serialization;
using CxDesk.Data.Calendars;

namespace CxDesk.Data.Cases;

/// <summary>A case as a card or a line of the board shows it.</summary>
public record CaseBoardRow
{
    /// <summary>The columns of a row, from Cases <c>c</c> and what <see cref="Joins"/> adds to it.</summary>
    public const string Columns = $"""
        c.Id AS {nameof(Id)}, c.Status AS {nameof(Status)}, c.Severity AS {nameof(Severity)},
            c.OpenedAt AS {nameof(OpenedAt)}, c.DueAt AS {nameof(DueAt)}, c.WaitingSince AS {nameof(WaitingSince)},
            c.ResolvedAt AS {nameof(ResolvedAt)}, c.ResolvedInTime AS {nameof(ResolvedInTime)},
            c.OwnerId AS {nameof(OwnerId)}, o.Name AS {nameof(OwnerName)}, o.UserName AS {nameof(OwnerUserName)},
            c.RegionId AS {nameof(RegionId)}, r.Code AS {nameof(RegionCode)}, r.Name AS {nameof(RegionName)},
            t.Code AS {nameof(TeamCode)}, t.Name AS {nameof(TeamName)}, t.IsNoTeam AS {nameof(IsNoTeam)},
            p.Code AS {nameof(ProductCode)}, p.Name AS {nameof(ProductName)},
            g.AgentCode AS {nameof(AgentCode)}, g.Name AS {nameof(AgentName)},
            k.Code AS {nameof(CustomerCode)}, k.Name AS {nameof(CustomerName)}, c.Value12m AS {nameof(Value12m)},
            a.Csat AS {nameof(Csat)}, a.Nps AS {nameof(Nps)}, a.Ces AS {nameof(Ces)},
            a.Comment AS {nameof(Comment)}, c.EscalationLevel AS {nameof(EscalationLevel)}, c.RowVersion AS {nameof(Version)}
        """;

    public const string Joins = """
        JOIN Units r ON r.Id = c.RegionId JOIN Units t ON t.Id = c.TeamId JOIN Products p ON p.Id = c.ProductId JOIN Answers a ON a.Id = c.AnswerId
            LEFT JOIN People o ON o.Id = c.OwnerId LEFT JOIN People g ON g.Id = c.AgentId LEFT JOIN Customers k ON k.Id = c.CustomerId
        """;

    public required long Id { get; init; }
    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? WaitingSince { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required bool? ResolvedInTime { get; init; }
    public required int? OwnerId { get; init; }
    public required string? OwnerName { get; init; }
    public required string? OwnerUserName { get; init; }
    public required int RegionId { get; init; }
    public required string RegionCode { get; init; }
    public required string RegionName { get; init; }
    public required string TeamCode { get; init; }
    public required string TeamName { get; init; }
    public required bool IsNoTeam { get; init; }
    public required string ProductCode { get; init; }
    public required string ProductName { get; init; }
    public required string? AgentCode { get; init; }
    public required string? AgentName { get; init; }
    public required string? CustomerCode { get; init; }
    public required string? CustomerName { get; init; }
    public required decimal Value12m { get; init; }
    public required int? Csat { get; init; }
    public required int? Nps { get; init; }
    public required int? Ces { get; init; }

    /// <summary>What the customer wrote in the answer that opened the case.</summary>
    public required string? Comment { get; init; }
    public required int EscalationLevel { get; init; }
    public required int Version { get; init; }

    public string Reference => CaseReference.Of(Id);

    /// <summary>Time is not a write: whether a case is overdue is asked of the clock, never stored.</summary>
    public bool IsOverdue(DateTimeOffset now) => Status.IsTimed() && DueAt < now;
}

/// <summary>How many cases there are under a filter whatever its status. Overdue ones are counted in their status too.</summary>
public sealed record CaseCounts
{
    /// <summary>Under a filter cases are counted up to this, and then said to be at least so many.</summary>
    public const int Most = 1_000;

    public required int New { get; init; }
    public required int InProgress { get; init; }
    public required int Waiting { get; init; }

    /// <summary>Resolved on this day of the company's zone, closed or not.</summary>
    public required int ResolvedToday { get; init; }
    public required int Overdue { get; init; }

    /// <summary>The numbers above, by name, that are not exact: there may be more.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AtLeast { get; init; } = [];

    internal static CaseCounts Of(CaseCount fresh, CaseCount inProgress, CaseCount waiting, CaseCount resolvedToday, CaseCount overdue) => new()
    {
        New = Shown(fresh),
        InProgress = Shown(inProgress),
        Waiting = Shown(waiting),
        ResolvedToday = Shown(resolvedToday),
        Overdue = Shown(overdue),
        AtLeast =
        [
            .. from count in new (string Name, CaseCount Count)[]
               {
                   ("new", fresh), ("inProgress", inProgress), ("waiting", waiting), ("resolvedToday", resolvedToday), ("overdue", overdue),
               }
               where count.Count.IsAtLeast
               select count.Name,
        ],
    };

    private static int Shown(CaseCount count) => count.IsAtLeast ? Math.Min(count.N, Most) : count.N;

    public int Of(CaseStatus lane) => lane switch
    {
        CaseStatus.New => New,
        CaseStatus.InProgress => InProgress,
        CaseStatus.Waiting => Waiting,
        CaseStatus.Resolved or CaseStatus.Closed => ResolvedToday,
    };
}

/// <summary>What pages and lanes have in common.</summary>
public abstract record CaseBoardRead
{
    public required DateTimeOffset AsOf { get; init; }
    public required CaseCounts Counts { get; init; }

    /// <summary>The calendars of the rows' regions: what a screen needs to say how much time is left.</summary>
    public required IReadOnlyDictionary<int, BusinessCalendar> Calendars { get; init; }
}

public sealed record CaseBoardPage : CaseBoardRead
{
    public required IReadOnlyList<CaseBoardRow> Rows { get; init; }

    /// <summary>Null on the last page.</summary>
    public required CaseCursor? Next { get; init; }
}

/// <param name="Next">Null on the last page.</param>
public sealed record CaseRows(DateTimeOffset AsOf, IReadOnlyList<CaseBoardRow> Rows, CaseCursor? Next);

public sealed record CaseLanes : CaseBoardRead
{
    /// <summary>The lanes of the board; the last one holds what was resolved today, closed or not.</summary>
    public static readonly IReadOnlyList<CaseStatus> All = [CaseStatus.New, CaseStatus.InProgress, CaseStatus.Waiting, CaseStatus.Resolved];

    public required IReadOnlyDictionary<CaseStatus, IReadOnlyList<CaseBoardRow>> Rows { get; init; }
}

/// <summary>A unit or product that a filter can name.</summary>
public sealed record CaseChoice
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The region of a team; null for all else.</summary>
    public required string? Parent { get; init; }
}
