using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.People;

namespace CxDesk.Web.People;

/// <summary>
/// The verbs <c>apikey</c>, <c>user</c> and <c>org</c>. Each takes the words after its name, writes its result to the
/// output and faults to the error stream, and gives the exit code: 0, 1 (refused) or 2 (wrong use).
/// </summary>
public sealed class PeopleVerbs(ApiKeyWriter keys, PeopleWriter people, UnitTreeQuery units, OrgImport org, Company company, TimeProvider time)
{
    public Task<int> ApiKey(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        switch (arguments.FirstOrDefault())
        {
            case "create":
                var create = new VerbArguments([.. arguments.Skip(1)], 1, "scope", "unit");
                int? unitId = create["unit"] is { } code ? await units.FindByCode(code) : null;
                await output.WriteLineAsync(await keys.Create(Viewer.System, create.Words[0], Scopes(create.Need("scope")), unitId));
                return 0;
            case "revoke":
                var name = new VerbArguments([.. arguments.Skip(1)], 1).Words[0];
                if (await keys.Revoke(Viewer.System, name)) return 0;
                await error.WriteLineAsync($"No key named {name} is in use.");
                return 1;
            default:
                throw new WrongUse("apikey create NAME --scope ingest[,read,desk] [--unit CODE] | apikey revoke NAME");
        }
    });

    public Task<int> User(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        if (arguments.FirstOrDefault() != "create") throw new WrongUse("user create NAME --role ROLE [--unit CODE] [--agent CODE]");
        var given = new VerbArguments([.. arguments.Skip(1)], 1, "role", "unit", "agent");
        var role = Named<Role>("role", given.Need("role"));
        int? unitId = given["unit"] is { } code ? await units.FindByCode(code) : null;
        var person = new NewPerson { Name = given.Words[0], UserName = given.Words[0], Role = role, AgentCode = given["agent"] };
        var (_, link) = await people.Invite(Viewer.System, person, unitId, company.DayOf(time.GetUtcNow()));
        await output.WriteLineAsync(link);
        return 0;
    });

    public Task<int> Org(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        if (arguments.FirstOrDefault() != "import") throw new WrongUse("org import FILE");
        var file = new VerbArguments([.. arguments.Skip(1)], 1).Words[0];
        if (!File.Exists(file)) throw new InvalidField("file", "Gone", $"{file}: there is no such file.");
        using var text = new StreamReader(file, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
        var imported = await org.Run(Viewer.System, text);
        foreach (var fault in imported.Faults) await error.WriteLineAsync($"{file}:{fault.Line}: {fault.Message}");
        if (imported.Faults.Count > 0)
        {
            await error.WriteLineAsync("Nothing was stored.");
            return 1;
        }
        await output.WriteLineAsync($"units {imported.Units}, people {imported.People}, places {imported.Places} added or changed");
        return 0;
    });

    private static async Task<int> Run(TextWriter error, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (WrongUse use)
        {
            await error.WriteLineAsync(use.Message);
            return 2;
        }
        catch (InvalidField fault)
        {
            await error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (System.Text.DecoderFallbackException)
        {
            await error.WriteLineAsync("The file is not UTF-8. Nothing was stored.");
            return 1;
        }
    }

    private static ApiKeyScopes Scopes(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries).Aggregate(ApiKeyScopes.None, (all, scope) => all | Named<ApiKeyScopes>("scope", scope));

    private static T Named<T>(string name, string text) where T : struct, Enum
    {
        var known = Enum.GetNames<T>().Where(n => n != "None").ToList();
        return known.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw new WrongUse($"--{name} is one of {string.Join(", ", known.Select(n => n.ToLowerInvariant()))}, not '{text}'.");
    }
}
