using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Live;

/// <summary>The newest low answers, each with its case.</summary>
public static class LiveNewestQuery
{
    private const int Limit = 8;
    private const int Days = 30;

    private static readonly StatementFamily<Reach> Newest = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT a.RespondedAt, a.Csat, a.Nps, a.Ces, a.Comment, u.Name AS {nameof(NewestRow.Region)}, p.Name AS {nameof(NewestRow.Product)},
               h.Name AS {nameof(NewestRow.Channel)}, g.Name AS {nameof(NewestRow.Agent)},
               m.Code AS {nameof(NewestRow.CustomerCode)}, m.Name AS {nameof(NewestRow.CustomerName)},
               c.Id AS {nameof(NewestRow.CaseId)}, c.Severity
        FROM Answers a
        JOIN Units u ON u.Id = a.RegionId
        JOIN Products p ON p.Id = a.ProductId
        JOIN Channels h ON h.Id = a.ChannelId
        LEFT JOIN People g ON g.Id = a.AgentId
        LEFT JOIN Customers m ON m.Id = a.CustomerId
        LEFT JOIN CaseAnswers ca ON ca.AnswerId = a.Id
        LEFT JOIN Cases c ON c.Id = ca.CaseId AND {RowPolicy.Cases(reach, "c")}
        WHERE a.IsLow = 1 AND a.RespondedAt >= @since AND {RowPolicy.Answers(reach, "a")}
        ORDER BY a.RespondedAt DESC
        {d.Limit("@limit")}
        """);

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

    /// <param name="forDisplay">Nothing in it may tell who the customer is.</param>
    internal static async Task<IReadOnlyList<LiveLowAnswer>> Read(Session session, Viewer viewer, bool forDisplay)
    {
        var rows = await session.Query<NewestRow>(Newest[viewer.Reach],
            RowPolicy.Parameters(viewer, new { since = session.Now.AddDays(-Days), limit = Limit }));
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
}
