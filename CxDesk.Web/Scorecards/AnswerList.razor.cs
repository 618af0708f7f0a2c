using System.Globalization;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The answers behind a figure, newest first, each with the case that came of it.</summary>
public partial class AnswerList
{
    /// <summary>So many fit one sheet with what was said; app.css hides the others on paper.</summary>
    public const int MostOnPaper = 20;

    private const int PageSize = 50;

    private List<AnswerRow>? _rows;
    private bool _hasMore;
    private DateTimeOffset? _failedAt;
    private (AnswersFilter, int) _read;

    [Parameter, EditorRequired] public required AnswersFilter Filter { get; set; }

    /// <summary>Names that the page says above all answers, which each need not say again.</summary>
    [Parameter] public IReadOnlyList<string> Said { get; set; } = [];

    /// <summary>Grows when the page read again, and so may see other rows.</summary>
    [Parameter] public int Version { get; set; }

    [Inject] public required Db Db { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required IndicatorWords Words { get; set; }
    [Inject] public required ILogger<AnswerList> Log { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Filter, Version)) return;
        // Time alone moves the ends of a period: what is on the screen stays until the next is read.
        if (_read.Item1 is not { } before || before with { From = Filter.From, To = Filter.To } != Filter) _rows = null;
        _read = (Filter, Version);
        await Read();
    }

    // As many as were open before, so that a page that reads again stays where it was.
    private async Task Read() => await Read(null, Math.Max(PageSize, _rows?.Count ?? 0));

    private async Task More() => await Read(_rows![^1], PageSize);

    private async Task Read(AnswerRow? after, int count)
    {
        try
        {
            var rows = await Current.Get() is { } viewer
                ? await Db.Read(s => AnswersQuery.Read(s, viewer, Filter, after, count + 1))
                : [];
            _rows = [.. after is null ? [] : _rows!, .. rows.Take(count)];
            _hasMore = rows.Count > count;
            _failedAt = null;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Answers could not be read");
            _failedAt ??= Clock.Now;
        }
    }

    // As it was given: 4, not 4.00.
    private string Score(AnswerRow row) => Filter.Indicator.Unit == IndicatorUnit.Seconds || Filter.Indicator.Kind == RollupKind.Measure
        ? IndicatorWords.Value(row.Value, Filter.Indicator)
        : row.Value.ToString("0.##", CultureInfo.CurrentCulture);

    private IEnumerable<string> About(AnswerRow row) =>
        ((string?[])[row.Customer, row.Product, row.Channel, row.Agent, row.IsNoTeam ? Text["Name.NoTeam"] : row.Team])
            .OfType<string>().Except(Said);
}
