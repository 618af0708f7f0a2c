using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Live;

/// <summary>The newest low answers, or the newest comments, each with its case.</summary>
public static class LiveNewestQuery
{
    internal const int Limit = 8;
    internal const int Days = 30;

    // Among comments the narrowest index there is leads; among the low answers, which are few, that of the low ones.
    private static readonly StatementFamily<Shape> Newest = new(Shape.All, (d, s) => $"""
        SELECT a.RespondedAt, a.Csat, a.Nps, a.Ces, a.Comment, {(s.IsPast ? $"COALESCE({UnitHistory.NameOf("a.RegionId")}, u.Name)" : "u.Name")} AS {nameof(NewestRow.Region)}, p.Name AS {nameof(NewestRow.Product)},
               h.Name AS {nameof(NewestRow.Channel)}, g.Name AS {nameof(NewestRow.Agent)},
               m.Code AS {nameof(NewestRow.CustomerCode)}, m.Name AS {nameof(NewestRow.CustomerName)},
               c.Id AS {nameof(NewestRow.CaseId)}, {(s.IsPast ? "COALESCE(y.Severity, c.Severity) AS Severity" : "c.Severity")}
        FROM Answers a
        JOIN Units u ON u.Id = a.RegionId
        JOIN Products p ON p.Id = a.ProductId
        JOIN Channels h ON h.Id = a.ChannelId
        LEFT JOIN People g ON g.Id = a.AgentId
        LEFT JOIN Customers m ON m.Id = a.CustomerId
        LEFT JOIN CaseAnswers ca ON ca.AnswerId = a.Id
        LEFT JOIN Cases c ON c.Id = ca.CaseId AND {RowPolicy.Cases(s.Reach, "c")}{(s.IsPast ? " LEFT JOIN CaseHistory y ON y.CaseId = c.Id AND y.FromAt <= @at AND y.ToAt > @at" : "")}
        WHERE {s.What} AND a.RespondedAt >= @since{(s.IsPast ? " AND a.RespondedAt <= @latest AND a.ReceivedAt <= @at" : "")} AND {RowPolicy.Answers(s.Reach, "a")}
          AND (@RegionId IS NULL OR a.RegionId = @RegionId) AND (@TeamId IS NULL OR +a.TeamId = @TeamId) AND (@ProductId IS NULL OR +a.ProductId = @ProductId)
        ORDER BY a.RespondedAt DESC
        {d.Limit("@limit")}
        """);

    private static readonly Statement Teams = new("SELECT Id FROM Units WHERE ParentId = @RegionId");

    private sealed record NewestRow
    {
        public required DateTimeOffset RespondedAt { get; init; }
        public required int? Csat { get; init; }
        public required int? Nps { get; init; }
        public required int? Ces { get; init; }
        public required string? Comment { get; init; }
        public required string Region { get; init; }
        public required string Product { get; init; }
        public required string Channel { get; init; }
        public required string? Agent { get; init; }
        public required string? CustomerCode { get; init; }
        public required string? CustomerName { get; init; }
        public required long? CaseId { get; init; }
        public required CaseSeverity? Severity { get; init; }
    }

    private enum Lead { Low, Time, Team, Product }

    private sealed record Shape(Reach Reach, Lead Lead, bool IsPast)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in RowPolicy.Reaches from lead in Enum.GetValues<Lead>() from isPast in (bool[])[false, true] select new Shape(reach, lead, isPast);

        public string What => Lead switch
        {
            Lead.Low => "a.IsLow = 1",
            Lead.Time => "a.Comment IS NOT NULL",
            Lead.Team => "a.TeamId = @TeamId AND a.Comment IS NOT NULL",
            Lead.Product => "a.ProductId = @ProductId AND a.Comment IS NOT NULL",
        };

        public static Lead Of(LiveNewestFilter filter) => filter switch
        {
            { LowOnly: true } => Lead.Low,
            { Of.TeamId: not null } => Lead.Team,
            { Of.ProductId: not null } => Lead.Product,
            _ => Lead.Time,
        };
    }

    /// <param name="past">Null: what is stored now; else what had been received by then.</param>
    /// <param name="forDisplay">Nothing in it may tell who the customer is.</param>
    internal static async Task<IReadOnlyList<LiveLowAnswer>> Read(
        Session session, Viewer viewer, LiveNewestFilter filter, bool forDisplay, PastInstant? past = null)
    {
        // A region that is quiet beside the others would be looked for through all of theirs; its teams have an index.
        IReadOnlyList<NewestRow> rows = !filter.LowOnly && filter.Of is { RegionId: not null, TeamId: null, ProductId: null }
            ? [.. (await OfTeams(session, viewer, filter, past)).OrderByDescending(row => row.RespondedAt).Take(Limit)]
            : await Rows(session, viewer, filter, past);
        return [.. rows.Select(row => new LiveLowAnswer
        {
            At = row.RespondedAt,
            Csat = row.Csat,
            Nps = row.Nps,
            Ces = row.Ces,
            Comment = forDisplay ? PersonalData.Masked(row.Comment, row.CustomerName, row.CustomerCode) : row.Comment,
            Region = row.Region,
            Product = row.Product,
            Channel = row.Channel,
            Agent = row.Agent,
            Customer = forDisplay || row.CustomerCode is null ? null : new LiveCustomer(row.CustomerCode, row.CustomerName),
            Case = row.CaseId is { } id ? $"C-{id}" : null,
            Severity = row.Severity,
        })];
    }

    private static async Task<List<NewestRow>> OfTeams(Session session, Viewer viewer, LiveNewestFilter filter, PastInstant? past)
    {
        List<NewestRow> rows = [];
        foreach (var team in await session.Query<int>(Teams, new { filter.Of.RegionId }))
            rows.AddRange(await Rows(session, viewer, filter with { Of = filter.Of with { TeamId = team } }, past));
        return rows;
    }

    private static Task<IReadOnlyList<NewestRow>> Rows(Session session, Viewer viewer, LiveNewestFilter filter, PastInstant? past) =>
        session.Query<NewestRow>(Newest[new Shape(viewer.Reach, Shape.Of(filter), past is not null)], RowPolicy.Parameters(viewer,
            new { since = (past?.At ?? session.Now).AddDays(-Days), limit = Limit, at = past?.At, latest = past?.Latest, filter.Of.RegionId, filter.Of.TeamId, filter.Of.ProductId }));
}

/// <summary>Which of the newest answers.</summary>
/// <param name="LowOnly">The low ones, with a comment or without; else those with a comment, low or not.</param>
public sealed record LiveNewestFilter(bool LowOnly, BoardSubject Of);
