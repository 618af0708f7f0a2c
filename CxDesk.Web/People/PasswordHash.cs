using CxDesk.Data.People;
using Microsoft.AspNetCore.Identity;

namespace CxDesk.Web.People;

/// <summary>The framework's own hash: PBKDF2 with a salt, its cost raised with the framework's version.</summary>
public sealed class PasswordHash : IPasswordHash
{
    private static readonly object Anybody = new();
    private readonly PasswordHasher<object> _hasher = new();

    public string Hash(string password) => _hasher.HashPassword(Anybody, password);

    public PasswordCheck Check(string hash, string password) => _hasher.VerifyHashedPassword(Anybody, hash, password) switch
    {
        PasswordVerificationResult.Failed => PasswordCheck.Wrong,
        PasswordVerificationResult.Success => PasswordCheck.Right,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButOld,
    };
}
