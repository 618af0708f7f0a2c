using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>The timeline of cases: one row for each thing that happened, written in the transaction that does it.</summary>
public static class CaseEventLog
{
    private static readonly Statement Insert = new("""
        INSERT INTO CaseEvents (CaseId, Version, HappenedAt, Event, ActorId, ActorName, Note, Detail)
        VALUES (@caseId, @version, @at, @event, @actorId, @actorName, @note, @detail)
        """);

    private static readonly Statement After = new($"""
        SELECT Id AS {nameof(CaseEventRow.Id)}, Version AS {nameof(CaseEventRow.Version)}, HappenedAt AS {nameof(CaseEventRow.HappenedAt)},
            Event AS {nameof(CaseEventRow.Name)}, ActorId AS {nameof(CaseEventRow.ActorId)}, ActorName AS {nameof(CaseEventRow.ActorName)},
            Note AS {nameof(CaseEventRow.Note)}, Detail AS {nameof(CaseEventRow.DetailJson)}
        FROM CaseEvents WHERE CaseId = @caseId AND Version > @version ORDER BY HappenedAt, Id
        """);

    // The newest as they were written, told in the order of time: history that is loaded comes in batches.
    private static readonly Statement Last = new(d => $"""
        SELECT Id AS {nameof(CaseEventRow.Id)}, Version AS {nameof(CaseEventRow.Version)}, HappenedAt AS {nameof(CaseEventRow.HappenedAt)},
            Event AS {nameof(CaseEventRow.Name)}, ActorId AS {nameof(CaseEventRow.ActorId)}, ActorName AS {nameof(CaseEventRow.ActorName)},
            Note AS {nameof(CaseEventRow.Note)}, Detail AS {nameof(CaseEventRow.DetailJson)}
        FROM CaseEvents WHERE CaseId = @caseId AND Id IN (SELECT x.Id FROM CaseEvents x WHERE x.CaseId = @caseId ORDER BY x.Id DESC {d.Limit("@most")})
        ORDER BY HappenedAt, Id
        """);

    private static readonly Statement Total = new("SELECT COUNT(*) FROM CaseEvents WHERE CaseId = @caseId");

    // Within a string of a detail a quote stands as \u0022, so this finds the property and no text.
    private static readonly Statement Ended = new($"""
        SELECT Id AS {nameof(CaseEventRow.Id)}, Version AS {nameof(CaseEventRow.Version)}, HappenedAt AS {nameof(CaseEventRow.HappenedAt)},
            Event AS {nameof(CaseEventRow.Name)}, ActorId AS {nameof(CaseEventRow.ActorId)}, ActorName AS {nameof(CaseEventRow.ActorName)},
            Note AS {nameof(CaseEventRow.Note)}, Detail AS {nameof(CaseEventRow.DetailJson)}
        FROM CaseEvents WHERE CaseId = @caseId AND HappenedAt >= @clockFrom AND Detail LIKE '%"waitingSince":%' ORDER BY HappenedAt, Id
        """);

    /// <summary>How details stand in a table: camelCase, names for enums, nothing for null.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="version">The RowVersion that the case has after the event.</param>
    public static void Add(
        Session session, long caseId, int version, DateTimeOffset at, CaseEventName name, Viewer actor, string? note = null, CaseEventDetail? detail = null)
    {
        session.Prepare(Insert, "caseId", "version", "at", "event", "actorId", "actorName", "note", "detail")
            .Set(caseId, version, at, Stored(name), actor.PersonId, actor.Name, note, detail is null ? null : JsonSerializer.Serialize(detail, Json))
            .Execute();
        // A case is found by its notes.
        if (note is not null) CaseSearch.Index(session, caseId);
    }

    /// <summary>The last things that happened to a case, in the order of time.</summary>
    public static Task<IReadOnlyList<CaseEventRow>> Newest(Session session, long caseId, int most) =>
        session.Query<CaseEventRow>(Last, new { caseId, most });

    public static Task<int> Count(Session session, long caseId) => session.Single<int>(Total, new { caseId });

    /// <summary>The pauses of a case's clock that have ended, however much else has happened since.</summary>
    public static async Task<IReadOnlyList<CasePause>> Pauses(Session session, long caseId, DateTimeOffset clockFrom) =>
        CaseClock.Pauses(await session.Query<CaseEventRow>(Ended, new { caseId, clockFrom }), clockFrom);

    /// <summary>What happened to a case since it had a version, in the order of time (history that is loaded comes in batches); since 0 it is everything.</summary>
    public static Task<IReadOnlyList<CaseEventRow>> Since(Session session, long caseId, int version) =>
        session.Query<CaseEventRow>(After, new { caseId, version });

    /// <summary>The word for a name of an enum, as it stands in tables and in the API.</summary>
    public static string Stored(Enum name) => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());

    internal static CaseEventDetail Read(string? json) =>
        (json is null ? null : JsonSerializer.Deserialize<CaseEventDetail>(json, Json)) ?? CaseEventDetail.None;
}

/// <summary>One line of a case's timeline.</summary>
public sealed record CaseEventRow
{
    public required long Id { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required CaseEventName Name { get; init; }
    public required int? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string? Note { get; init; }
    public required string? DetailJson { get; init; }

    public CaseEventDetail Detail => CaseEventLog.Read(DetailJson);
}

/// <summary>What an event did, as far as it applies to it; kept as JSON.</summary>
public sealed record CaseEventDetail
{
    public static readonly CaseEventDetail None = new();

    /// <summary>The answer that opened or joined.</summary>
    public long? AnswerId { get; init; }
    public Shift? Severity { get; init; }
    public Shift? Owner { get; init; }
    public Shift? Product { get; init; }

    /// <summary>The deadline that the event led to.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The deadline before, where the event counted it anew.</summary>
    public DateTimeOffset? DueWas { get; init; }

    /// <summary>The version of the region's calendar that it was counted anew by.</summary>
    public int? CalendarVersion { get; init; }

    /// <summary>The policy that the case goes by since.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>Until when the customer is waited for.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Since when the case had waited, where the event ended that.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Business minutes of the pause that ended.</summary>
    public int? PausedMinutes { get; init; }
    public string? RootCause { get; init; }

    /// <summary>The cause and what it belongs to, from the top: the name that it had, or the code of a usual one.</summary>
    public IReadOnlyList<string>? RootCausePath { get; init; }
    public ContactOutcome? ContactOutcome { get; init; }
    public bool? InTime { get; init; }

    /// <summary>Business minutes to resolution, pauses left out.</summary>
    public int? ElapsedMinutes { get; init; }

    /// <summary>The level of the hierarchy that the case climbed to.</summary>
    public int? Level { get; init; }

    /// <summary>Whom the case climbed or went to.</summary>
    public string? To { get; init; }

    /// <summary>The unit whose level it climbed to.</summary>
    public string? Unit { get; init; }

    /// <summary>The levels below that one which were skipped, and why.</summary>
    public IReadOnlyList<PassedOver>? PassedOver { get; init; }

    /// <summary>Who follows or followed, where it was not the actor.</summary>
    public string? Watcher { get; init; }
    public LinkedCase? Link { get; init; }
}

/// <summary>Another case, and what it is to the one in whose timeline this stands.</summary>
public sealed record LinkedCase(string Case, CaseLinkKind Kind);

/// <summary>A value as it was and as it is.</summary>
public sealed record Shift(string? From, string? To);
