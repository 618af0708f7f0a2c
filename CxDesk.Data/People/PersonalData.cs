using System.Text.RegularExpressions;

namespace CxDesk.Data.People;

/// <summary>Takes out of a text what tells who the customer is, before it goes to a display. Pure.</summary>
public static partial class PersonalData
{
    private const string Mask = "•••";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Masks mail addresses, runs of five and more digits, telephone numbers written in groups, and the given words
    /// (name, code), each also in parts: a first name, a family name, a Chinese given name.
    /// </summary>
    public static string? Masked(string? text, params IEnumerable<string?> words)
    {
        if (string.IsNullOrEmpty(text)) return text;
        text = Addresses().Replace(text, Mask);
        text = Numbers().Replace(text, Mask);
        foreach (var part in words.SelectMany(Parts).Distinct().OrderByDescending(p => p.Length))
            text = Regex.Replace(text, Pattern(part), Mask, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
        return text;
    }

    private static IEnumerable<string> Parts(string? word)
    {
        var name = word?.Trim() ?? "";
        if (name.Length < 2) yield break;
        yield return name;
        if (name.All(IsHan))
        {
            // Family name of one or two characters, then the given name.
            if (name.Length > 2) yield return name[1..];
            if (name.Length > 3) yield return name[2..];
            yield break;
        }
        foreach (var part in name.Split([' ', '\u3000', '·', '-', '.', ','], StringSplitOptions.RemoveEmptyEntries))
            if (part.Length > 1) yield return part;
    }

    // Letters around a Latin name make it another word ("Anna" in "Hosanna"); Han script has no such borders.
    private static string Pattern(string part) =>
        (IsHan(part[0]) ? "" : @"(?<![\p{L}\p{N}])") + Regex.Escape(part) + (IsHan(part[^1]) ? "" : @"(?![\p{L}\p{N}])");

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';

    [GeneratedRegex(@"[^\s@＠,;:<>()（），。；：、]+[@＠][^\s@＠,;:<>()（），。；：、]+", RegexOptions.None, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\d{5,}|\+?\d{1,4}(?:[ \u00a0().\-–]{1,2}\d{2,4}){2,}|\(\d{2,5}\)[ \-]?\d{3,}", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}
