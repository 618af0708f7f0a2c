namespace CxDesk.Tests.Browser;

/// <summary>Where the sources and the built app lie, seen from the running tests.</summary>
public static class Repository
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    /// <summary>Debug or Release, as the tests themselves were built.</summary>
    public static readonly string Configuration =
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Release") ? "Release" : "Debug";

    public static readonly string WebAssembly = Path.Combine(Root, "CxDesk.Web", "bin", Configuration, "net10.0", "CxDesk.Web.dll");

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CxDesk.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No CxDesk.sln above {from}; the tests run from a build inside the repository.");
    }
}
