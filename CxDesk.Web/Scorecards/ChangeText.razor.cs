using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The change against what it is held against: an arrow only where it is more than chance explains, up where the figure rose, coloured by whether that is better.</summary>
public partial class ChangeText
{
    private const string Dash = "—";
    private const string Up = "M5 .5 9.5 6H6.2v3.5H3.8V6H.5z";
    private const string Down = "M5 9.5.5 4h3.3V.5h2.4V4h3.3z";

    [Parameter, EditorRequired] public required ScorecardRow Row { get; set; }
    [Parameter, EditorRequired] public required Indicator Indicator { get; set; }

    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private string Direction => Row.Verdict == Verdict.Better ? Text["Change.Better"] : Text["Change.Worse"];
}
