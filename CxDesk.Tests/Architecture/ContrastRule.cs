using System.Globalization;
using System.Text.RegularExpressions;

namespace CxDesk.Tests.Architecture;

/// <summary>Colours apart enough to be read: contrast after WCAG 2.2, 4.5:1 for text and 3:1 for shapes, in light and dark.</summary>
public static partial class ContrastRule
{
    private static readonly string[] Text = ["ink", "ink-2", "ink-3", "good", "watch", "bad", "unknown"];
    private static readonly string[] Grounds = ["page", "surface", "hover"];
    private static readonly string[] Meanings = ["good", "watch", "bad", "unknown"];

    /// <param name="css">Custom properties of the form <c>--name: light-dark(#light, #dark);</c> or <c>--name: #both;</c>.</param>
    public static IEnumerable<string> Breaches(string css)
    {
        var colours = Token().Matches(css).ToDictionary(
            m => m.Groups["name"].Value,
            m => (Light: m.Groups["light"].Value, Dark: m.Groups["dark"].Success ? m.Groups["dark"].Value : m.Groups["light"].Value));
        var pairs = (from text in Text from ground in Grounds select (Front: text, Back: ground, Least: 4.5))
            .Concat(from meaning in Meanings select (meaning, meaning + "-faint", 4.5))
            .Concat(from meaning in Meanings select ("ink", meaning + "-faint", 4.5))
            .Concat(from meaning in Meanings select ("on-fill", meaning + "-fill", 4.5))
            .Concat([("ink", "chosen", 4.5), ("ink-2", "chosen", 4.5), ("line-strong", "surface", 3.0), ("line-strong", "page", 3.0), ("surface", "ink", 4.5)]);
        foreach (var (front, back, least) in pairs)
        {
            if (!colours.TryGetValue(front, out var a) || !colours.TryGetValue(back, out var b))
            {
                yield return $"--{front} or --{back} is missing";
                continue;
            }
            foreach (var (scheme, ratio) in new[] { ("light", Ratio(a.Light, b.Light)), ("dark", Ratio(a.Dark, b.Dark)) })
                if (ratio < least) yield return string.Create(CultureInfo.InvariantCulture, $"--{front} on --{back} is {ratio:0.00}:1 in {scheme}, under {least}:1");
        }
    }

    /// <summary>Colours named outside of tokens.css, which light and dark would not reach.</summary>
    public static IEnumerable<string> Strays(IEnumerable<(string Path, string Content)> styles) =>
        from style in styles
        from Match colour in Colour().Matches(style.Content)
        select $"{style.Path}: {colour.Value}";

    /// <summary>(lighter + 0.05) / (darker + 0.05) of relative luminances; colours as #rrggbb.</summary>
    public static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(rgba?|hsla?|oklch)\(|:\s*(white|black|red|green|gr[ae]y)\b")]
    private static partial Regex Colour();

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(light-dark\(\s*(?<light>#\w{6})\s*,\s*(?<dark>#\w{6})\s*\)|(?<light>#\w{6}))\s*;")]
    private static partial Regex Token();
}
