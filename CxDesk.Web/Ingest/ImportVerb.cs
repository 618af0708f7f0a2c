using System.Globalization;
using CxDesk.Data.Ingest;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Ingest;

/// <summary>Stores what a CSV file holds. Run again, it accepts nothing twice.</summary>
public static class ImportVerb
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static async Task<int> Run(VerbCall call)
    {
        var text = call.Get<IStringLocalizer<IngestText>>();
        var words = call.Get<FaultWords>();
        try
        {
            return await Run(call, text, words);
        }
        catch (ImportFault e)
        {
            throw new VerbFailed(text[$"Import.{e.Code}", [.. e.Arguments.Select(a => a is ItemFault fault ? words.Of(fault) : a)]]);
        }
    }

    private static async Task<int> Run(VerbCall call, IStringLocalizer<IngestText> text, FaultWords words)
    {
        var time = call.Get<TimeProvider>();
        var file = Existing(call.Arguments[0]);
        var mapping = ImportMapping.Read(await File.ReadAllTextAsync(Existing(call.Option("--mapping")!), call.Cancel));
        using var rejects = new RejectsFile(file + ".rejected.csv", words);
        await using var rows = File.OpenRead(file);
        var dryRun = call.Has("--dry-run");
        if (dryRun) await call.Out.WriteLineAsync(text["Import.DryRun"]);

        var (start, told) = (time.GetTimestamp(), time.GetTimestamp());
        var result = await call.Get<CsvImport>().Run(rows, mapping, dryRun, rejects.Add, Tell, call.Cancel);
        var seconds = Math.Max(time.GetElapsedTime(start).TotalSeconds, 0.001);

        await call.Out.WriteLineAsync(text["Import.Rows", result.Rows, result.Skipped, result.Broken]);
        await call.Out.WriteLineAsync(text["Import.Responses", result.Responses.Accepted, result.Responses.Duplicates, result.Responses.Rejected]);
        await call.Out.WriteLineAsync(text["Import.Measurements", result.Measurements.Accepted, result.Measurements.Duplicates, result.Measurements.Rejected]);
        await call.Out.WriteLineAsync(text["Import.Cases", result.CasesOpened]);
        await call.Out.WriteLineAsync(text["Import.Rate", Round(seconds, 1), Round(result.Responses.Accepted / seconds, 0)]);
        if (result.Rejected == 0) return Verbs.Done;
        await call.Out.WriteLineAsync(text["Import.RejectedTo", rejects.Path]);
        return Verbs.Failed;

        string Existing(string typed) => TypedPath.Existing(typed, text["Import.NoFile", typed]);

        void Tell(ImportResult soFar)
        {
            if (time.GetElapsedTime(told) < Beat) return;
            told = time.GetTimestamp();
            call.Error.WriteLine(text["Import.Progress", soFar.Rows, Round(soFar.Rows / time.GetElapsedTime(start).TotalSeconds, 0)]);
        }
    }

    private static string Round(double number, int digits) => number.ToString("F" + digits, CultureInfo.InvariantCulture);
}
