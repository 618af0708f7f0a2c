using System.Security.Cryptography;

namespace CxDesk.Data.Displays;

/// <summary>What somebody types with a remote control: eight letters and digits that are not taken for each other.</summary>
public static class DisplayCode
{
    private const string Letters = "23456789BCDFGHJKMNPQRSTVWXYZ";

    /// <returns>As <c>K7TQ-M4XB</c>.</returns>
    public static string Make() => $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";

    /// <summary>As it is compared: without hyphen and spaces, in capitals.</summary>
    public static string Normal(string code) => new([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
