using CxDesk.Data.People;

namespace CxDesk.Tests.People;

/// <summary>A hash for tests of what is around it: fast, and readable. It counts how often it was asked.</summary>
public sealed class PlainHash : IPasswordHash
{
    public int Checks { get; private set; }

    public string Hash(string password) => "plain:" + password;

    public PasswordCheck Check(string hash, string password)
    {
        Checks++;
        return hash == Hash(password) ? PasswordCheck.Right : PasswordCheck.Wrong;
    }
}
