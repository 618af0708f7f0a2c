using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Ingest;

/// <summary>
/// The measurements of one write, those sent by themselves and those that come with an answer, under whose identity
/// they stand. A measure is counted once for an identity, whichever way it came first.
/// </summary>
internal sealed class MeasurementStore(Session session, CodeBook codes, RollupWriter rollups)
{
    private static readonly Statement FindOwn = new("""
        SELECT Id FROM Measurements
        WHERE SourceId = @sourceId AND ExternalId = @externalId AND (MeasureId = @measureId OR AnswerId IS NULL)
        """);

    private static readonly Statement FindAny = new("SELECT MIN(MeasureId) FROM Measurements WHERE SourceId = @sourceId AND ExternalId = @externalId");

    private static readonly Statement FindMeasures = new("SELECT MeasureId FROM Measurements WHERE SourceId = @sourceId AND ExternalId = @externalId");

    private static readonly Statement Insert = new("""
        INSERT INTO Measurements (SourceId, ExternalId, MeasureId, MeasuredAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, Value, Observations, AnswerId)
        VALUES (@sourceId, @externalId, @measureId, @measuredAt, @receivedAt, @day, @regionId, @teamId, @agentId, @productId, @channelId, @value, @observations, @answerId)
        """);

    private static readonly string[] Parameters =
    [
        "sourceId", "externalId", "measureId", "measuredAt", "receivedAt", "day",
        "regionId", "teamId", "agentId", "productId", "channelId", "value", "observations", "answerId",
    ];

    public bool IsKnown(IncomingMeasurement item) =>
        codes.Find(CodeKind.Source, item.Source) is { } sourceId &&
        session.Prepare(FindOwn, "sourceId", "externalId", "measureId")
            .Set(sourceId, item.ExternalId, codes.Find(CodeKind.Measure, item.Measure) ?? 0).Id() is not null;

    /// <summary>Stores a measurement that is not known yet.</summary>
    public void Add(IncomingMeasurement item, ServicePlace place, DateOnly day)
    {
        var counted = new Counted(item.At, day, place.RegionId ?? 0, place.TeamId ?? 0, place.AgentId,
            codes.GetIf(CodeKind.Product, item.Product), codes.GetIf(CodeKind.Channel, item.Channel));
        Store(codes.Get(CodeKind.Source, item.Source), item.ExternalId, codes.Get(CodeKind.Measure, item.Measure),
            item.ReceivedAt ?? session.Now, counted, item.Value, item.Count, answerId: null);
    }

    /// <summary>Stores what an answer brought along, except for measures that its identity was already measured by.</summary>
    public void Add(long answerId, int sourceId, IncomingResponse item, in Counted counted)
    {
        if (item.Operational.Count == 0) return;
        var known = Measures(sourceId, item.ExternalId);
        foreach (var (measure, value) in item.Operational)
        {
            var measureId = codes.Get(CodeKind.Measure, measure);
            if (known is null || !known.Contains(measureId))
                Store(sourceId, item.ExternalId, measureId, item.ReceivedAt ?? session.Now, counted, value, 1, answerId);
        }
    }

    private void Store(int sourceId, string externalId, int measureId, DateTimeOffset receivedAt, in Counted at, double value, int observations, long? answerId)
    {
        session.Prepare(Insert, Parameters).Set(
            sourceId, externalId, measureId, at.At, receivedAt, at.Day, at.RegionId == 0 ? null : at.RegionId, at.TeamId == 0 ? null : at.TeamId,
            at.AgentId, at.ProductId, at.ChannelId, value, observations, answerId).Execute();
        rollups.AddMeasurement(at, measureId, value, observations);
    }

    private List<int>? Measures(int sourceId, string externalId)
    {
        // Almost always there is none.
        if (session.Prepare(FindAny, "sourceId", "externalId").Set(sourceId, externalId).Id() is null) return null;
        var known = new List<int>();
        using var reader = session.Prepare(FindMeasures, "sourceId", "externalId").Set(sourceId, externalId).Read();
        while (reader.Read()) known.Add(reader.GetInt32(0));
        return known;
    }
}
