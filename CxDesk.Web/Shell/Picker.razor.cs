using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace CxDesk.Web.Shell;

/// <summary>Chooses one of many, by typing a part of its words or by the arrow keys. What is chosen stays until another is.</summary>
public partial class Picker
{
    private string _words = "";
    private string? _value;
    private bool _open;
    private int _at = -1;
    private IReadOnlyList<PickerChoice> _fitting = [];

    [Parameter, EditorRequired] public required string Id { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<PickerChoice> Choices { get; set; }

    /// <summary>What it is, where no label of the page says so.</summary>
    [Parameter] public string? Label { get; set; }

    /// <summary>Stands in the field while nothing is chosen.</summary>
    [Parameter, EditorRequired] public required string Hint { get; set; }

    /// <summary>What it says where no choice fits.</summary>
    [Parameter, EditorRequired] public required string None { get; set; }

    /// <summary>Of the chosen one; empty while none is.</summary>
    [Parameter] public string Value { get; set; } = "";
    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    private string Chosen => Choices.FirstOrDefault(c => c.Value == Value)?.Words ?? Value;

    protected override void OnParametersSet()
    {
        if (_value == Value && (_open || _words == Chosen)) return;
        (_value, _words, _open) = (Value, Chosen, false);
    }

    private string OptionId(int index) => $"{Id}-{Choices.TakeWhile(c => c != _fitting[index]).Count()}";

    private void Open()
    {
        if (_open) return;
        // What is chosen already narrows nothing: the others are to be seen.
        Fit("");
        _open = true;
    }

    private void Close() => (_open, _words) = (false, Chosen);

    private void Narrow(string? words)
    {
        _words = words ?? "";
        Fit(_words);
        _open = true;
    }

    private void Fit(string words)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var compare = CultureInfo.CurrentCulture.CompareInfo;
        _fitting = [.. Choices.Where(c => parts.All(p => compare.IndexOf(c.Words, p, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0))];
        _at = parts.Length > 0 && _fitting.Count > 0 ? 0 : -1;
    }

    private async Task Key(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp":
                Open();
                if (_fitting.Count == 0) break;
                _at = key.Key == "ArrowDown" ? (_at + 1) % _fitting.Count : _at <= 0 ? _fitting.Count - 1 : _at - 1;
                await Js.InvokeVoidAsync("cxdesk.show", OptionId(_at));
                break;
            case "Enter" when _open && _at >= 0:
                await Choose(_fitting[_at]);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    private Task Choose(PickerChoice choice)
    {
        (_words, _open) = (choice.Words, false);
        return ValueChanged.InvokeAsync(choice.Value);
    }
}

/// <param name="Value">What is kept.</param>
/// <param name="Words">What is read, and typed a part of.</param>
public sealed record PickerChoice(string Value, string Words);
