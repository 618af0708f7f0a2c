using System.Globalization;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>One row of an organisation file (docs/org-import.md), read but not yet compared with what is stored.</summary>
public sealed record OrgRow
{
    public required int Line { get; init; }
    public required string Type { get; init; }
    public required UnitKind Kind { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Parent { get; init; }
    public required string TimeZone { get; init; }
    public required string UserName { get; init; }
    public required Role? Role { get; init; }
    public required string AgentCode { get; init; }
    public required string Unit { get; init; }
    public required DateOnly? From { get; init; }
    public required DateOnly? To { get; init; }
}

/// <param name="Line">From 1, the header's; 0 for the file itself.</param>
/// <param name="Message">Begins with the column where one is at fault.</param>
public sealed record OrgFault(int Line, string Message);

/// <summary>Reads the CSV: columns by name in any order, empty where a type has no use for them.</summary>
public static class OrgFile
{
    private const string BrokenQuote = "a quote is opened and not closed, or stands inside a cell.";

    private static readonly string[] Columns = ["type", "kind", "code", "name", "parent", "timezone", "user", "role", "agent", "unit", "from", "to"];

    /// <summary>All faults, not the first; rows at fault are left out.</summary>
    public static (IReadOnlyList<OrgRow> Rows, IReadOnlyList<OrgFault> Faults) Read(TextReader text)
    {
        CsvRows file;
        try
        {
            file = new CsvRows(text, mayEndEarly: true);
        }
        catch (ImportFault fault)
        {
            return ([], [fault.Code == "NoHeader" ? new OrgFault(0, "the file is empty.") : new OrgFault(1, BrokenQuote)]);
        }
        IReadOnlyList<string> header = [.. file.Columns.Select(c => c.ToLowerInvariant())];
        var (rows, faults) = (new List<OrgRow>(), new List<OrgFault>());
        faults.AddRange(header.Where(h => !Columns.Contains(h)).Select(h => new OrgFault(1, $"{h}: is no column of this file; it knows {string.Join(", ", Columns)}.")));
        if (!header.Contains("type")) faults.Add(new OrgFault(1, "type: the column is missing."));
        if (faults.Count > 0) return ([], faults);
        foreach (var record in file.All())
        {
            if (record.Fault is { } broken)
            {
                faults.Add(new OrgFault(record.Line, broken.Code == FaultCode.FieldCount ? $"has more cells than the {header.Count} columns." : BrokenQuote));
                continue;
            }
            if (record.Cells.All(string.IsNullOrWhiteSpace)) continue;
            var reader = new RowReader(record.Line, header, record.Cells);
            var row = reader.Read();
            if (reader.Faults.Count == 0) rows.Add(row);
            faults.AddRange(reader.Faults);
        }
        return (rows, faults);
    }

    private sealed class RowReader(int line, IReadOnlyList<string> header, IReadOnlyList<string> cells)
    {
        public List<OrgFault> Faults { get; } = [];

        public OrgRow Read()
        {
            var row = new OrgRow
            {
                Line = line,
                Type = Text("type").ToLowerInvariant(),
                Kind = Choice<UnitKind>("kind") ?? UnitKind.Company,
                Code = Text("code"),
                Name = Text("name"),
                Parent = Text("parent"),
                TimeZone = Text("timezone"),
                UserName = Text("user"),
                Role = Choice<Role>("role"),
                AgentCode = Text("agent"),
                Unit = Text("unit"),
                From = Day("from"),
                To = Day("to"),
            };
            IReadOnlyList<(string Column, string Given)>? needed = row.Type switch
            {
                "unit" => [("kind", Text("kind")), ("code", row.Code), ("name", row.Name)],
                "person" => [("name", row.Name), ("user or agent", row.UserName + row.AgentCode)],
                "place" => [("user or agent", row.UserName + row.AgentCode), ("unit", row.Unit), ("role", Text("role")), ("from", Text("from"))],
                _ => null,
            };
            if (needed is null) Fault($"type: '{row.Type}' is none of unit, person, place.");
            foreach (var (column, _) in needed?.Where(n => n.Given.Length == 0) ?? []) Fault($"{column}: is missing.");
            return row;
        }

        private void Fault(string message) => Faults.Add(new OrgFault(line, message));

        private string Text(string column)
        {
            for (var i = 0; i < cells.Count; i++)
                if (header[i] == column) return Codes.Normal(cells[i]);
            return "";
        }

        private T? Choice<T>(string column) where T : struct, Enum
        {
            var given = Text(column);
            if (given.Length == 0) return null;
            if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(given, StringComparison.OrdinalIgnoreCase)) is { } name) return Enum.Parse<T>(name);
            Fault($"{column}: '{given}' is none of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
            return null;
        }

        private DateOnly? Day(string column)
        {
            var given = Text(column);
            if (given.Length == 0) return null;
            if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            Fault($"{column}: '{given}' is no day written like 2026-01-31.");
            return null;
        }
    }
}
