using System.Reflection;

namespace CxDesk.Web.Shell;

/// <summary>What runs here: the version and the first letters of what it was built from.</summary>
public static class AppVersion
{
    /// <summary>As <c>1.4.0 (3f2a91c)</c>.</summary>
    public static readonly string Text = Of(typeof(AppVersion).Assembly);

    private static string Of(Assembly assembly)
    {
        var said = (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+');
        // Built without a repository it is told by its contents.
        var build = said.Length > 1 ? said[1] : assembly.ManifestModule.ModuleVersionId.ToString("N");
        return $"{said[0]} ({build[..Math.Min(7, build.Length)]})";
    }
}
