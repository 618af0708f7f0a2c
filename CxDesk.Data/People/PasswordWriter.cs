using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.People;

/// <summary>Passwords and the one-time links by which people set them. A new password ends every other session.</summary>
public sealed class PasswordWriter(Db db, IPasswordHash hash)
{
    public const int Shortest = 10;
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    private static readonly Statement Expire = new("UPDATE SetupLinks SET ExpiresAt = @now WHERE PersonId = @personId AND UsedAt IS NULL AND ExpiresAt > @now");
    private static readonly Statement AddLink = new("INSERT INTO SetupLinks (TokenHash, PersonId, ExpiresAt) VALUES (@hash, @personId, @expires)");

    private static readonly Statement Link = new($"""
        SELECT l.PersonId AS {nameof(SetupLinkRow.PersonId)}, p.Name AS {nameof(SetupLinkRow.Name)}, p.UserName AS {nameof(SetupLinkRow.UserName)}
        FROM SetupLinks l
        LEFT JOIN People p ON p.Id = l.PersonId
        WHERE l.TokenHash = @hash AND l.UsedAt IS NULL AND l.ExpiresAt > @now
          AND ((l.PersonId IS NULL AND NOT EXISTS (SELECT 1 FROM People a WHERE a.UserName IS NOT NULL))
            OR (p.IsActive = 1 AND p.UserName IS NOT NULL))
        """);

    private static readonly Statement UseLinkOnce = new("UPDATE SetupLinks SET UsedAt = @now WHERE TokenHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now");

    private static readonly Statement SetHash = new("""
        UPDATE People SET PasswordHash = @passwordHash, SecurityStamp = @stamp, FailedSignIns = 0, LockedUntil = NULL,
               LastSignInAt = COALESCE(@signedInAt, LastSignInAt)
        WHERE Id = @id AND UserName IS NOT NULL
        """);

    private static readonly Statement Account = new($"""
        SELECT PasswordHash AS {nameof(AccountRow.PasswordHash)}, UserName AS {nameof(AccountRow.UserName)} FROM People WHERE Id = @id AND IsActive = 1 AND UserName IS NOT NULL
        """);

    private static readonly Statement Accounts = new("SELECT COUNT(*) FROM People WHERE UserName IS NOT NULL");
    private static readonly Statement SetLanguage = new("UPDATE People SET Language = @language WHERE Id = @id");

    /// <summary>Whether somebody can sign in, or could be invited to: before, the first start hands out a link.</summary>
    public Task<bool> AnybodyThere(CancellationToken cancel = default) => db.Read(async s => await s.Single<int>(Accounts) > 0, cancel);

    /// <summary>A link that sets a password once. It replaces the person's earlier ones.</summary>
    /// <param name="personId">Null: whoever holds it becomes the first admin, as long as nobody else is there.</param>
    /// <returns>The path, which nobody can read again.</returns>
    public Task<string> MakeLink(Viewer actor, int? personId, CancellationToken cancel = default) => db.Write(s => MakeLink(s, actor, personId), cancel);

    internal static async Task<string> MakeLink(Session s, Viewer actor, int? personId)
    {
        var token = Secret.Make();
        await s.Execute(Expire, new { personId, now = s.Now });
        await s.Execute(AddLink, new { hash = Secret.Hash(token), personId, expires = s.Now + LinkLife });
        await Audit.Write(s, actor, "setupLinkMade", "person", personId ?? 0);
        return "/setup/" + token;
    }

    /// <returns>Null for a link that is unknown, used, expired or replaced.</returns>
    public Task<SetupLinkRow?> FindLink(string token, CancellationToken cancel = default) =>
        db.Read(s => s.First<SetupLinkRow>(Link, new { hash = Secret.Hash(token), now = s.Now }), cancel);

