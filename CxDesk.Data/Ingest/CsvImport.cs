using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Ingest;

/// <summary>What became of the items of one kind.</summary>
public readonly record struct ImportCount(long Accepted, long Duplicates, long Rejected)
{
    public static ImportCount operator +(ImportCount a, ImportCount b) => new(a.Accepted + b.Accepted, a.Duplicates + b.Duplicates, a.Rejected + b.Rejected);
}

public sealed record ImportResult
{
    public long Rows { get; init; }

    /// <summary>Rows that the mapping passes over.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that are broken, and so are of no kind.</summary>
    public long Broken { get; init; }

    public ImportCount Responses { get; init; }
    public ImportCount Measurements { get; init; }
    public long CasesOpened { get; init; }

    public long Rejected => Broken + Responses.Rejected + Measurements.Rejected;
}

/// <summary>
/// Reads a file through a mapping and stores what it holds as intake does. It holds a few thousand rows at a time,
/// however long the file; while one lot is stored the next is read.
/// </summary>
public sealed class CsvImport(Db db, Company company, IngestWriter writer)
{
    private const int Lot = 4_000;

    /// <param name="rejected">Told of each row that is not stored, with its faults.</param>
    /// <param name="progress">Told after each lot.</param>
    /// <exception cref="ImportFault">The file or the mapping cannot be used; nothing was stored.</exception>
    public async Task<ImportResult> Run(
        Stream file, ImportMapping mapping, bool dryRun, Action<CsvRow, IReadOnlyList<ItemFault>> rejected, Action<ImportResult> progress, CancellationToken cancel = default)
    {
        var rows = new CsvRows(file, mapping.Encoding, mapping.Delimiter[0]);
        var plan = new ImportPlan(mapping, rows.Columns, company.Zone);
        var options = new IntakeOptions { DryRun = dryRun, OpenCasesSince = Since(mapping.OpenCases) };
        var result = new ImportResult();
        var storing = Task.FromResult(new ImportResult());
        try
        {
            foreach (var lot in rows.All().Chunk(Lot))
            {
                cancel.ThrowIfCancellationRequested();
                var rules = await IntakeRules.Read(db, cancel);
                var (read, responses, measurements) = Read(lot, plan, rules, rejected);
                result = Sum(result, read, await storing);
                progress(result);
                storing = Task.Run(() => Store(responses, measurements, options, cancel), cancel);
            }
        }
        finally
        {
            result = Sum(result, await storing);
        }
        return result;
    }

    private static (ImportResult, IntakeBatch<IncomingResponse>, IntakeBatch<IncomingMeasurement>) Read(
        CsvRow[] rows, ImportPlan plan, IntakeRules rules, Action<CsvRow, IReadOnlyList<ItemFault>> rejected)
    {
        var (responses, measurements) = (new IntakeBatch<IncomingResponse>(), new IntakeBatch<IncomingMeasurement>());
        var (broken, skipped) = (0L, 0L);
        foreach (var row in rows)
        {
            if (row.Fault is { } fault)
            {
                rejected(row, [fault]);
                broken++;
                continue;
            }
            var items = Add(plan.Responses(row.Cells), responses, ItemReader.Response, row) + Add(plan.Measurements(row.Cells), measurements, ItemReader.Measurement, row);
            if (items == 0) skipped++;
        }
        var read = new ImportResult
        {
            Rows = rows.Length,
            Broken = broken,
            Skipped = skipped,
            Responses = new ImportCount(0, 0, responses.Rejected.Count),
            Measurements = new ImportCount(0, 0, measurements.Rejected.Count),
        };
        return (read, responses, measurements);

        int Add<T>(IEnumerable<ItemFields> items, IntakeBatch<T> batch, Func<ItemFields, IntakeRules, T?> reader, CsvRow row) where T : class
        {
            var count = 0;
            foreach (var fields in items)
            {
                batch.Add(fields, rules, reader);
                if (fields.Faults.Count > 0) rejected(row, fields.Faults);
                count++;
            }
            return count;
        }
    }

    private async Task<ImportResult> Store(
        IntakeBatch<IncomingResponse> responses, IntakeBatch<IncomingMeasurement> measurements, IntakeOptions options, CancellationToken cancel)
    {
        var answers = await writer.WriteResponses(Viewer.System, responses, options, cancel);
        var measured = await writer.WriteMeasurements(Viewer.System, measurements, options, cancel);
        return new ImportResult
        {
            Responses = new ImportCount(answers.Accepted, answers.Duplicates, 0),
            Measurements = new ImportCount(measured.Accepted, measured.Duplicates, 0),
            CasesOpened = answers.CasesOpened.Count,
        };
    }

    private static ImportResult Sum(params ReadOnlySpan<ImportResult> parts)
    {
        var sum = new ImportResult();
        foreach (var part in parts)
            sum = new ImportResult
            {
                Rows = sum.Rows + part.Rows,
                Skipped = sum.Skipped + part.Skipped,
                Broken = sum.Broken + part.Broken,
                Responses = sum.Responses + part.Responses,
                Measurements = sum.Measurements + part.Measurements,
                CasesOpened = sum.CasesOpened + part.CasesOpened,
            };
        return sum;
    }

    private DateTimeOffset Since(OpenCases cases) =>
        cases.None ? DateTimeOffset.MaxValue : cases.Since is { } day ? company.StartOf(day) : DateTimeOffset.MinValue;
}
