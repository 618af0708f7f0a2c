using System.Globalization;
using System.Text.Json;
using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>The words of a filter, the same in the address of the page, of the export and of the API.</summary>
public sealed record CaseParameters
{
    public const int TextLength = 200;
    private const string ListView = "list";
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public CaseBoardFilter Filter { get; init; } = new();
    public CaseSort Sort { get; init; } = CaseSort.Urgency;

    /// <summary>A list in place of lanes.</summary>
    public bool IsList { get; init; }

    /// <summary>The columns of the list in their order; null: not said.</summary>
    public CaseColumns? Columns { get; init; }

    /// <summary>Reads the parameters; what cannot be read is named in <paramref name="fault"/>.</summary>
    /// <param name="value">The value of a parameter; null or empty where it is not given.</param>
    public static CaseParameters? Parse(Func<string, string?> value, out ParameterFault? fault)
    {
        fault = null;
        string? Given(string name) => value(name) is { } text && text.Trim().Length > 0 ? text.Trim() : null;

        if (List<CaseStatus>(Given("status")) is not { } statuses)
            return Wrong(new("status", "ListOf", Words<CaseStatus>()), out fault);
        if (List<CaseSeverity>(Given("severity")) is not { } severities)
            return Wrong(new("severity", "ListOf", Words<CaseSeverity>()), out fault);
        if (Given("overdue") is var overdue && overdue is not (null or "true" or "false"))
            return Wrong(new("overdue", "OneOf", "true, false"), out fault);
        if (Given("q") is { Length: > TextLength })
            return Wrong(new("q", "TooLong", TextLength), out fault);
        if (Sorts(Given("sort")) is not { } sort)
            return Wrong(new("sort", "OneOf", "urgency, due, newest"), out fault);
        if (!CaseColumns.TryParse(Given("columns"), out var columns))
            return Wrong(new("columns", "ListOf", Words<CaseColumn>()), out fault);
        return new CaseParameters
        {
            Sort = sort,
            IsList = Given("view") == ListView,
            Columns = columns,
            Filter = new CaseBoardFilter
            {
                Statuses = statuses,
                Severities = severities,
                Owner = Given("owner"),
                Unit = Given("unit"),
                Product = Given("product"),
                Overdue = overdue is null ? null : overdue == "true",
                Text = Given("q"),
            },
        };
    }

    /// <summary>What the list shows: without a status it is what is open. The export takes the same.</summary>
    public CaseParameters Listed() => Filter.Statuses.Count > 0 ? this
        : this with { Filter = Filter with { Statuses = [CaseStatus.New, CaseStatus.InProgress, CaseStatus.Waiting] } };

    /// <summary>The parameters as a query, without the question mark; what says nothing is left out.</summary>
    public string ToQuery() => string.Join('&',
        from pair in new (string Name, string? Value)[]
        {
            ("status", Filter.Statuses.Count > 0 ? string.Join(',', Filter.Statuses.Select(s => CaseEventLog.Stored(s))) : null),
            ("severity", Filter.Severities.Count > 0 ? string.Join(',', Filter.Severities.Select(s => CaseEventLog.Stored(s))) : null),
            ("owner", Filter.Owner),
            ("unit", Filter.Unit),
            ("product", Filter.Product),
            ("overdue", Filter.Overdue switch { true => "true", false => "false", null => null }),
            ("q", Filter.Text),
            ("sort", Sort == CaseSort.Urgency ? null : CaseEventLog.Stored(Sort)),
            ("view", IsList ? ListView : null),
            ("columns", Columns?.ToString()),
        }
        where pair.Value is not null
        select $"{pair.Name}={Uri.EscapeDataString(pair.Value!).Replace("%2C", ",", StringComparison.Ordinal)}");

    /// <summary>The address of the desk with these parameters, and beside it a case.</summary>
    public string ToLink(string? reference = null)
    {
        var query = ToQuery();
        return $"/cases{(reference is null ? "" : "/" + reference)}{(query.Length == 0 ? "" : "?" + query)}";
    }

    public static T? Word<T>(string? text) where T : struct, Enum =>
        Enum.GetValues<T>().Where(v => string.Equals(CaseEventLog.Stored(v), text, StringComparison.Ordinal)).Select(v => (T?)v).FirstOrDefault();

    /// <returns>Null where the text is no time, or one without Z or an offset.</returns>
    public static DateTimeOffset? Instant(string text) =>
        DateTime.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) && time.Kind != DateTimeKind.Unspecified
            ? new DateTimeOffset(time.ToUniversalTime())
            : null;

    /// <summary>All words of a kind, for a fault that names them.</summary>
    public static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(v => CaseEventLog.Stored(v)));

    private static CaseSort? Sorts(string? text) => text is null ? CaseSort.Urgency : Word<CaseSort>(text) is { } sort and not CaseSort.ResolvedToday ? sort : null;

    private static IReadOnlyList<T>? List<T>(string? text) where T : struct, Enum
    {
        if (text is null) return [];
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Word<T>).ToList();
        return words.Contains(null) ? null : [.. words.Select(w => w!.Value).Distinct()];
    }

    private static CaseParameters? Wrong(ParameterFault found, out ParameterFault? fault)
    {
        fault = found;
        return null;
    }
}

/// <summary>What is wrong with which parameter or field. The words are <c>Api.{Reason}</c> in the resources: {0} is the name, the arguments follow.</summary>
public sealed record ParameterFault(string Name, string Reason, params object[] Arguments);
