using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.People;

/// <summary>Makes keys and takes them back. The text of a key is never stored: only its hash.</summary>
public sealed class ApiKeyWriter(Db db)
{
    private static readonly Statement Named = new("SELECT COUNT(*) FROM ApiKeys WHERE Name = @name AND RevokedAt IS NULL");

    private static readonly Statement Add = new(d => $"""
        INSERT INTO ApiKeys (Name, KeyHash, Scopes, UnitId, CreatedAt) {d.Output("Id")}
        VALUES (@name, @hash, @scopes, @unitId, @at) {d.Returning("Id")}
        """);

    private static readonly Statement Live = new("SELECT Id FROM ApiKeys WHERE Name = @name AND RevokedAt IS NULL");

    private static readonly Statement TakeBack = new("UPDATE ApiKeys SET RevokedAt = @at WHERE Id = @id AND RevokedAt IS NULL");

    private static readonly Statement Use = new("UPDATE ApiKeys SET LastUsedAt = @at WHERE Id = @id AND (LastUsedAt IS NULL OR LastUsedAt < @before)");

    /// <returns>The key's text, which nobody can read again.</returns>
    /// <exception cref="InvalidField">name (missing, too long, taken by a key in use), scopes (none).</exception>
    public async Task<string> Create(Viewer actor, string name, ApiKeyScopes scopes, int? unitId = null, CancellationToken cancel = default)
    {
        name = Codes.Name(name, "name");
        if (scopes == ApiKeyScopes.None) throw new InvalidField("scopes", "Missing", "scopes: give at least one of ingest, read, desk.");
        var key = "cx_" + Secret.Make();
        await db.Write(async s =>
        {
            if (await s.Single<int>(Named, new { name }) > 0) throw new InvalidField("name", "Taken", $"name: a key named {name} is in use; revoke it first or choose another name.");
            var id = await s.Single<int>(Add, new { name, hash = Secret.Hash(key), scopes = (int)scopes, unitId, at = s.Now });
            await Audit.Write(s, actor, "keyCreated", "apiKey", id, new { name, scopes, unitId });
            s.Changed(ChangeTopic.Units);
        }, cancel);
        return key;
    }

    /// <returns>False where no key of that name is in use.</returns>
    public Task<bool> Revoke(Viewer actor, string name, CancellationToken cancel = default) => db.Write(async s =>
    {
        var ids = await s.Query<int>(Live, new { name = Codes.Normal(name) });
        foreach (var id in ids) await Revoke(s, actor, id);
        return ids.Count > 0;
    }, cancel);

    /// <summary>Revoking what is revoked changes nothing.</summary>
    public Task Revoke(Viewer actor, int id, CancellationToken cancel = default) => db.Write(s => Revoke(s, actor, id), cancel);

    /// <summary>Notes that a key was used; at most once a minute, whoever calls.</summary>
    public Task Touch(int id, CancellationToken cancel = default) => db.Write(
        s => s.Execute(Use, new { id, at = s.Now, before = s.Now.AddMinutes(-1) }), cancel);

    private static async Task Revoke(Session s, Viewer actor, int id)
    {
        if (await s.Execute(TakeBack, new { id, at = s.Now }) == 0) return;
        await Audit.Write(s, actor, "keyRevoked", "apiKey", id);
        s.Changed(ChangeTopic.Units);
    }
}
