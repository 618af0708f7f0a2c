using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>The single answers behind a figure, newest first: the last level of the drill-down.</summary>
public static class AnswersQuery
{
    private static readonly StatementFamily<Shape> Page = new(Shape.All, (d, s) => $"""
        SELECT a.Id, a.RespondedAt, {s.Value} AS {nameof(AnswerRow.Value)}, a.Comment, t.Name AS {nameof(AnswerRow.Team)}, t.IsNoTeam AS {nameof(AnswerRow.IsNoTeam)},
               g.Name AS {nameof(AnswerRow.Agent)}, p.Name AS {nameof(AnswerRow.Product)}, h.Name AS {nameof(AnswerRow.Channel)},
               COALESCE(c.Name, c.Code) AS {nameof(AnswerRow.Customer)}, k.Id AS {nameof(AnswerRow.CaseId)}
        FROM Answers a
        {s.Values}
        JOIN Units t ON t.Id = a.TeamId
        JOIN Products p ON p.Id = a.ProductId
        JOIN Channels h ON h.Id = a.ChannelId
        LEFT JOIN People g ON g.Id = a.AgentId
        LEFT JOIN Customers c ON c.Id = a.CustomerId
        LEFT JOIN CaseAnswers ca ON ca.AnswerId = a.Id
        LEFT JOIN Cases k ON k.Id = ca.CaseId AND {RowPolicy.Cases(s.Reach, "k")}
        WHERE a.RespondedAt >= @from AND a.RespondedAt < @to AND {s.Value} IS NOT NULL AND {s.Under} AND {s.Subject}
          AND (@product IS NULL OR a.ProductId = @product) AND (@channel IS NULL OR a.ChannelId = @channel)
          AND (@segment IS NULL OR a.SegmentId = @segment) AND {RowPolicy.Answers(s.Reach, "a")}
          AND {(s.IsNext ? "a.RespondedAt <= @lastAt AND (a.RespondedAt < @lastAt OR a.Id < @lastId)" : "1 = 1")}
        ORDER BY a.RespondedAt DESC, a.Id DESC
        {d.Limit("@count")}
        """);

    /// <param name="after">The last row of the page before; null for the first page.</param>
    public static Task<IReadOnlyList<AnswerRow>> Read(Session session, Viewer viewer, AnswersFilter filter, AnswerRow? after = null, int count = 50)
    {
        var parameters = RowPolicy.Parameters(viewer, new
        {
            from = filter.From, to = filter.To, place = filter.Place.Id, agent = filter.AgentId, product = filter.ProductId, channel = filter.ChannelId, segment = filter.SegmentId,
            metric = filter.Indicator.MetricId, lastAt = after?.RespondedAt, lastId = after?.Id, count,
        });
        return session.Query<AnswerRow>(Page[new Shape(viewer.Reach, filter.Indicator.Kind, filter.Indicator.Scored ?? Metric.Csat, filter.Place.Kind, Shape.LeadOf(filter), after is not null)], parameters);
    }

    private enum Lead { Place, Agent, Product }

    /// <param name="Lead">Which index finds the answers.</param>
    private sealed record Shape(Reach Reach, RollupKind Kind, Metric Metric, UnitKind Place, Lead Lead, bool IsNext)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in RowPolicy.Reaches
            from kind in Enum.GetValues<RollupKind>()
            from metric in kind == RollupKind.Score ? Enum.GetValues<Metric>() : [Metric.Csat]
            from place in Enum.GetValues<UnitKind>()
            from lead in Enum.GetValues<Lead>()
            from next in (bool[])[false, true]
            select new Shape(reach, kind, metric, place, lead, next);

        public static Lead LeadOf(AnswersFilter filter) =>
            filter.AgentId is not null ? Lead.Agent : filter.ProductId is not null ? Lead.Product : Lead.Place;

        public string Value => Kind == RollupKind.Score ? $"a.{Metric}" : "v.Value";

        public string Values => Kind switch
        {
            RollupKind.Score => "",
            RollupKind.Rating => "JOIN AnswerRatings v ON v.AnswerId = a.Id AND v.AttributeId = @metric",
            RollupKind.Measure => "JOIN Measurements v ON v.SourceId = a.SourceId AND v.ExternalId = a.ExternalId AND v.MeasureId = @metric AND v.AnswerId = a.Id",
        };

        public string Under => Place switch
        {
            UnitKind.Company => "1 = 1",
            UnitKind.Region => "a.RegionId = @place",
            UnitKind.Team => "a.TeamId = @place",
        };

        public string Subject => Lead switch
        {
            Lead.Place => "1 = 1",
            Lead.Agent => "a.AgentId = @agent",
            Lead.Product => "a.ProductId = @product",
        };
    }
}

/// <param name="From">The first instant of the first day.</param>
/// <param name="To">The first instant of the day after the last.</param>
public sealed record AnswersFilter(UnitRow Place, Indicator Indicator, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Only what was answered about this agent.</summary>
    public int? AgentId { get; init; }

    /// <summary>Only what was answered about this product, whatever else they are about.</summary>
    public int? ProductId { get; init; }

    /// <summary>Only what came in through this channel.</summary>
    public int? ChannelId { get; init; }

    /// <summary>Only what customers of this segment answered.</summary>
    public int? SegmentId { get; init; }
}

public sealed record AnswerRow
{
    public required long Id { get; init; }
    public required DateTimeOffset RespondedAt { get; init; }

    /// <summary>Of the indicator that was asked for; of a measure what was measured with the answer.</summary>
    public required double Value { get; init; }
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
