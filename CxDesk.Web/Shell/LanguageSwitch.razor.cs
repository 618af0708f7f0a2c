using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Leads to this same page in each other language, named in that language.</summary>
public partial class LanguageSwitch
{
    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    private string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs e) => StateHasChanged();

    public void Dispose() => Navigation.LocationChanged -= Moved;
}
