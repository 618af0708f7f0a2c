using System.Text;
using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.People;

/// <summary>
/// The verbs that let somebody in before any page can: keys, people, and a whole company from a file. A key or a link
/// stands alone on the last line of the output, once.
/// </summary>
public static class PeopleVerbs
{
    public static Task<int> CreateKey(VerbCall call) => Named(async () =>
    {
        var scopes = call.Option("--scope")!.Split(',', StringSplitOptions.TrimEntries)
            .Aggregate(ApiKeyScopes.None, (all, scope) => all | OneOf<ApiKeyScopes>(call, "--scope", scope));
        await call.Out.WriteLineAsync(await call.Get<ApiKeyWriter>().Create(Viewer.System, call.Arguments[0], scopes, await Unit(call), call.Cancel));
    });

    public static async Task<int> RevokeKey(VerbCall call)
    {
        if (!await call.Get<ApiKeyWriter>().Revoke(Viewer.System, call.Arguments[0], call.Cancel))
            throw new VerbFailed(call.Get<IStringLocalizer<PeopleText>>()["Verb.NoKey", call.Arguments[0]]);
        return Verbs.Done;
    }

    public static Task<int> CreateUser(VerbCall call) => Named(async () =>
    {
        var person = new NewPerson
        {
            Name = call.Arguments[0], UserName = call.Arguments[0], Role = OneOf<Role>(call, "--role", call.Option("--role")!), AgentCode = call.Option("--agent"),
        };
        var today = call.Get<Company>().DayOf(call.Get<TimeProvider>().GetUtcNow());
        var (_, link) = await call.Get<PeopleWriter>().Invite(Viewer.System, person, await Unit(call), today, call.Cancel);
        await call.Out.WriteLineAsync(FirstStart.Link(call.Get<IConfiguration>()[WebHostDefaults.ServerUrlsKey], link));
    });

    public static async Task<int> ImportOrg(VerbCall call)
    {
        var text = call.Get<IStringLocalizer<PeopleText>>();
        var typed = call.Arguments[0];
        var file = TypedPath.Existing(typed, text["Verb.NoFile", typed]);
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        OrgImported imported;
        try
        {
            imported = await call.Get<OrgImport>().Run(Viewer.System, reader, call.Cancel);
        }
        catch (DecoderFallbackException)
        {
            throw new VerbFailed(text["Verb.NotUtf8", file]);
        }
        foreach (var fault in imported.Faults) await call.Error.WriteLineAsync($"{file}:{fault.Line}: {fault.Message}");
        if (imported.Faults.Count > 0) throw new VerbFailed(text["Verb.NothingStored", imported.Faults.Count]);
        await call.Out.WriteLineAsync(text["Verb.Imported", imported.Units, imported.People, imported.Places]);
        return Verbs.Done;
    }

    private static async Task<int?> Unit(VerbCall call) =>
        call.Option("--unit") is { } code ? await call.Get<UnitTreeQuery>().FindByCode(code, call.Cancel) : null;

    private static T OneOf<T>(VerbCall call, string option, string given) where T : struct, Enum
    {
        var known = Enum.GetNames<T>().Where(n => n != "None").ToList();
        return known.FirstOrDefault(n => n.Equals(given, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
            : throw new WrongUse(call.Get<IStringLocalizer<PeopleText>>()["Verb.NoneOf", option, given, string.Join(", ", known).ToLowerInvariant()]);
    }

    private static async Task<int> Named(Func<Task> verb)
    {
        try
        {
            await verb();
            return Verbs.Done;
        }
        catch (InvalidField fault)
        {
            throw new VerbFailed(fault.Message);
        }
    }
}
