using System.Globalization;
using System.Text;

namespace CxDesk.Data.Policies;

/// <summary>
/// Whether words or phrases stand in a comment: as whole words whatever their case; in scripts that put no space between
/// words (Han, kana) anywhere. Pure.
/// </summary>
public static class CommentWords
{
    /// <summary>The form in which words are compared.</summary>
    public static string Normal(string word) => word.Trim().Normalize(NormalizationForm.FormC);

    /// <param name="word">In <see cref="Normal"/> form, not empty.</param>
    public static bool Contains(string comment, string word)
    {
        for (var at = 0; (at = comment.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (IsEdge(Before(comment, at), First(word)) && IsEdge(After(comment, at + word.Length), Last(word))) return true;
        return false;
    }

    // A word ends where no letter or digit goes on; one of a script without spaces ends anywhere.
    private static bool IsEdge(Rune? neighbour, Rune own) => neighbour is not { } rune || IsUnspaced(own) || IsUnspaced(rune) || !IsOfWord(rune) || !IsOfWord(own);

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnspaced(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or 0x3005 or 0x3007;

    private static Rune? Before(string text, int at) => at == 0 ? null : Last(text.AsSpan(0, at));

    private static Rune? After(string text, int at) => at >= text.Length ? null : First(text.AsSpan(at));

    private static Rune First(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune;
    }

    private static Rune Last(ReadOnlySpan<char> text)
    {
        Rune.DecodeLastFromUtf16(text, out var rune, out _);
        return rune;
    }
}
