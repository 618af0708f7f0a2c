using System.Globalization;
using NodaTime;

namespace CxDesk.Data.Ingest;

/// <summary>The rule of a field, ready to be used on the rows of one file.</summary>
internal sealed class CellRule
{
    private static readonly IReadOnlyList<string> Iso =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    private readonly FieldRule _rule;
    private readonly List<(string Text, int Column)> _parts = [];
    private readonly string[] _formats;
    private readonly DateTimeZone _zone;
    private readonly double[] _factors = [];

    /// <param name="column">Finds a column, or adds it to those that are missing.</param>
    /// <exception cref="ImportFault">The template, a zone or a duration is none.</exception>
    public CellRule(string path, FieldRule rule, DateTimeZone zone, Func<string, int> column)
    {
        _rule = rule;
        _formats = [.. rule.Formats ?? Iso];
        _zone = rule.Zone is null ? zone : ImportPlan.ZoneOf(rule.Zone);
        if (rule.Duration is { } duration) _factors = [.. duration.Split(':').Select(part => Factor(path, duration, part))];
        ReadTemplate(path, rule.From, column);
    }

    /// <returns>Null when nothing is left of it.</returns>
    public string? Text(string[] cells)
    {
        var text = (_parts.Count == 1 ? Part(_parts[0], cells) : string.Concat(_parts.Select(p => Part(p, cells)))).Trim();
        if (_rule.Map is { } map && (map.TryGetValue(text, out var mapped) || map.TryGetValue("*", out mapped))) text = mapped;
        return text.Length == 0 ? null : text;
    }

    public double? Number(string text, out string format)
    {
        format = _rule.Duration ?? "0" + (_rule.Decimal ?? ".") + "0";
        if (_factors.Length == 0) return Plain(text);
        var parts = text.Split(':');
        if (parts.Length != _factors.Length) return null;
        var seconds = 0.0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (Plain(parts[i]) is not { } part) return null;
            seconds += part * _factors[i];
        }
        return seconds;
    }

    public decimal? Amount(string text) =>
        decimal.TryParse(Pointed(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    public DateTimeOffset? Time(string text, out string format)
    {
        format = string.Join(" | ", _formats);
        if (!DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) return null;
        // With an offset in the text it has become this machine's time, which names the same instant.
        return time.Kind == DateTimeKind.Unspecified
            ? LocalDateTime.FromDateTime(time).InZoneLeniently(_zone).ToDateTimeOffset().ToUniversalTime()
            : new DateTimeOffset(time.ToUniversalTime());
    }

    private double? Plain(string text) =>
        double.TryParse(Pointed(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private string Pointed(string text) => _rule.Decimal is { Length: 1 } sign ? text.Replace(sign, ".", StringComparison.Ordinal) : text;

    private static string Part((string Text, int Column) part, string[] cells) => part.Column < 0 ? part.Text : cells[part.Column];

    private static double Factor(string path, string duration, string part) => part.Trim().FirstOrDefault() switch
    {
        'd' => 86_400,
        'h' or 'H' => 3_600,
        'm' => 60,
        's' => 1,
        _ => throw new ImportFault("DurationBad", path, duration),
    };

    private void ReadTemplate(string path, string template, Func<string, int> column)
    {
        var text = "";
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '{' || template.AsSpan(at).StartsWith("{{"))
            {
                text += template[at];
                if (template[at] == '{') at++;
                continue;
            }
            var end = template.IndexOf('}', at);
            if (end < 0) throw new ImportFault("TemplateBad", path, template);
            if (text.Length > 0) _parts.Add((text, -1));
            _parts.Add(("", column(template[(at + 1)..end].Trim())));
            (text, at) = ("", end);
        }
        if (text.Length > 0 || _parts.Count == 0) _parts.Add((text, -1));
    }
}

/// <summary>The fields of a row under a rule.</summary>
internal sealed class CellFields(IReadOnlyDictionary<string, CellRule> rules, string[] cells) : ItemFields
{
    public override double? Number(string path)
    {
        if (Find(path) is not var (rule, text)) return null;
        if (rule.Number(text, out var format) is { } number) return number;
        Fault(path, FaultCode.NotInFormat, text, format);
        return null;
    }

    public override decimal? Amount(string path)
    {
        if (Find(path) is not var (rule, text)) return null;
        if (rule.Amount(text) is { } amount) return amount;
        Fault(path, FaultCode.NotNumber);
        return null;
    }

    public override bool? Flag(string path)
    {
        if (Find(path) is not var (_, text)) return null;
        if (text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        Fault(path, FaultCode.NotFlag);
        return null;
    }

    public override DateTimeOffset? Time(string path)
    {
        if (Find(path) is not var (rule, text)) return null;
        if (rule.Time(text, out var format) is { } time) return time;
        Fault(path, FaultCode.NotInFormat, text, format);
        return null;
    }

    public override IReadOnlyList<string> Below(string path) =>
        [.. rules.Keys.Where(k => k.StartsWith(path + ".", StringComparison.Ordinal)).Select(k => k[(path.Length + 1)..])];

    /// <summary>A row has a customer where it has the customer's id.</summary>
    public override bool Has(string path) => path != "customer" || Find("customer.id") is not null;

    protected override string? RawText(string path) => Find(path)?.Text;

    private (CellRule Rule, string Text)? Find(string path) =>
        rules.TryGetValue(path, out var rule) && rule.Text(cells) is { } text ? (rule, text) : null;
}
