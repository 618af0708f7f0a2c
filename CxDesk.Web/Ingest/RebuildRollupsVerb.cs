using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Ingest;

/// <summary>Counts all rollups anew from what they count.</summary>
public static class RebuildRollupsVerb
{
    public static async Task<int> Run(VerbCall call)
    {
        var time = call.Get<TimeProvider>();
        var text = call.Get<IStringLocalizer<IngestText>>();
        var start = time.GetTimestamp();
        var counted = await RollupRebuild.Run(call.Get<Db>(), call.Cancel);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        await call.Out.WriteLineAsync(text["Rebuild.Done", counted, seconds.ToString("0.0"), (counted / Math.Max(seconds, 0.001)).ToString("0")]);
        return Verbs.Done;
    }
}
