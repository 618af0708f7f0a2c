using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CxDesk.Tests.Architecture;

/// <summary>Both languages say the same things, everything that is asked for is there, and nothing else.</summary>
public static partial class ResourceRule
{
    public const string Chinese = ".zh-Hans";

    /// <param name="files">Name without extension (ShellText, ShellText.zh-Hans) → content of the resx.</param>
    public static IEnumerable<string> UnequalPairs(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (name, content) in files.Where(f => !f.Key.EndsWith(Chinese, StringComparison.Ordinal)))
        {
            if (!files.TryGetValue(name + Chinese, out var other))
            {
                yield return $"{name} has no {Chinese} beside it";
                continue;
            }
            var (english, chinese) = (Texts(content), Texts(other));
            foreach (var key in english.Keys.Except(chinese.Keys)) yield return $"{name}{Chinese} lacks {key}";
            foreach (var key in chinese.Keys.Except(english.Keys)) yield return $"{name} lacks {key}";
            foreach (var key in english.Keys.Intersect(chinese.Keys))
            {
                if (english[key].Length == 0 || chinese[key].Length == 0) yield return $"{name}: {key} is empty";
                if (!Holes(english[key]).SetEquals(Holes(chinese[key]))) yield return $"{name}: {key} takes other values in the other language";
            }
        }
    }

    /// <param name="sources">Path → content of .razor and .cs files; X.razor and X.razor.cs are read as one.</param>
    /// <param name="files">As in <see cref="UnequalPairs"/>.</param>
    public static IEnumerable<string> MissingKeys(IEnumerable<(string Path, string Content)> sources, IReadOnlyDictionary<string, string> files)
    {
        foreach (var component in sources.GroupBy(s => s.Path.EndsWith(".razor.cs", StringComparison.Ordinal) ? s.Path[..^3] : s.Path))
        {
            var content = string.Join('\n', component.Select(s => s.Content));
            foreach (Match localizer in Localizer().Matches(content))
            {
                var (marker, name) = (localizer.Groups[1].Value, localizer.Groups[2].Value);
                if (!files.TryGetValue(marker, out var resx))
                {
                    yield return $"{component.Key}: there is no {marker}.resx";
                    continue;
                }
                var keys = Texts(resx).Keys;
                foreach (Match use in Regex.Matches(content, $$"""\b{{name}}\[(\$?)"([^"{]*)"""))
                {
                    var key = use.Groups[2].Value;
                    var there = use.Groups[1].Length > 0 ? keys.Any(k => k.StartsWith(key, StringComparison.Ordinal)) : keys.Contains(key);
                    if (!there) yield return $"{component.Key}: {marker} lacks {key}";
                }
            }
        }
    }

    /// <summary>Texts that nobody asks for: their key stands in no source, neither whole nor as the beginning of one that is put together.</summary>
    public static IEnumerable<string> UnusedKeys(IEnumerable<(string Path, string Content)> sources, IReadOnlyDictionary<string, string> files)
    {
        var literals = sources.SelectMany(s => Literal().Matches(s.Content)).Select(m => (Text: m.Groups[1].Value, IsWhole: m.Groups[2].Value == "\"")).Distinct().ToList();
        var whole = literals.Where(l => l.IsWhole).Select(l => l.Text).ToHashSet();
        var begun = literals.Where(l => !l.IsWhole || l.Text.EndsWith('.')).Select(l => l.Text).ToList();
        return from file in files
               where !file.Key.EndsWith(Chinese, StringComparison.Ordinal)
               from key in Texts(file.Value).Keys
               where !whole.Contains(key) && !begun.Any(b => key.StartsWith(b, StringComparison.Ordinal))
               select $"{file.Key}: nobody asks for {key}";
    }

    private static Dictionary<string, string> Texts(string resx) => XDocument.Parse(resx).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static HashSet<string> Holes(string text) => Hole().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();

    [GeneratedRegex(@"IStringLocalizer<(\w+)>\s+(\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"""([A-Za-z][\w.]*)(""|\{)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{(\d+)")]
    private static partial Regex Hole();
}
