using System.Globalization;
using System.Text;
using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

public enum CaseSort
{
    /// <summary>Severity, deadline, customer value.</summary>
    Urgency,

    /// <summary>Deadline, customer value.</summary>
    Due,
    Newest,

    /// <summary>The lane of what was resolved today, the latest first.</summary>
    ResolvedToday,
}

/// <summary>Which cases, and in which order. Codes and names as people and programs send them; null asks for all.</summary>
public sealed record CaseBoardFilter
{
    public const string Me = "me", None = "none";

    public IReadOnlyList<CaseStatus> Statuses { get; init; } = [];
    public IReadOnlyList<CaseSeverity> Severities { get; init; } = [];

    /// <summary>A user name, or <see cref="Me"/>, or <see cref="None"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>A unit's code, with all below it; where a region and a team share a code the region is meant.</summary>
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public bool? Overdue { get; init; }

    /// <summary>Words looked for in reference, customer, comments and notes: <see cref="SearchWords"/>.</summary>
    public string? Text { get; init; }

    public bool IsEmpty => this with { Statuses = [], Severities = [] } == new CaseBoardFilter() && Statuses.Count + Severities.Count == 0;
}

/// <summary>
/// The place of a case in an order: its sort keys. A page says by it where it ended; opaque to whoever carries it.
/// </summary>
/// <param name="Severity">Only by urgency.</param>
/// <param name="Value">Only by urgency and deadline.</param>
public sealed record CaseCursor(CaseSort Sort, CaseSeverity Severity, DateTimeOffset At, decimal Value, long Id) : IComparable<CaseCursor>
{
    /// <summary>Which of two places of one order comes first.</summary>
    public int CompareTo(CaseCursor? other) => other is null ? 1 : Sort switch
    {
        CaseSort.Urgency => (Severity, At, -Value, Id).CompareTo((other.Severity, other.At, -other.Value, other.Id)),
        CaseSort.Due => (At, -Value, Id).CompareTo((other.At, -other.Value, other.Id)),
        CaseSort.Newest or CaseSort.ResolvedToday => (other.At, other.Id).CompareTo((At, Id)),
    };

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{(int)Sort}|{(int)Severity}|{Time.Text(At)}|{Value}|{Id}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <returns>Null when the text is not a cursor of this sort.</returns>
    public static CaseCursor? Parse(string text, CaseSort sort)
    {
        try
        {
            var base64 = text.Replace('-', '+').Replace('_', '/');
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='))).Split('|');
            return parts.Length == 5 && parts[0] == ((int)sort).ToString(CultureInfo.InvariantCulture)
                ? new CaseCursor(sort, (CaseSeverity)int.Parse(parts[1], CultureInfo.InvariantCulture), Time.Parse(parts[2]),
                    decimal.Parse(parts[3], CultureInfo.InvariantCulture), long.Parse(parts[4], CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}

/// <summary>A filter names something that there is not.</summary>
public sealed class UnknownFilterException(string parameter, string code) : Exception($"{parameter}: nothing has the code or name '{code}'.")
{
    public string Parameter { get; } = parameter;
    public string Code { get; } = code;
}
