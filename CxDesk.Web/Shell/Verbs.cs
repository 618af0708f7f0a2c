using CxDesk.Web.Database;
using CxDesk.Web.Demo;
using CxDesk.Web.Ingest;
using CxDesk.Web.People;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Console;

namespace CxDesk.Web.Shell;

/// <summary>
/// The verbs of the command line: <c>dotnet run --project CxDesk.Web -- VERB</c>. Each first brings the schema up; results
/// go to standard output, everything else to standard error; 0 is done, 1 something was rejected or failed, 2 wrong use.
/// </summary>
public static class Verbs
{
    public const int Done = 0, Failed = 1, WrongUse = 2;

    private static readonly IReadOnlyList<Verb> All =
    [
        new("migrate", "", _ => Task.FromResult(Done)),
        new("import", "FILE --mapping FILE [--dry-run]", ImportVerb.Run),
        new("org import", "FILE", PeopleVerbs.ImportOrg),
        new("apikey create", "NAME --scope ingest[,read,desk] [--unit CODE]", PeopleVerbs.CreateKey),
        new("apikey revoke", "NAME", PeopleVerbs.RevokeKey),
        new("user create", "NAME --role ROLE [--unit CODE] [--agent CODE]", PeopleVerbs.CreateUser),
        new("rebuild-rollups", "", RebuildRollupsVerb.Run),
        new("backup", "FILE", BackupVerb.Run),
        new("demo", "", DemoVerb.Run),
    ];

    /// <summary>Whether the command line asks for a verb, and not for the server.</summary>
    public static bool Asked(string[] arguments) => arguments is [var first, ..] && !first.StartsWith('-');

    /// <summary>Logs of a verb must not stand among its results.</summary>
    public static void LogToError(WebApplicationBuilder builder) =>
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);

    public static async Task<int> Run(WebApplication app, string[] arguments)
    {
        var text = app.Services.GetRequiredService<IStringLocalizer<ShellText>>();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var verb = All.FirstOrDefault(v => v.IsNamedBy(arguments)) ?? throw new WrongUse(text["Verbs.Unknown", arguments[0]]);
            var call = verb.Read(arguments, app.Services, text, stop.Token);
            await app.MigrateDatabase();
            return await verb.Run(call);
        }
        catch (WrongUse e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            await Console.Error.WriteLineAsync(text["Verbs.Usage"]);
            foreach (var verb in All) await Console.Error.WriteLineAsync($"  {verb.Name} {verb.Usage}");
            return WrongUse;
        }
        catch (VerbFailed e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(text["Verbs.Stopped"]);
            return Failed;
        }
        catch (Exception e)
        {
            app.Logger.LogError(e, "{Verb} failed", arguments[0]);
            return Failed;
        }
    }
}