    /// <param name="name">Of the first admin; else nothing.</param>
    /// <param name="userName">Of the first admin; else nothing.</param>
    /// <returns>Who may be signed in now.</returns>
    /// <exception cref="InvalidField">link (used, expired), password (too short), userName, name.</exception>
    public async Task<int> UseLink(string token, string password, string? name, string? userName, CancellationToken cancel = default)
    {
        var link = await FindLink(token, cancel) ?? throw LinkGone();
        var newUserName = link.UserName ?? Codes.UserName(userName);
        if (link.PersonId is null) name = Codes.Name(name, "name");
        CheckPassword(password, newUserName);
        var passwordHash = hash.Hash(password);
        return await db.Write(async s =>
        {
            if (await s.Execute(UseLinkOnce, new { hash = Secret.Hash(token), now = s.Now }) == 0) throw LinkGone();
            var id = link.PersonId;
            if (id is null)
            {
                if (await s.Single<int>(Accounts) > 0) throw LinkGone();
                id = await PeopleWriter.Add(s, Viewer.System, new NewPerson { Name = name!, UserName = newUserName, Role = Role.Admin });
            }
            if (await Store(s, id.Value, passwordHash, signedInAt: s.Now) == 0) throw LinkGone();
            await Audit.Write(s, Viewer.System with { PersonId = id, Name = name ?? link.Name ?? newUserName }, "passwordSet", "person", id.Value);
            return id.Value;
        }, cancel);
    }

    /// <summary>By the person, who knows the present one. Other sessions end; this one must be signed in again.</summary>
    /// <exception cref="InvalidField">present (wrong), password (too short).</exception>
    public async Task Change(Viewer person, string present, string password, CancellationToken cancel = default)
    {
        var id = person.PersonId ?? throw new InvalidOperationException("A key has no password.");
        var account = await db.Read(s => s.First<AccountRow>(Account, new { id }), cancel);
        if (account?.PasswordHash is null || hash.Check(account.PasswordHash, present) == PasswordCheck.Wrong)
            throw new InvalidField("present", "WrongPassword", "present: is not the present password.");
        CheckPassword(password, account.UserName);
        await Give(person, id, password, cancel);
    }

    /// <summary>Sets a password without asking for its strength or the present one: the demo floor, tests.</summary>
    public async Task Give(Viewer actor, int personId, string password, CancellationToken cancel = default)
    {
        var passwordHash = hash.Hash(password);
        await db.Write(async s =>
        {
            if (await Store(s, personId, passwordHash) == 0) throw new InvalidField("person", "NoAccount", "person: has no user name.");
            await Audit.Write(s, actor, "passwordSet", "person", personId);
        }, cancel);
    }

    /// <param name="language">A culture's name; null follows the browser.</param>
    public Task ChooseLanguage(Viewer person, string? language, CancellationToken cancel = default) => db.Write(async s =>
    {
        await s.Execute(SetLanguage, new { id = person.PersonId, language });
        await Audit.Write(s, person, "languageChosen", "person", person.PersonId!, new { language });
        s.Changed(ChangeTopic.Units);
    }, cancel);

    private static Task<int> Store(Session s, int id, string passwordHash, DateTimeOffset? signedInAt = null)
    {
        s.Changed(ChangeTopic.Units);
        return s.Execute(SetHash, new { id, passwordHash, stamp = Secret.Make(), signedInAt });
    }

    private static void CheckPassword(string password, string userName)
    {
        if (password.Length < Shortest) throw new InvalidField("password", "PasswordShort", $"password: needs at least {Shortest} characters.");
        if (password.Length > Codes.Longest) throw new InvalidField("password", "TooLong", $"password: is longer than {Codes.Longest} characters.");
        if (password.Equals(userName, StringComparison.OrdinalIgnoreCase)) throw new InvalidField("password", "PasswordIsName", "password: is the user name.");
    }

    private static InvalidField LinkGone() => new("link", "LinkGone", "link: was used, has expired or was replaced by a newer one.");

    private sealed record AccountRow
    {
        public string? PasswordHash { get; init; }
        public required string UserName { get; init; }
    }
}

/// <summary>A set-up link that still works, and whose it is; without a person it makes the first admin.</summary>
public sealed record SetupLinkRow
{
    public int? PersonId { get; init; }
    public string? Name { get; init; }
    public string? UserName { get; init; }
}
