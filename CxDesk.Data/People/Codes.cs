using System.Text;

namespace CxDesk.Data.People;

/// <summary>How codes and names that people type are brought into the form in which they are stored and compared.</summary>
public static class Codes
{
    public const int Longest = 200;

    /// <summary>Trimmed and in NFC.</summary>
    public static string Normal(string? text) => (text ?? "").Trim().Normalize(NormalizationForm.FormC);

    /// <exception cref="InvalidField">The name is missing, longer than 200 characters, or holds control characters.</exception>
    public static string Name(string? text, string field)
    {
        var name = Normal(text);
        if (name.Length == 0) throw new InvalidField(field, "Missing", $"{field}: is missing.");
        if (name.Length > Longest) throw new InvalidField(field, "TooLong", $"{field}: is longer than {Longest} characters.");
        if (name.Any(char.IsControl)) throw new InvalidField(field, "Control", $"{field}: holds control characters.");
        return name;
    }

    /// <summary>A user name: lower case, without spaces.</summary>
    /// <exception cref="InvalidField">It is missing, too long, or holds spaces or control characters.</exception>
    public static string UserName(string? text, string field = "userName")
    {
        var name = Name(text, field).ToLowerInvariant();
        if (name.Any(char.IsWhiteSpace)) throw new InvalidField(field, "Space", $"{field}: a user name holds no spaces.");
        return name;
    }
}
