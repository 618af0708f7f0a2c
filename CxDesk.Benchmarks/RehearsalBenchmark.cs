using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A policy that looks at scores, words, measures and customers, rehearsed over ninety days of answers, against the floor:
/// the same answers read once, as bare rows through Dapper.
/// </summary>
internal static class RehearsalBenchmark
{
    private const int Runs = 5;

    private static readonly Statement Bare = new("""
        SELECT a.Id, a.ReceivedAt, a.Csat, a.Nps, a.Ces, a.ProductId, a.RegionId, a.TeamId, a.ChannelId, a.TouchpointId, a.Comment, a.CustomerId
        FROM Answers a WHERE a.RespondedAt >= @from
        """);

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "rehearsal.db")}" };
        await new Migrator(options, IntakeBenchmark.Clock).Up();
        var (signal, company) = (new ChangeSignal(), new Company(new CompanyOptions()));
        using (var db = new Db(options, IntakeBenchmark.Clock, signal))
        {
            var (calendars, policies) = (new RegionCalendars(company, signal), new PolicyBook(signal));
            var intake = new IngestWriter(db, company, policies, new CaseOpener(calendars, new CaseResponsibility(company, signal)), signal);
            for (var part = 0; part < 4; part++)
                foreach (var batch in IntakeBenchmark.Sample(low: .08, $"R{part}-").Chunk(500)) await intake.WriteResponses(Viewer.System, IntakeBenchmark.Batch(batch));

            var query = new RehearsalQuery(db, policies, new CaseRejudger(db, calendars, policies));
            var (rehearsals, reads, answers) = (new List<TimeSpan>(), new List<TimeSpan>(), 0);
            for (var run = 0; run < Runs; run++)
            {
                var from = Stopwatch.GetTimestamp();
                var rows = await db.Read(s => s.Query<object>(Bare, new { from = db.Now.AddDays(-RehearsalQuery.Days) }));
                reads.Add(Stopwatch.GetElapsedTime(from));
                from = Stopwatch.GetTimestamp();
                answers = (await query.Run(Viewer.System, Strict)).Answers;
                rehearsals.Add(Stopwatch.GetElapsedTime(from));
                GC.KeepAlive(rows);
            }
            Report.Rate($"rehearsal of {answers:N0} answers", answers, Report.Median(rehearsals), "answers");
            Report.Times("rehearsal", rehearsals, reads);
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static CasePolicy Strict => CasePolicy.First with
    {
        Rules =
        [
            .. CasePolicy.First.Rules,
            new() { Key = "words", Name = "Words", Effect = PolicyEffect.Open, Severity = CaseSeverity.High, When = new() { Words = ["called back", "四十分钟"], Csat = new(1, 4) } },
            new() { Key = "waited", Name = "Waited", Effect = PolicyEffect.Raise, When = new() { Measure = new("wait", 500, null) } },
        ],
    };
}
