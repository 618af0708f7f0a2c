using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxDesk.Data.Ingest;

/// <summary>How the rows of a file become answers and measurements: docs/import-mapping.md.</summary>
public sealed record ImportMapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new FieldRuleConverter(), new OpenCasesConverter() },
    };

    private static readonly HashSet<string> ResponseFields =
    [
        "externalId", "source", "respondedAt", "channel", "touchpoint", "product", "region", "agent", "comment", "language",
        "customer.id", "customer.name", "customer.segment", "customer.value12m", "customer.phone", "customer.email", "customer.language", "customer.noContact",
        "scores.csat", "scores.nps", "scores.ces",
    ];

    private static readonly HashSet<string> MeasurementFields =
        ["externalId", "source", "measure", "at", "region", "product", "agent", "channel", "value", "count"];

    /// <summary>As the file is written; what is not in it rejects its row.</summary>
    public string Encoding { get; init; } = "utf-8";

    public string Delimiter { get; init; } = ",";

    /// <summary>IANA zone of times without an offset; the company's where there is none.</summary>
    public string? Zone { get; init; }

    public OpenCases OpenCases { get; init; } = new(null, None: false);

    /// <summary>A row for which any of these holds is passed over.</summary>
    public IReadOnlyList<RowCondition> Skip { get; init; } = [];

    public IReadOnlyList<ImportRule> Responses { get; init; } = [];
    public IReadOnlyList<ImportRule> Measurements { get; init; } = [];

    /// <exception cref="ImportFault">The text is not such a mapping.</exception>
    public static ImportMapping Read(string json)
    {
        ImportMapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<ImportMapping>(json, Json) ?? throw new ImportFault("MappingEmpty");
        }
        catch (JsonException e)
        {
            // The rest of the message names our types and repeats the place.
            var why = e.Message.Split(" to " + nameof(CxDesk))[0].Split(" Path: ")[0];
            throw new ImportFault("MappingBad", (e.LineNumber ?? 0) + 1, e.Path ?? "$", why);
        }
        if (mapping.Delimiter.Length != 1 || mapping.Delimiter is "\"" or "\n" or "\r") throw new ImportFault("DelimiterBad", mapping.Delimiter);
        if (mapping.Responses.Count + mapping.Measurements.Count == 0) throw new ImportFault("MappingEmpty");
        foreach (var field in mapping.Responses.SelectMany(r => r.Fields.Keys))
            if (!ResponseFields.Contains(field) && !IsBelow(field, "ratings") && !IsBelow(field, "operational")) throw new ImportFault("NoSuchField", field);
        foreach (var field in mapping.Measurements.SelectMany(r => r.Fields.Keys))
            if (!MeasurementFields.Contains(field)) throw new ImportFault("NoSuchField", field);
        return mapping;
    }

    private static bool IsBelow(string field, string above) => field.StartsWith(above + ".", StringComparison.Ordinal) && field.Length > above.Length + 1;

    private sealed class FieldRuleConverter : JsonConverter<FieldRule>
    {
        public override FieldRule Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new FieldRule { From = reader.GetString()! };
            var rule = JsonSerializer.Deserialize<FieldRuleObject>(ref reader, options)!;
            return new FieldRule { From = rule.From, Formats = rule.Formats, Zone = rule.Zone, Duration = rule.Duration, Decimal = rule.Decimal, Map = rule.Map };
        }

        public override void Write(Utf8JsonWriter writer, FieldRule value, JsonSerializerOptions options) => throw new NotSupportedException();

        private sealed record FieldRuleObject : FieldRule;
    }

    private sealed class OpenCasesConverter : JsonConverter<OpenCases>
    {
        public override OpenCases Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString() switch
                {
                    "all" => new OpenCases(null, None: false),
                    "none" => new OpenCases(null, None: true),
                    _ => throw new JsonException("all, none, or an object with since"),
                };
            return new OpenCases(JsonSerializer.Deserialize<Since>(ref reader, options)!.Day, None: false);
        }

        public override void Write(Utf8JsonWriter writer, OpenCases value, JsonSerializerOptions options) => throw new NotSupportedException();

        private sealed record Since
        {
            [JsonPropertyName("since")]
            public required DateOnly Day { get; init; }
        }
    }
}

/// <param name="Since">Answers given since that day of the company's zone; null for all.</param>
public sealed record OpenCases(DateOnly? Since, bool None);

/// <summary>One thing that a row becomes.</summary>
public sealed record ImportRule
{
    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<RowCondition> When { get; init; } = [];

    /// <summary>By path, as the API names them: <c>scores.csat</c>.</summary>
    public required IReadOnlyDictionary<string, FieldRule> Fields { get; init; }
}

public sealed record RowCondition
{
    public required string Column { get; init; }

    /// <summary>The cell is one of these; "" is an empty one.</summary>
    public IReadOnlyList<string>? Is { get; init; }

    /// <summary>The cell is none of these.</summary>
    public IReadOnlyList<string>? IsNot { get; init; }

    public bool Holds(string cell) => (Is is null || Is.Contains(cell)) && (IsNot is null || !IsNot.Contains(cell));
}

/// <summary>Where the value of a field comes from. In JSON a text stands for a rule that has nothing but it.</summary>
public record FieldRule
{
    /// <summary>Text with columns in braces, as in <c>{date} {time}</c>; <c>{{</c> is a brace.</summary>
    public required string From { get; init; }

    /// <summary>What the text stands for; <c>*</c> is whatever else. A text that is not named stays as it is.</summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }

    /// <summary>Of a time, as in <c>dd/MM/yyyy HH:mm:ss</c>; ISO 8601 where there is none.</summary>
    public IReadOnlyList<string>? Formats { get; init; }

    public string? Zone { get; init; }

    /// <summary>Of a number that is written as a duration, as in <c>hh:mm:ss</c>; it becomes seconds.</summary>
    public string? Duration { get; init; }

    /// <summary>The decimal sign of a number; a point where there is none.</summary>
    public string? Decimal { get; init; }
}

/// <summary>The file or its mapping cannot be used. The words are made where they are shown: <c>Import.{Code}</c>.</summary>
public sealed class ImportFault(string code, params object[] arguments) : Exception($"{code}: {string.Join(", ", arguments)}")
{
    public string Code => code;
    public IReadOnlyList<object> Arguments => arguments;
}
