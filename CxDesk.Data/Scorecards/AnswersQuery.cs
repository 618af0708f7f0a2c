using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>The single answers behind a figure, newest first: the last level of the drill-down.</summary>
public static class AnswersQuery
{
    private static readonly StatementFamily<Shape> Page = new(Shape.All, (d, s) => $"""
        SELECT a.Id, a.RespondedAt, a.Csat, a.Nps, a.Ces, a.Comment, t.Name AS {nameof(AnswerRow.Team)}, t.IsNoTeam AS {nameof(AnswerRow.IsNoTeam)},
               g.Name AS {nameof(AnswerRow.Agent)}, p.Name AS {nameof(AnswerRow.Product)}, h.Name AS {nameof(AnswerRow.Channel)},
               COALESCE(c.Name, c.Code) AS {nameof(AnswerRow.Customer)}, k.Id AS {nameof(AnswerRow.CaseId)}
        FROM Answers a
        JOIN Units t ON t.Id = a.TeamId
        JOIN Products p ON p.Id = a.ProductId
        JOIN Channels h ON h.Id = a.ChannelId
        LEFT JOIN People g ON g.Id = a.AgentId
        LEFT JOIN Customers c ON c.Id = a.CustomerId
        LEFT JOIN CaseAnswers ca ON ca.AnswerId = a.Id
        LEFT JOIN Cases k ON k.Id = ca.CaseId AND {RowPolicy.Cases(s.Reach, "k")}
        WHERE a.RespondedAt >= @from AND a.RespondedAt < @to AND {s.Scored} AND {s.Under} AND {s.Subject}{(s.OfProduct ? " AND a.ProductId = @product" : "")} AND {RowPolicy.Answers(s.Reach, "a")}
          AND {(s.IsNext ? "a.RespondedAt <= @lastAt AND (a.RespondedAt < @lastAt OR a.Id < @lastId)" : "1 = 1")}
        ORDER BY a.RespondedAt DESC, a.Id DESC
        {d.Limit("@count")}
        """);

    /// <param name="after">The last row of the page before; null for the first page.</param>
    public static Task<IReadOnlyList<AnswerRow>> Read(Session session, Viewer viewer, AnswersFilter filter, AnswerRow? after = null, int count = 50)
    {
        var parameters = RowPolicy.Parameters(viewer, new
        {
            from = filter.From, to = filter.To, place = filter.Place.Id, about = filter.AboutId, product = filter.ProductId, lastAt = after?.RespondedAt, lastId = after?.Id, count,
        });
        return session.Query<AnswerRow>(Page[new Shape(viewer.Reach, filter.Metric, filter.Place.Kind, filter.About, filter.ProductId is not null, after is not null)], parameters);
    }

    private sealed record Shape(Reach Reach, Metric Metric, UnitKind Place, RollupAxis? About, bool OfProduct, bool IsNext)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in RowPolicy.Reaches
            from metric in Enum.GetValues<Metric>()
            from place in Enum.GetValues<UnitKind>()
            from about in (RollupAxis?[])[null, RollupAxis.Agent, RollupAxis.Product, RollupAxis.Channel, RollupAxis.Segment]
            from ofProduct in (bool[])[false, true]
            from next in (bool[])[false, true]
            select new Shape(reach, metric, place, about, ofProduct, next);

        public string Scored => $"a.{Metric} IS NOT NULL";

        public string Under => Place switch
        {
            UnitKind.Company => "1 = 1",
            UnitKind.Region => "a.RegionId = @place",
            UnitKind.Team => "a.TeamId = @place",
        };

        public string Subject => About is not { } about ? "1 = 1" : about switch
        {
            RollupAxis.Team => "a.TeamId = @about",
            RollupAxis.Agent => "a.AgentId = @about",
            RollupAxis.Product => "a.ProductId = @about",
            RollupAxis.Channel => "a.ChannelId = @about",
            RollupAxis.Segment => "a.SegmentId = @about",
        };
    }
}

/// <param name="From">The first instant of the first day.</param>
/// <param name="To">The first instant of the day after the last.</param>
public sealed record AnswersFilter(UnitRow Place, Metric Metric, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Agent, product, channel or segment; null for all answers of the place.</summary>
    public RollupAxis? About { get; init; }
    public int AboutId { get; init; }

    /// <summary>Only what was answered about this product, whatever else they are about.</summary>
    public int? ProductId { get; init; }
}

public sealed record AnswerRow
{
    public required long Id { get; init; }
    public required DateTimeOffset RespondedAt { get; init; }
    public required int? Csat { get; init; }
    public required int? Nps { get; init; }
    public required int? Ces { get; init; }
    public required string? Comment { get; init; }
    public required string Team { get; init; }
    public required bool IsNoTeam { get; init; }
    public required string? Agent { get; init; }
    public required string Product { get; init; }
    public required string Channel { get; init; }
    public required string? Customer { get; init; }

    /// <summary>The case it opened or joined, where the viewer may see that.</summary>
    public required long? CaseId { get; init; }
}
