using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;

namespace CxDesk.Data.Demo;

/// <summary>Gives a new demo company three months of answers and cases, the oldest first, by the way that all answers come in.</summary>
public sealed class DemoHistory(Db db, IngestWriter ingest, CaseWriter cases, CasesOptions casesOptions)
{
    // Two days or so: the fewer batches share a day, the fewer sums are written twice.
    private const int BatchSize = 2500;

    private const int Weeks = 13;

    /// <param name="progress">Told how many answers there are after each batch.</param>
    /// <returns>How many cases were opened.</returns>
    public async Task<int> Fill(DemoOptions options, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var staff = await db.Read(DemoStaff.Load, cancel);
        var lives = new DemoLives(cases, casesOptions, staff, new Random(options.Seed + 1));
        var (done, opened) = (0, 0);
        if (options.Answers > 0)
        {
            var retention = new IntakeBatch<IncomingMeasurement>();
            foreach (var week in DemoRetention.Weeks(Weeks, options.Seed, db.Now)) retention.Add(week);
            await ingest.WriteMeasurements(Viewer.System, retention, cancel: cancel);
        }
        foreach (var chunk in new DemoAnswers(options, db.Now).History().Chunk(BatchSize))
        {
            var batch = new IntakeBatch<IncomingResponse>();
            foreach (var answer in chunk) batch.Add(answer);
            var result = await ingest.WriteResponses(Viewer.System, batch, cancel: cancel);
            await db.Write(s => lives.Live(s, result.CasesOpened), cancel);
            opened += result.CasesOpened.Count;
            progress?.Report(done += chunk.Length);
        }
        return opened;
    }
}
