using CxDesk.Data.Cases;
using CxDesk.Data.Database;

namespace CxDesk.Data.Policies;

/// <summary>Reads stored answers as policies look at them.</summary>
internal sealed class PolicyAnswers
{
    private const string Columns = $"""
        a.Id AS {nameof(AnswerRow.AnswerId)}, a.ReceivedAt, a.Csat, a.Nps, a.Ces, a.ProductId, a.RegionId, a.TeamId, a.ChannelId, a.TouchpointId,
            a.Comment, a.CustomerId, k.Value12m, k.Segment, ca.CaseId, c.AnswerId AS {nameof(AnswerRow.OpenerId)}, c.ResolvedAt,
            c.TeamId AS {nameof(AnswerRow.CaseTeamId)}, c.Severity AS {nameof(AnswerRow.CaseSeverity)}
        """;

    private static readonly Statement FirstFrom = new("SELECT MIN(Id) FROM Answers WHERE RespondedAt >= @from");
    private static readonly Statement Newest = new("SELECT MAX(Id) FROM Answers");

    private static readonly Statement Window = new($"""
        SELECT {Columns}
        FROM Answers a LEFT JOIN Customers k ON k.Id = a.CustomerId LEFT JOIN CaseAnswers ca ON ca.AnswerId = a.Id LEFT JOIN Cases c ON c.Id = ca.CaseId
        WHERE a.Id >= @first AND a.Id < @next AND a.RespondedAt >= @from AND a.RespondedAt < @to
        ORDER BY a.Id
        """);

    private static readonly Statement OfCases = new($"""
        SELECT {Columns}
        FROM CaseAnswers ca JOIN Answers a ON a.Id = ca.AnswerId JOIN Cases c ON c.Id = ca.CaseId LEFT JOIN Customers k ON k.Id = a.CustomerId
        WHERE ca.CaseId IN @cases
        ORDER BY a.Id
        """);

    // What came with an answer has its identity: (SourceId, ExternalId) leads there by an index.
    private static readonly Statement WindowMeasures = new($"""
        SELECT a.Id AS {nameof(MeasureRow.AnswerId)}, m.MeasureId, m.Value
        FROM Answers a JOIN Measurements m ON m.SourceId = a.SourceId AND m.ExternalId = a.ExternalId AND m.AnswerId = a.Id
        WHERE a.Id >= @first AND a.Id < @next AND a.RespondedAt >= @from AND a.RespondedAt < @to
        """);

    private static readonly Statement CaseMeasures = new($"""
        SELECT a.Id AS {nameof(MeasureRow.AnswerId)}, m.MeasureId, m.Value
        FROM CaseAnswers ca JOIN Answers a ON a.Id = ca.AnswerId
            JOIN Measurements m ON m.SourceId = a.SourceId AND m.ExternalId = a.ExternalId AND m.AnswerId = a.Id
        WHERE ca.CaseId IN @cases
        """);

    private static readonly Statement Products = new("SELECT Id, Code FROM Products");
    private static readonly Statement Regions = new("SELECT Id, Code FROM Units WHERE Kind = 2");
    private static readonly Statement Channels = new("SELECT Id, Code FROM Channels");
    private static readonly Statement Touchpoints = new("SELECT Id, Code FROM Touchpoints");
    private static readonly Statement Measures = new("SELECT Id, Code FROM Measures");

    private readonly Dictionary<int, string> _products, _regions, _channels, _touchpoints, _measures;

    private PolicyAnswers(
        Dictionary<int, string> products, Dictionary<int, string> regions, Dictionary<int, string> channels, Dictionary<int, string> touchpoints, Dictionary<int, string> measures) =>
        (_products, _regions, _channels, _touchpoints, _measures) = (products, regions, channels, touchpoints, measures);

    /// <summary>With the codes as they are now.</summary>
    public static async Task<PolicyAnswers> Create(Session session) => new(
        await Codes(session, Products), await Codes(session, Regions), await Codes(session, Channels), await Codes(session, Touchpoints), await Codes(session, Measures));

    /// <summary>Between which ids (the second exclusive) answers lie that were given since an instant.</summary>
    public static async Task<(long First, long Next)> Ids(Session session, DateTimeOffset from) =>
        (await session.First<long?>(FirstFrom, new { from }) ?? 0, (await session.First<long?>(Newest) ?? -1) + 1);

    /// <summary>The answers of a range of ids that were given within [from, to), in the order in which they came in.</summary>
    public async Task<IReadOnlyList<AnswerRow>> Between(Session session, long first, long next, DateTimeOffset from, DateTimeOffset to, bool withMeasures)
    {
        var range = new { first, next, from, to };
        return await WithMeasures(session, await session.Query<AnswerRow>(Window, range), withMeasures ? WindowMeasures : null, range);
    }

    /// <summary>The answers that cases hold, in the order in which they came in.</summary>
    public async Task<IReadOnlyList<AnswerRow>> Of(Session session, IReadOnlyList<long> cases, bool withMeasures) =>
        await WithMeasures(session, await session.Query<AnswerRow>(OfCases, new { cases }), withMeasures ? CaseMeasures : null, new { cases });

    public AnswerFacts Facts(AnswerRow row) => new()
    {
        Csat = row.Csat,
        Nps = row.Nps,
        Ces = row.Ces,
        Product = _products[row.ProductId],
        Region = _regions[row.RegionId],
        Channel = _channels[row.ChannelId],
        Touchpoint = row.TouchpointId is { } id ? _touchpoints[id] : null,
        Comment = row.Comment,
        Operational = row.Operational,
    };

    private async Task<IReadOnlyList<AnswerRow>> WithMeasures(Session session, IReadOnlyList<AnswerRow> rows, Statement? statement, object parameters)
    {
        if (statement is null || rows.Count == 0) return rows;
        var byId = rows.ToDictionary(r => r.AnswerId);
        foreach (var measure in await session.Query<MeasureRow>(statement, parameters))
            if (byId.TryGetValue(measure.AnswerId, out var row)) (row.Operational ??= [])[_measures[measure.MeasureId]] = measure.Value;
        return rows;
    }

    private static async Task<Dictionary<int, string>> Codes(Session session, Statement statement) =>
        (await session.Query<CodeRow>(statement)).ToDictionary(r => r.Id, r => r.Code);

    internal sealed record AnswerRow
    {
        public required long AnswerId { get; init; }
        public required DateTimeOffset ReceivedAt { get; init; }
        public required int? Csat { get; init; }
        public required int? Nps { get; init; }
        public required int? Ces { get; init; }
        public required int ProductId { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int ChannelId { get; init; }
        public required int? TouchpointId { get; init; }
        public required string? Comment { get; init; }
        public required long? CustomerId { get; init; }

        /// <summary>As the customer's record has it now; likewise <see cref="Segment"/>.</summary>
        public required decimal? Value12m { get; init; }
        public required string? Segment { get; init; }

        /// <summary>The case that holds the answer in truth; null where none does. The others are of that case.</summary>
        public required long? CaseId { get; init; }
        public required long? OpenerId { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
        public required int? CaseTeamId { get; init; }
        public required CaseSeverity? CaseSeverity { get; init; }

        public Dictionary<string, double>? Operational { get; set; }
    }

    private sealed record MeasureRow
    {
        public required long AnswerId { get; init; }
        public required int MeasureId { get; init; }
        public required double Value { get; init; }
    }

    private sealed record CodeRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
    }
}
