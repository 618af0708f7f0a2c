using CxDesk.Data.Database;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Ingest;

/// <summary>Copies the embedded database into a file while it is in use.</summary>
public static class BackupVerb
{
    public static async Task<int> Run(VerbCall call)
    {
        var text = call.Get<IStringLocalizer<IngestText>>();
        var file = TypedPath.New(call.Arguments[0]);
        if (call.Get<DatabaseOptions>().Provider != DatabaseProvider.Sqlite) throw new VerbFailed(text["Backup.OnlySqlite"]);
        if (File.Exists(file)) throw new VerbFailed(text["Backup.Exists", file]);
        try
        {
            Backup.Write(call.Get<DatabaseOptions>(), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailed(text["Backup.NotWritten", file, e.Message]);
        }
        await call.Out.WriteLineAsync(text["Backup.Done", file, new FileInfo(file).Length]);
        return Verbs.Done;
    }
}
