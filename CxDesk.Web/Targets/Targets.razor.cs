using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>What everybody aims at, how far they are from it, and a form for the next aim.</summary>
public partial class Targets
{
    private IndicatorBook? _book;
    private TargetBoard? _board;
    private bool _isUnknown;

    [Inject] public required TargetBoardQuery Query { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required IndicatorWords Indicators { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Cards { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    /// <summary>The code of an indicator; satisfaction where it is left out.</summary>
    [SupplyParameterFromQuery(Name = "indicator")] public string? Code { get; set; }

    /// <summary>What older links call it.</summary>
    [SupplyParameterFromQuery(Name = "metric")] public string? MetricCode { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private Dictionary<TargetSubject, string> Names => _board!.Rows.ToDictionary(r => r.Subject, r => r.Figures.Name);

    private static string LinkTo(Indicator indicator) => indicator.Code == Indicator.Csat.Code ? "/targets" : $"/targets?indicator={Uri.EscapeDataString(indicator.Code)}";

    protected override ChangeTopic[] Topics => [ChangeTopic.Targets, ChangeTopic.Units];

    protected override async Task Read(Viewer? viewer)
    {
        (_book, _board) = viewer is null ? (null, null) : await Db.Read(async s =>
        {
            var book = await IndicatorQuery.Read(s);
            return (book, book.Find(Code ?? MetricCode ?? Indicator.Csat.Code) is { } indicator ? await Query.Read(s, viewer, indicator, Today) : null);
        });
        _isUnknown = _book is not null && _board is null;
    }
}
