using System.Globalization;
using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

/// <summary>Chooses a cause that is in use, by typing a part of its path or by the arrow keys.</summary>
public partial class RootCausePicker
{
    private string _words = "";
    private bool _open;
    private int _at = -1;
    private IReadOnlyList<RootCauseRow> _fitting = [];

    [Parameter, EditorRequired] public required RootCauseTree Causes { get; set; }
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>The code of the chosen cause; empty while none is.</summary>
    [Parameter] public string Value { get; set; } = "";
    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required IJSRuntime Js { get; set; }

    protected override void OnParametersSet()
    {
        if (_words.Length == 0 && Causes.Find(Value) is { } chosen) _words = PathOf(chosen);
    }

    private string PathOf(RootCauseRow cause) => Words.RootCause(Causes.PathOf(cause).Select(c => c.Name ?? c.Code));

    private void Open()
    {
        if (_open) return;
        // What is chosen already narrows nothing: the others are to be seen.
        Fit(Value.Length > 0 ? "" : _words);
        _open = true;
    }

    private void Close() => _open = false;

    private Task Narrow(string? words)
    {
        _words = words ?? "";
        Fit(_words);
        _open = true;
        return ValueChanged.InvokeAsync("");
    }

    private void Fit(string words)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var compare = CultureInfo.CurrentCulture.CompareInfo;
        _fitting = [.. Causes.InUse.Where(c => parts.All(p => compare.IndexOf(PathOf(c), p, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0))];
        _at = parts.Length > 0 && _fitting.Count > 0 ? 0 : -1;
    }

    private async Task Key(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp":
                Open();
                if (_fitting.Count == 0) break;
                _at = (_at + (key.Key == "ArrowDown" ? 1 : -1) + _fitting.Count) % _fitting.Count;
                await Js.InvokeVoidAsync("cxdesk.show", $"{Id}-{_fitting[_at].Id}");
                break;
            case "Enter" when _open && _at >= 0 && _at < _fitting.Count:
                await Choose(_fitting[_at]);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    private async Task Choose(RootCauseRow cause)
    {
        (_words, _open) = (PathOf(cause), false);
        await ValueChanged.InvokeAsync(cause.Code);
    }
}
