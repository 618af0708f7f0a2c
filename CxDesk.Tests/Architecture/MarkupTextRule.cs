using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CxDesk.Tests.Architecture;

/// <summary>Every word that a person reads comes from resources: no component writes letters of its own.</summary>
public static partial class MarkupTextRule
{
    private static readonly HashSet<string> ReadByPeople = new(StringComparer.OrdinalIgnoreCase)
    {
        "title", "aria-label", "aria-description", "placeholder", "alt", "label", "text", "words", "lead", "what", "kept", "caption", "summary",
    };

    // These put a literal into the text; any other call takes its literals for itself (a resource's key, a format).
    private static readonly HashSet<string> Passing = ["Concat", "TypeCheck", "Format", "AppendLiteral", "ToStringAndClear"];

    public static IEnumerable<string> Breaches(IEnumerable<Type> types)
    {
        foreach (var method in Instructions.Methods(types))
        {
            var literals = new List<string>();
            foreach (var (_, operand) in Instructions.Of(method))
            {
                if (operand is string literal) literals.Add(literal);
                if (operand is not MethodBase called) continue;
                if (called.DeclaringType == typeof(RenderTreeBuilder))
                {
                    foreach (var words in Said(called.Name, literals)) yield return $"{method.DeclaringType}: {words}";
                    literals.Clear();
                }
                else if (!Passing.Contains(called.Name))
                {
                    var taken = Math.Min(literals.Count, called.GetParameters().Count(p => p.ParameterType == typeof(string)));
                    literals.RemoveRange(literals.Count - taken, taken);
                }
            }
        }
    }

    private static IEnumerable<string> Said(string call, List<string> literals) => call switch
    {
        nameof(RenderTreeBuilder.AddContent) or nameof(RenderTreeBuilder.AddMarkupContent) => literals.SelectMany(InMarkup),
        nameof(RenderTreeBuilder.AddAttribute) or nameof(RenderTreeBuilder.AddComponentParameter)
            when literals.Count > 1 && ReadByPeople.Contains(literals[0]) => literals.Skip(1).Where(HasLetters),
        _ => [],
    };

    private static IEnumerable<string> InMarkup(string markup) => Attribute().Matches(markup)
        .Where(a => ReadByPeople.Contains(a.Groups[1].Value)).Select(a => a.Groups[2].Value)
        .Append(Tag().Replace(markup, " ").Trim())
        .Where(HasLetters);

    private static bool HasLetters(string text) => WebUtility.HtmlDecode(text).Any(char.IsLetter);

    [GeneratedRegex("""([\w-]+)\s*=\s*"([^"]*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
