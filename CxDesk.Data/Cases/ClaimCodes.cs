using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>What came of a code that somebody scanned.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome() { }

    /// <summary>Whoever scanned it has the case: by this, or by the same code a moment ago.</summary>
    public sealed record Yours(long CaseId) : ClaimOutcome;

    /// <summary>Somebody used the code before.</summary>
    public sealed record Used(long CaseId) : ClaimOutcome;

    /// <summary>The wall shows another one by now.</summary>
    public sealed record Expired(long CaseId) : ClaimOutcome;

    /// <summary>The case stands where the person sees no cases.</summary>
    public sealed record OutOfReach : ClaimOutcome;

    /// <summary>It cannot be claimed: somebody has it, or it is done with.</summary>
    public sealed record Refused(long CaseId, CaseRefusal Why, string? Name) : ClaimOutcome;

    /// <summary>It is no code of this house.</summary>
    public sealed record Foreign : ClaimOutcome;
}

/// <summary>
/// Codes by which whoever scans one at a wall takes a case. One is made by reading the clock: it is the case, the five
/// minutes it was made for, and a seal over both by a secret of this house. It holds until the next five minutes are
/// over, and works once, which a unique row decides.
/// </summary>
public sealed class ClaimCodes(Db db, CaseWriter writer)
{
    /// <summary>For so long a wall shows the same code.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(5);

    private const string SecretName = "claimCodeSecret";
    private const int SealBytes = 10;

    private static readonly Statement Stored = new("SELECT Setting FROM Settings WHERE Name = @name");

    private static readonly Statement Keep = new("""
        INSERT INTO Settings (Name, Setting) SELECT CAST(@name AS nvarchar(100)), CAST(@secret AS nvarchar(200)) WHERE NOT EXISTS (SELECT 1 FROM Settings WHERE Name = @name)
        """);

    private static readonly Statement UsedBy = new("SELECT PersonId FROM ClaimCodeUses WHERE CaseId = @caseId AND Slot = @slot");
    private static readonly Statement OwnerOf = new("SELECT OwnerId FROM Cases WHERE Id = @caseId");
    private static readonly Statement Use = new("INSERT INTO ClaimCodeUses (CaseId, Slot, PersonId, UsedAt) VALUES (@caseId, @slot, @personId, @at)");

    private volatile byte[]? _secret;

    /// <summary>The code that a wall shows for a case at a moment.</summary>
    public async ValueTask<string> Of(long caseId, DateTimeOffset at, CancellationToken cancel = default) =>
        Code(await TheSecret(cancel), caseId, Slot(at));

    /// <summary>Gives a case to whoever scanned its code, if they may have it.</summary>
    public async Task<ClaimOutcome> Claim(Viewer actor, string code, CancellationToken cancel = default)
    {
        if (actor.PersonId is not { } personId || !Genuine(await TheSecret(cancel), code, out var caseId, out var slot)) return new ClaimOutcome.Foreign();
        return await db.Write<ClaimOutcome>(async s =>
        {
            if (await s.First<int?>(UsedBy, new { caseId, slot }) is { } user)
                return user == personId && await s.First<int?>(OwnerOf, new { caseId }) == personId ? new ClaimOutcome.Yours(caseId) : new ClaimOutcome.Used(caseId);
            // The clock of another node may be a little ahead.
            if (Slot(s.Now) - slot is < -1 or > 1) return new ClaimOutcome.Expired(caseId);
            switch (await writer.Do(s, actor, new ClaimCase { CaseId = caseId }))
            {
                case CaseResult.Done:
                    await s.Execute(Use, new { caseId, slot, personId, at = s.Now });
                    return new ClaimOutcome.Yours(caseId);
                case CaseResult.Refused { Why: CaseRefusal.AlreadyTaken } when await s.First<int?>(OwnerOf, new { caseId }) == personId:
                    return new ClaimOutcome.Yours(caseId);
                case CaseResult.Refused refused:
                    return new ClaimOutcome.Refused(caseId, refused.Why, refused.Name);
                default:
                    return new ClaimOutcome.OutOfReach();
            }
        }, cancel);
    }

    private async ValueTask<byte[]> TheSecret(CancellationToken cancel) => _secret ??= Encoding.UTF8.GetBytes(
        await db.Read(s => s.First<string>(Stored, new { name = SecretName }), cancel)
        ?? await db.Write(async s =>
        {
            // Of two nodes that begin at once one comes first.
            await s.Execute(Keep, new { name = SecretName, secret = Secret.Make() });
            return await s.Single<string>(Stored, new { name = SecretName });
        }, cancel));

    private static long Slot(DateTimeOffset at) => at.UtcTicks / SlotLength.Ticks;

    private static string Code(byte[] secret, long caseId, long slot)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{caseId:x}-{slot:x}");
        return $"{what}-{Seal(secret, what)}";
    }

    private static bool Genuine(byte[] secret, string code, out long caseId, out long slot)
    {
        (caseId, slot) = (0, 0);
        return code.Split('-') is [var id, var of, _]
            && long.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out caseId)
            && long.TryParse(of, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out slot)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Code(secret, caseId, slot)));
    }

    // Half a secret's length is plenty for ten minutes, and keeps the picture coarse enough to be scanned from afar.
    private static string Seal(byte[] secret, string what) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(what)).AsSpan(0, SealBytes));
}
