namespace CxDesk.Web.Displays;

/// <summary>Where displays come in: nobody is signed in there, and no cookie is given.</summary>
public static class DisplayPath
{
    public const string Pages = "/display";

    /// <summary>Short enough to be typed with a remote control: <c>/d/K7TQ-M4XB</c>.</summary>
    public const string Codes = "/d";

    public static bool Is(PathString path) => path.StartsWithSegments(Pages) || path.StartsWithSegments(Codes);

    public static string Page(string token) => $"{Pages}/{token}";

    /// <returns>The secret in the address of a display's page; null for any other path.</returns>
    public static string? TokenIn(PathString path) =>
        path.StartsWithSegments(Pages, out var rest) && rest.Value is { Length: > 1 } token ? token[1..] : null;
}
