using System.Globalization;

namespace CxDesk.Web.Shell;

/// <summary>
/// Lines of a CSV export. A text that begins with = + - @ tab or return would run as a formula when a spreadsheet opens
/// the file, so it gets an apostrophe in front. Numbers are written as numbers, with a point, whatever their sign.
/// </summary>
public static class Csv
{
    /// <summary>What stands at the start of a file, so that spreadsheets read it as UTF-8.</summary>
    public const string Mark = "\uFEFF";

    public static string Line(params IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    public static string Cell(object? value) => value switch
    {
        null => "",
        string text => Text(text),
        // What is a number, a day or a time cannot be a formula.
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        int or long or double or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Text(value.ToString() ?? ""),
    };

    private static string Text(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
