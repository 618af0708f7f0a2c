using CxDesk.Data.Database;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Ingest;

/// <summary>The answers of one write, with their ratings, measurements and customers.</summary>
internal sealed class AnswerStore(Session session, CompiledPolicy policy, CodeBook codes, CustomerRecords customers, MeasurementStore measurements, RollupWriter rollups)
{
    private static readonly Statement Find = new("SELECT Id FROM Answers WHERE SourceId = @sourceId AND ExternalId = @externalId");

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Answers (SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId,
            TouchpointId, CustomerId, SegmentId, Value12m, Csat, Nps, Ces, IsLow, Comment, Language)
        {d.Output("Id")}
        VALUES (@sourceId, @externalId, @respondedAt, @receivedAt, @day, @regionId, @teamId, @agentId, @productId, @channelId,
            @touchpointId, @customerId, @segmentId, @value12m, @csat, @nps, @ces, @isLow, @comment, @language)
        {d.Returning("Id")}
        """);

    private static readonly Statement InsertRating = new("INSERT INTO AnswerRatings (AnswerId, AttributeId, Value) VALUES (@answerId, @attributeId, @value)");

    private static readonly string[] Parameters =
    [
        "sourceId", "externalId", "respondedAt", "receivedAt", "day", "regionId", "teamId", "agentId", "productId", "channelId",
        "touchpointId", "customerId", "segmentId", "value12m", "csat", "nps", "ces", "isLow", "comment", "language",
    ];

    public bool IsKnown(IncomingResponse item) =>
        codes.Find(CodeKind.Source, item.Source) is { } sourceId &&
        session.Prepare(Find, "sourceId", "externalId").Set(sourceId, item.ExternalId).Id() is not null;

    /// <summary>Stores an answer that is not known yet.</summary>
    /// <returns>Null when it opens no case, whoever the customer is.</returns>
    public StoredAnswer? Add(IncomingResponse item, ServicePlace place, DateOnly day)
    {
        var sourceId = codes.Get(CodeKind.Source, item.Source);
        var receivedAt = item.ReceivedAt ?? session.Now;
        long? customerId = item.Customer is { } told ? customers.Store(told, item.RespondedAt) : null;
        var isLow = Metric.Csat.IsLow(item.Csat) || Metric.Nps.IsLow(item.Nps) || Metric.Ces.IsLow(item.Ces);
        var counted = new Counted(item.RespondedAt, day, place.RegionId!.Value, place.TeamId!.Value, place.AgentId,
            codes.Get(CodeKind.Product, item.Product), codes.Get(CodeKind.Channel, item.Channel),
            codes.GetIf(CodeKind.Segment, item.Customer?.Segment), item.Customer?.Value12m);

        var answerId = session.Prepare(Insert, Parameters).Set(
            sourceId, item.ExternalId, item.RespondedAt, receivedAt, day, counted.RegionId, counted.TeamId, counted.AgentId,
            counted.ProductId, counted.ChannelId, codes.GetIf(CodeKind.Touchpoint, item.Touchpoint), customerId, counted.SegmentId, counted.Value12m,
            item.Csat, item.Nps, item.Ces, isLow, item.Comment, item.Language).Id()
            ?? throw new InvalidOperationException("An answer was stored without an id.");

        if (item.Csat is { } csat) rollups.AddScore(counted, Metric.Csat, csat);
        if (item.Nps is { } nps) rollups.AddScore(counted, Metric.Nps, nps);
        if (item.Ces is { } ces) rollups.AddScore(counted, Metric.Ces, ces);
        AddRatings(answerId, item, counted);
        measurements.Add(answerId, sourceId, item, counted);
        return policy.MayOpen(Facts(item)) ? new StoredAnswer(item, answerId, counted, receivedAt, customerId) : null;
    }

    /// <summary>What a policy looks at in it.</summary>
    public static AnswerFacts Facts(IncomingResponse item) => new()
    {
        Csat = item.Csat,
        Nps = item.Nps,
        Ces = item.Ces,
        Product = item.Product,
        Region = item.Region,
        Channel = item.Channel,
        Touchpoint = item.Touchpoint,
        Comment = item.Comment,
        Operational = item.Operational,
    };

    private void AddRatings(long answerId, IncomingResponse item, in Counted counted)
    {
        foreach (var (attribute, rating) in item.Ratings)
        {
            var attributeId = codes.Get(CodeKind.Attribute, attribute);
            session.Prepare(InsertRating, "answerId", "attributeId", "value").Set(answerId, attributeId, rating).Execute();
            rollups.AddRating(counted, attributeId, rating);
        }
    }
}

/// <summary>An answer that was stored and may open a case.</summary>
internal sealed record StoredAnswer(IncomingResponse Item, long AnswerId, Counted At, DateTimeOffset ReceivedAt, long? CustomerId);
