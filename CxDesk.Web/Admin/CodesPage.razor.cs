using System.Globalization;
using CxDesk.Data.Admin;
using CxDesk.Data.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>What intake brought, those to be placed first; one code is named beside the list.</summary>
public partial class CodesPage
{
    private IReadOnlyList<CodeRow> _rows = [];
    private CodesToPlace? _open;
    private CodeRow? _was;
    private string? _words;
    private (CodeList, int?) _shown;

    [SupplyParameterFromQuery(Name = "list")] public string? List { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Words { get; set; }
    [SupplyParameterFromQuery(Name = "code")] public int? Code { get; set; }
    [Inject] public required CodesQuery Query { get; set; }
    [Inject] public required CodeWriter Writer { get; set; }

    private CodeList Chosen => Enum.TryParse<CodeList>(List, ignoreCase: true, out var list) ? list : CodeList.Products;

    private string Meaning => Chosen switch
    {
        CodeList.Sources => Text["Codes.Silence"].Value,
        CodeList.Attributes => $"{Text["Codes.Minimum"]} – {Text["Codes.Maximum"]}",
        CodeList.Measures => $"{Text["Codes.Unit"]}, {Text["Codes.Limit"]}",
        CodeList.Products or CodeList.Channels or CodeList.Touchpoints or CodeList.Segments => "",
    };

    protected override async Task Read(Viewer viewer)
    {
        (_rows, _open) = (await Query.Find(Chosen, Words), await Query.ToPlace());
        if (_shown != (Chosen, Code)) (_was, _words, _shown) = (null, Words, (Chosen, Code));
        // A change by somebody else must not take what is being typed: the save will tell.
        _was ??= _rows.FirstOrDefault(r => r.Id == Code);
    }

    private async Task Save(CodeRow next)
    {
        if (await Do(viewer => Writer.Save(viewer, Chosen, _was!, next))) await Again();
    }

    protected override void Forget() => _was = null;

    private void Find() => Navigation.NavigateTo($"/admin/codes?list={Chosen}&q={Uri.EscapeDataString(_words?.Trim() ?? "")}");

    private string Meant(CodeRow code) => Chosen switch
    {
        CodeList.Sources => Number(code.ExpectedSilenceMinutes),
        CodeList.Attributes => $"{Number(code.Minimum)} – {Number(code.Maximum)}",
        CodeList.Measures => $"{Text[$"MeasureUnit.{code.Unit}"]}{(code.UpperLimit is null ? "" : ", ≤ " + Number(code.UpperLimit))}, {Text[code.IsHigherBetter == true ? "Codes.HigherIsBetter" : "Codes.LowerIsBetter"]}",
        CodeList.Products or CodeList.Channels or CodeList.Touchpoints or CodeList.Segments => "",
    };

    private static string Number(double? number) => number?.ToString("0.##", CultureInfo.CurrentCulture) ?? "";
}
