using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>How bad a case is, as shape, word and colour. Only critical, in words, fills its ground.</summary>
public partial class SeverityMark
{
    /// <summary>critical, high, medium or low, as the API spells it.</summary>
    [Parameter, EditorRequired] public required string Severity { get; set; }

    /// <summary>Only the shape is seen; the word is on hover and for screen readers.</summary>
    [Parameter] public bool Compact { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    private (string Key, string Shape) Drawn => Severity switch
    {
        "critical" => ("Severity.Critical", "M2.5 0h5L10 5 7.5 10h-5L0 5z"),
        "high" => ("Severity.High", "M5 0 10 5 5 10 0 5z"),
        "medium" => ("Severity.Medium", "M5 .7 9.8 9.3H.2z"),
        "low" => ("Severity.Low", "M0 3.8h10v2.4H0z"),
        _ => throw new ArgumentOutOfRangeException(nameof(Severity), Severity, "A severity is critical, high, medium or low"),
    };

    private string Key => Drawn.Key;
    private string Shape => Drawn.Shape;
}
