using System.Reflection;

namespace CxDesk.Data.Database;

/// <summary>The files that travel inside this assembly: scripts and checks of the database, shipped holidays.</summary>
internal static class Embedded
{
    /// <param name="name">As the project file gives it: <c>db/checks/rollups.sql</c>.</param>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
