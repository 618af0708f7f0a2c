using System.Text;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>What every export says above its columns, a line each and then an empty one, so that a file that lies around says what it is of.</summary>
public sealed record CsvFacts
{
    /// <summary>The place, what it is narrowed to, the measure; what is null or empty is left out.</summary>
    public required IEnumerable<string?> Of { get; init; }

    /// <summary>First day, of the company's zone; null where it is no period.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day after the last.</summary>
    public DateOnly? To { get; init; }

    /// <summary>How many it counts; null where that is no one number: then each line says it.</summary>
    public long? N { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whatever else belongs to all of it, a line each.</summary>
    public IEnumerable<IEnumerable<object?>> More { get; init; } = [];

    /// <summary>The beginning of the file's text, before the names of its columns.</summary>
    public string Head(IStringLocalizer<ShellText> words)
    {
        var head = new StringBuilder(Csv.Mark).Append(Csv.Line([words["Csv.Of"].Value, .. Of.Where(part => !string.IsNullOrWhiteSpace(part)).Distinct()]));
        if (From is { } from) head.Append(Csv.Line(words["Csv.Days"].Value, from, To?.AddDays(-1)));
        if (N is { } n) head.Append(Csv.Line(words["Csv.N"].Value, n));
        head.Append(Csv.Line(words["Csv.At"].Value, At));
        foreach (var line in More) head.Append(Csv.Line(line));
        return head.Append("\r\n").ToString();
    }

    /// <summary>The file.</summary>
    /// <param name="table">Its columns and rows.</param>
    /// <param name="name">What it is called, without its ending; codes may be in it.</param>
    public IResult File(IStringLocalizer<ShellText> words, string table, string name) => TypedResults.File(
        Encoding.UTF8.GetBytes(Head(words) + table), "text/csv; charset=utf-8", string.Join('-', name.ToLowerInvariant().Split('/', ':', '\\', '"')) + ".csv");
}
