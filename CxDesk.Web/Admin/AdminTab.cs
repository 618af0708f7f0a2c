namespace CxDesk.Web.Admin;

/// <summary>The admin pages, in the order of their tabs. One that another feature brings stands here too once it works.</summary>
public sealed record AdminTab(string Name, string Path)
{
    public static readonly IReadOnlyList<AdminTab> All =
    [
        new("Units", "/admin/units"),
        new("People", "/admin/people"),
        new("Codes", "/admin/codes"),
        new("RootCauses", "/admin/root-causes"),
        new("Calendars", "/admin/calendars"),
        new("Keys", "/admin/keys"),
        new("Displays", "/admin/displays"),
        new("Policies", "/admin/policies"),
        new("Deliveries", "/admin/deliveries"),
        new("Webhooks", "/admin/webhooks"),
        new("Jobs", "/admin/jobs"),
        new("Health", "/admin/health"),
    ];
}
