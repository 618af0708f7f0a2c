using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Finds cases by their words: leads to the case list with the text in its URL.</summary>
public partial class SearchBox
{
    private const string CasesPath = "/cases";
    private string _words = "";

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    private void Search()
    {
        if (!string.IsNullOrWhiteSpace(_words)) Navigation.NavigateTo($"{CasesPath}?q={Uri.EscapeDataString(_words.Trim())}");
    }
}
