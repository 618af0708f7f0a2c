using System.Globalization;
using System.Text;

namespace CxDesk.Data.Cases;

/// <summary>What a search asks for: all of these prefixes, each at the beginning of some word.</summary>
public sealed record SearchTerms
{
    /// <summary>A case that was named by its reference, C and all.</summary>
    public required long? CaseId { get; init; }
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>Whether nothing in the text can be looked for: signs, spaces.</summary>
    public bool IsNothing => CaseId is null && Prefixes.Count == 0;
}

/// <summary>
/// Cuts text into the words that it is found by, alike for what is stored and what is looked for. Text is folded first
/// (NFKC, case). A run of letters and digits is a word, and found by its beginning. Han script has no spaces: of a run of
/// characters every two neighbours are a word, and the last one by itself, so that any two neighbours find it, and any one.
/// </summary>
public static class SearchWords
{
    /// <summary>What goes beyond this many UTF-16 units is cut from a word.</summary>
    public const int Longest = 32;

    /// <summary>The words of a text, as they are stored, each once.</summary>
    public static void Add(string? text, ISet<string> words) => Cut(text, words, forQuery: false);

    /// <summary>What a search text asks for.</summary>
    public static SearchTerms Terms(string text)
    {
        long? caseId = null;
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (part.StartsWith("C-", StringComparison.OrdinalIgnoreCase) && CaseReference.TryParse(part, out var id) && (caseId ?? id) == id) caseId = id;
            else Cut(part, words, forQuery: true);
        // What another prefix begins with is asked for by that one.
        return new SearchTerms { CaseId = caseId, Prefixes = [.. words.Where(word => !words.Any(other => other.Length > word.Length && other.StartsWith(word, StringComparison.Ordinal)))] };
    }

    /// <summary>Whether text with these words is found.</summary>
    public static bool Find(SearchTerms terms, IReadOnlyCollection<string> words) =>
        terms.Prefixes.All(prefix => words.Any(word => word.StartsWith(prefix, StringComparison.Ordinal)));

    private static void Cut(string? text, ISet<string> words, bool forQuery)
    {
        if (string.IsNullOrEmpty(text)) return;
        var word = new StringBuilder();
        string? han = null;
        var alone = false;
        foreach (var rune in Folded(text).EnumerateRunes())
        {
            if (IsHan(rune))
            {
                EndWord();
                var next = rune.ToString();
                if (han is not null) words.Add(han + next);
                (han, alone) = (next, han is null);
            }
            else if (Rune.IsLetterOrDigit(rune) || word.Length > 0 && IsMark(rune))
            {
                EndHan();
                if (word.Length + rune.Utf16SequenceLength <= Longest) word.Append(rune);
            }
            else if (!IsMark(rune))
            {
                EndWord();
                EndHan();
            }
        }
        EndWord();
        EndHan();

        void EndWord()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }

        // Who looks for two neighbours does not ask that the second ends the text; who looks for one asks for that one.
        void EndHan()
        {
            if (han is not null && (!forQuery || alone)) words.Add(han);
            han = null;
        }
    }

    // Upper and then lower, so that the three small sigmas and their like are one.
    private static string Folded(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));      // half of a surrogate pair cannot be normalised
        return whole.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKC);
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsHan(Rune rune) => rune.Value is
        >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0x20000 and <= 0x3FFFD or >= 0xF900 and <= 0xFAFF or >= 0x2E80 and <= 0x2FDF
        or 0x3005 or 0x3007 or >= 0x3021 and <= 0x3029 or >= 0x3038 and <= 0x303B;
}
