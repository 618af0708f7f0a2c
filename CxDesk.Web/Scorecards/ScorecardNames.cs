using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>What places and metrics are called, in the language of the moment.</summary>
public static class ScorecardNames
{
    public static string Of(UnitRow unit, IStringLocalizer<ScorecardsText> text) => unit.IsNoTeam ? text["Name.NoTeam"] : unit.Name;

    public static string Of(ScorecardRow row, IStringLocalizer<ScorecardsText> text) => row.IsNoTeam ? text["Name.NoTeam"] : row.Name;

    /// <summary>What a metric measures and on which scale.</summary>
    public static string Long(Metric metric, IStringLocalizer<ScorecardsText> text) => text[$"Metric.{metric}.Long"];

    public static ScoreKind Kind(Metric metric) => metric switch
    {
        Metric.Csat or Metric.Ces => ScoreKind.Mean,
        Metric.Nps => ScoreKind.Nps,
    };
}
