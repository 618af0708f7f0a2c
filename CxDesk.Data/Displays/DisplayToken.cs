using CxDesk.Data.People;

namespace CxDesk.Data.Displays;

/// <summary>The secret part of a display's address.</summary>
public static class DisplayToken
{
    /// <summary>Told by its beginning from the key of a program.</summary>
    public const string Prefix = "cxd_";

    public static string Make() => Prefix + Secret.Make();

    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);
}
