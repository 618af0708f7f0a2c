using System.Text.RegularExpressions;

namespace CxDesk.Tests.Architecture;

/// <summary>A feature word names the folder in Data, Web and Tests, and a namespace is the folder it lies in.</summary>
public static partial class LayoutRule
{
    private static readonly string[] Features = ["Admin", "Cases", "Deliveries", "Ingest", "Live", "Notices", "People", "Scorecards", "Targets"];

    /// <param name="files">Paths below the root: <c>CxDesk.Data/Cases/CaseQuery.cs</c>.</param>
    public static IEnumerable<string> MissingFolders(IEnumerable<string> files)
    {
        var folders = files.Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/')).ToHashSet();
        return from feature in Features
               from project in (string[])["CxDesk.Data", "CxDesk.Web", "CxDesk.Tests"]
               where !folders.Contains($"{project}/{feature}")
               select $"{project}/{feature} is missing";
    }

    public static IEnumerable<string> StrayNamespaces(IEnumerable<(string Path, string Content)> files) =>
        from file in files
        let said = Namespace().Match(file.Content)
        let folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '.').Replace('/', '.')
        where said.Success && said.Groups[1].Value != folder
        select $"{file.Path} says {said.Groups[1].Value}";

    /// <summary>Words that say nothing of what a type is for.</summary>
    public static IEnumerable<string> EmptyNames(IEnumerable<Type> types) =>
        from type in types
        where EmptyName().IsMatch(type.Name.Split('`')[0]) && !type.Name.StartsWith('<')
        select type.FullName;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("(Dto|Model|Helper|Helpers|Manager|Util|Utils|Utility)$")]
    private static partial Regex EmptyName();
}
