using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>Leads to the sign-in page, and from there back to where the person wanted to go.</summary>
public sealed class ToSignIn : ComponentBase
{
    [Inject] public required NavigationManager Navigation { get; set; }

    protected override void OnInitialized()
    {
        var back = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo($"/login?returnUrl={Uri.EscapeDataString(back)}", forceLoad: true);
    }
}
