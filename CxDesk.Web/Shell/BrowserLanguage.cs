using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace CxDesk.Web.Shell;

/// <summary>
/// The browser's first language that CxDesk speaks. The framework's own provider follows the culture's parents, by which
/// plain "zh" reaches no script at all; here every kind of Chinese reads Simplified until Traditional is written.
/// </summary>
public sealed class BrowserLanguage : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var language = Choose(httpContext.Request.GetTypedHeaders().AcceptLanguage);
        return Task.FromResult(language is null ? null : new ProviderCultureResult(language));
    }

    /// <returns>A member of <see cref="ShellSetup.Languages"/>, or null where none is asked for.</returns>
    public static string? Choose(IEnumerable<StringWithQualityHeaderValue> asked) => asked
        .Where(a => a.Quality is null or > 0)
        .OrderByDescending(a => a.Quality ?? 1)
        .Select(a => ShellSetup.Languages.FirstOrDefault(l => Primary(l).Equals(Primary(a.Value.Value ?? ""), StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(l => l is not null);

    private static string Primary(string language) => language.Split('-')[0];
}
