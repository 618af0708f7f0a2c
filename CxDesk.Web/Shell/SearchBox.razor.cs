using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Finds cases by their words: leads to the case list with the text in its URL.</summary>
public partial class SearchBox
{
    const string CasesPath = "/cases";
    string words = "";

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    void Search()
    {
        if (!string.IsNullOrWhiteSpace(words)) Navigation.NavigateTo($"{CasesPath}?q={Uri.EscapeDataString(words.Trim())}");
    }
}
