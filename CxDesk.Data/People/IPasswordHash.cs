namespace CxDesk.Data.People;

/// <summary>A slow, salted hash for passwords. The host brings it.</summary>
public interface IPasswordHash
{
    string Hash(string password);

    /// <summary>Takes as long for a wrong password as for the right one.</summary>
    PasswordCheck Check(string hash, string password);
}

public enum PasswordCheck
{
    Wrong,
    Right,
    /// <summary>Right, and hashed in a way of old: hash it again.</summary>
    RightButOld,
}
