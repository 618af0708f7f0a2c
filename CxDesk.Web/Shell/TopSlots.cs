namespace CxDesk.Web.Shell;

/// <summary>
/// Places in the top bar that a page fills: <c>&lt;SectionContent SectionId="TopSlots.Place"&gt;…&lt;/SectionContent&gt;</c>.
/// A page that has nothing to say leaves them empty.
/// </summary>
public static class TopSlots
{
    /// <summary>Where in the hierarchy: company ▸ region ▸ team.</summary>
    public static readonly object Place = new();

    /// <summary>The window or period that the page shows.</summary>
    public static readonly object Period = new();

    /// <summary>The age of the page's data.</summary>
    public static readonly object Freshness = new();
}
