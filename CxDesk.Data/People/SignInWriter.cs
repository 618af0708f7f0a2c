using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>
/// Lets a person in by user name and password. Five wrong tries lock a name for a quarter of an hour, whether or not
/// anybody has that name; and each answer costs one hash, so that neither words nor time tell who exists.
/// </summary>
public sealed class SignInWriter(Db db, IPasswordHash hash, TimeProvider time)
{
    public const int Tries = 5;
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    private static readonly Statement Named = new($"""
        SELECT Id AS {nameof(AccountRow.Id)}, Name AS {nameof(AccountRow.Name)}, PasswordHash AS {nameof(AccountRow.PasswordHash)}, LockedUntil AS {nameof(AccountRow.LockedUntil)}
        FROM People
        WHERE UserName = @userName AND IsActive = 1 AND Role IS NOT NULL AND PasswordHash IS NOT NULL
        """);

    // A try is taken before the password is looked at: fifty at the same time get five answers.
    private static readonly Statement TakeTry = new("""
        UPDATE People
        SET FailedSignIns = CASE WHEN LockedUntil IS NULL THEN FailedSignIns + 1 ELSE 1 END,
            LockedUntil = CASE WHEN LockedUntil IS NULL AND FailedSignIns + 1 >= @tries THEN @until ELSE NULL END
        WHERE Id = @id AND (LockedUntil IS NULL OR LockedUntil <= @now)
        """);

    private static readonly Statement Succeed = new("""
        UPDATE People SET FailedSignIns = 0, LockedUntil = NULL, LastSignInAt = @now, PasswordHash = COALESCE(@newHash, PasswordHash) WHERE Id = @id
        """);

    // Only ever compared with, so that an unknown name costs the same.
    private readonly string _nobodysHash = hash.Hash(Secret.Make());
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset Until)> _unknown = [];

    public async Task<SignInAttempt> Try(string userName, string password, CancellationToken cancel = default)
    {
        var name = Codes.Normal(userName).ToLowerInvariant();
        var account = name.Length is 0 or > Codes.Longest ? null : await db.Read(s => s.First<AccountRow>(Named, new { userName = name }), cancel);
        var lockedUntil = account is null ? TryOfNobody(name) : await TakeTryOf(account, cancel);
        var check = hash.Check(account?.PasswordHash ?? _nobodysHash, password);
        if (lockedUntil is { } until) return new SignInAttempt { LockedUntil = until };
        if (account is null || check == PasswordCheck.Wrong) return new SignInAttempt();
        var newHash = check == PasswordCheck.RightButOld ? hash.Hash(password) : null;
        await db.Write(async s =>
        {
            await s.Execute(Succeed, new { id = account.Id, now = s.Now, newHash });
            await Audit.Write(s, Self(account), "signedIn", "person", account.Id);
        }, cancel);
        return new SignInAttempt { PersonId = account.Id };
    }

    /// <returns>Until when the account is locked, where this try came too late.</returns>
    private Task<DateTimeOffset?> TakeTryOf(AccountRow account, CancellationToken cancel) => db.Write(async s =>
    {
        var taken = await s.Execute(TakeTry, new { id = account.Id, now = s.Now, until = s.Now + Lock, tries = Tries });
        var after = (await s.Single<LockRow>(LockOf, new { id = account.Id })).LockedUntil;
        if (taken == 1 && after is not null) await Audit.Write(s, Self(account), "lockedOut", "person", account.Id, new { until = after });
        return taken == 0 ? after : null;
    }, cancel);

    private static readonly Statement LockOf = new("SELECT LockedUntil FROM People WHERE Id = @id");

    // A row, since a handler of times is never asked about a null in one.
    private sealed record LockRow
    {
        public required DateTimeOffset? LockedUntil { get; init; }
    }

    private DateTimeOffset? TryOfNobody(string name)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_unknown.Count >= 10_000) _unknown.Clear();
            var (tries, until) = _unknown.GetValueOrDefault(name);
            if (until > now) return until;
            if (until != default) tries = 0;
            _unknown[name] = (tries + 1, tries + 1 >= Tries ? now + Lock : default);
            return null;
        }
    }

    private static Viewer Self(AccountRow account) => Viewer.System with { PersonId = account.Id, Name = account.Name };

    private sealed record AccountRow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
        public required string PasswordHash { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }
}

/// <summary>How a try to sign in went: a person, a lock, or neither: name or password is wrong, and nobody says which.</summary>
public sealed record SignInAttempt
{
    public int? PersonId { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
}
