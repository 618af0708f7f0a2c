namespace CxDesk.Web.Shell;

/// <summary>
/// Files as they are typed on the command line. <c>dotnet run --project CxDesk.Web</c> starts the app in the project's
/// folder, whatever folder the command was typed in.
/// </summary>
public static class TypedPath
{
    /// <exception cref="VerbFailed">There is no such file.</exception>
    public static string Existing(string typed, string notThere) =>
        Candidates(typed).FirstOrDefault(File.Exists) ?? throw new VerbFailed(notThere);

    public static string New(string typed) => Candidates(typed).First();

    private static IEnumerable<string> Candidates(string typed) => Folders().Select(f => Path.GetFullPath(typed, f)).Distinct();

    private static IEnumerable<string> Folders()
    {
        var here = Environment.CurrentDirectory;
        var shell = Environment.GetEnvironmentVariable("PWD");
        // A program that starts us may leave an old PWD behind; one that we stand below is true.
        if (Path.IsPathFullyQualified(shell ?? "") && !Path.GetRelativePath(shell!, here).StartsWith("..", StringComparison.Ordinal)) yield return shell!;
        if (File.Exists(Path.Combine(here, "CxDesk.Web.csproj")) && Path.GetDirectoryName(here) is { } repository) yield return repository;
        yield return here;
    }
}
