using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Tests.Architecture;

/// <summary>Who may know whom: design.md, the way of the data.</summary>
public static partial class LayerRule
{
    private static readonly string[] WebAssemblies = ["Microsoft.AspNetCore", "Microsoft.JSInterop", "Radzen"];

    /// <summary>Assemblies of the web that a data layer must not reference.</summary>
    public static IEnumerable<string> WebReferences(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(a => a.Name!)
        .Where(name => WebAssemblies.Any(w => name.StartsWith(w, StringComparison.Ordinal)));

    /// <summary>Text literals that are SQL statements.</summary>
    public static IEnumerable<string> Sql(IEnumerable<Type> types) =>
        from text in Instructions.Texts(types)
        where Statement().IsMatch(text.Text)
        select $"{text.Method.DeclaringType}.{text.Method.Name}: {text.Text}";

    /// <summary>Uses of screens: a component, or anything of the framework that draws them.</summary>
    public static IEnumerable<string> Screens(IEnumerable<Type> types) => (
        from method in Instructions.Methods(types)
        from instruction in Instructions.Of(method)
        let used = instruction.Operand as Type ?? (instruction.Operand as MemberInfo)?.DeclaringType
        where used is not null && IsScreen(used)
        select $"{method.DeclaringType}.{method.Name} uses {used}").Distinct();

    private static bool IsScreen(Type type) =>
        typeof(IComponent).IsAssignableFrom(type)
        || type.Namespace?.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|(CREATE|ALTER|DROP)\s+TABLE)\s", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Statement();
}
