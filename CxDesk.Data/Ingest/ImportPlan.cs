using NodaTime;

namespace CxDesk.Data.Ingest;

/// <summary>A mapping laid over the columns of one file.</summary>
internal sealed class ImportPlan
{
    private readonly List<Condition> _skip;
    private readonly List<Output> _responses;
    private readonly List<Output> _measurements;

    /// <exception cref="ImportFault">Columns are missing, all of which are named, or a rule is none.</exception>
    public ImportPlan(ImportMapping mapping, IReadOnlyList<string> columns, DateTimeZone companyZone)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var zone = mapping.Zone is null ? companyZone : ZoneOf(mapping.Zone);
        _skip = [.. mapping.Skip.Select(c => new Condition(c, Column(c.Column)))];
        _responses = [.. mapping.Responses.Select(Compile)];
        _measurements = [.. mapping.Measurements.Select(Compile)];
        if (missing.Count > 0) throw new ImportFault("NoColumn", string.Join(", ", missing), string.Join(", ", columns));

        Output Compile(ImportRule rule) => new(
            [.. rule.When.Select(c => new Condition(c, Column(c.Column)))],
            rule.Fields.ToDictionary(f => f.Key, f => new CellRule(f.Key, f.Value, zone, Column)));

        int Column(string name)
        {
            var found = columns.Index().Where(c => c.Item == name).Select(c => c.Index).ToList();
            if (found.Count > 1) throw new ImportFault("ColumnTwice", name);
            if (found.Count == 1) return found[0];
            missing.Add(name);
            return 0;
        }
    }

    /// <summary>The answers that a row becomes; their faults are still to be asked for.</summary>
    public IEnumerable<ItemFields> Responses(string[] cells) => Of(_responses, cells);

    public IEnumerable<ItemFields> Measurements(string[] cells) => Of(_measurements, cells);

    /// <exception cref="ImportFault">There is no such zone.</exception>
    public static DateTimeZone ZoneOf(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? throw new ImportFault("ZoneBad", name);

    private IEnumerable<ItemFields> Of(List<Output> outputs, string[] cells)
    {
        if (_skip.Exists(c => c.Holds(cells))) yield break;
        foreach (var output in outputs)
            if (output.When.TrueForAll(c => c.Holds(cells)))
                yield return new CellFields(output.Fields, cells);
    }

    private sealed record Condition(RowCondition Rule, int Column)
    {
        public bool Holds(string[] cells) => Rule.Holds(cells[Column].Trim());
    }

    private sealed record Output(List<Condition> When, Dictionary<string, CellRule> Fields);
}
