using CxDesk.Web.Displays;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace CxDesk.Web;

/// <summary>
/// The document around every page. Pages are interactive; one that needs the request itself (cookies, form posts)
/// says <c>@attribute [ExcludeFromInteractiveRouting]</c> and is rendered once, on the server.
/// </summary>
public partial class App
{
    [CascadingParameter] public required HttpContext Context { get; set; }

    private IComponentRenderMode? Mode => Context.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    /// <summary>Nobody is at it: it keeps no cookie, and shows the company's own time.</summary>
    private bool IsDisplay => DisplayPath.Is(Context.Request.Path);

    /// <summary>A preference that the browser remembers in a cookie; null where it holds none of the known values.</summary>
    private string? Preference(string cookie, params string[] known) =>
        Context.Request.Cookies[cookie] is { } value && known.Contains(value) ? value : null;

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
