using System.Security.Cryptography;
using System.Text;

namespace CxDesk.Data.People;

/// <summary>Random secrets that are handed out once (keys, links) and kept only as their hash.</summary>
public static class Secret
{
    /// <returns>32 random bytes as base64url, 43 characters.</returns>
    public static string Make()
    {
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return text.TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>SHA-256, hexadecimal. Enough for a secret of 256 random bits; a password needs a slow hash.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
