using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;

namespace CxDesk.Data.Notices;

/// <summary>One thing to tell one person, as the statements that store it take it.</summary>
internal sealed record News
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required int PersonId { get; init; }
    public required string Event { get; init; }
    public required int Topic { get; init; }

    /// <summary>The topic as a webhook chooses it.</summary>
    public required int TopicBit { get; init; }
    public required string DedupKey { get; init; }
    public string MailKey => "mail/" + DedupKey;
    public required long? CaseId { get; init; }
    public required string? Detail { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it may leave: what is about several cases a little later, since it may still grow in the same sweep.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public static News Of(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId, NoticeDetail? detail) => new()
    {
        PersonId = personId,
        Event = JsonNamingPolicy.CamelCase.ConvertName(what.ToString()),
        Topic = (int)(what.TopicOf() ?? 0),
        TopicBit = what.TopicOf()?.Bit() ?? 0,
        DedupKey = dedupKey,
        CaseId = caseId,
        Detail = detail is null ? null : JsonSerializer.Serialize(detail, Json),
        At = session.Now,
        NextAt = caseId is null ? session.Now + Outbox.Gathering : session.Now,
    };
}
