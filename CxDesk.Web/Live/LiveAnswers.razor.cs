using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Feed;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>The answers that a figure of the live board counts, as they come: the same window, unit, product and agent.</summary>
public partial class LiveAnswers
{
    private LiveChoices _choices = new([], []);
    private int _version;

    [SupplyParameterFromQuery] public string? Window { get; set; }

    /// <summary>csat, nps or ces: answers that have no such score are not counted.</summary>
    [SupplyParameterFromQuery(Name = "metric")] public string? MetricCode { get; set; }
    [SupplyParameterFromQuery] public string? Unit { get; set; }
    [SupplyParameterFromQuery] public string? Product { get; set; }

    /// <summary>Code of an agent; then the metric is CSAT, as of the board's rows.</summary>
    [SupplyParameterFromQuery] public string? Agent { get; set; }

    [Inject] public required LiveChoicesQuery Choices { get; set; }
    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }

    private LiveFilter Filter { get; set; } = LiveFilter.Default;
    private Metric Metric { get; set; }

    private LiveRow? Row => Board?.Rows.FirstOrDefault(r => r.Key == Agent);
    private LiveScore? Figure => Agent is not null ? Row : Board?.Scores.Of(Metric);

    /// <summary>Whose answers, in words; null for all.</summary>
    private string? About => string.Join(", ", new[] { Agent is null ? null : Row?.Name ?? Agent, Words.Filter(Filter, _choices) }.Where(w => !string.IsNullOrEmpty(w))) is { Length: > 0 } words ? words : null;

    protected override async Task OnParametersSetAsync()
    {
        Agent = LiveLink.Said(Agent);
        Metric = Agent is null && Enum.TryParse<Metric>(MetricCode, ignoreCase: true, out var metric) && Enum.IsDefined(metric) ? metric : Metric.Csat;
        Filter = new LiveFilter(LiveFilter.WindowOf(Window) ?? LiveFilter.Default.Window, Agent is null ? LiveBy.Product : LiveBy.Agent)
        {
            Unit = LiveLink.Said(Unit), Product = LiveLink.Said(Product),
        };
        if (await Current.Get() is { } viewer) _choices = await Choices.Read(viewer);
        await Follow(Filter);
    }

    private string Link(LiveFilter filter) => LiveLink.Answers(filter, Metric, Agent);

    // What the figure counts now; a row nobody answered about any more counts nothing.
    private AnswersFilter? Counted => Board is not { Answers: { } all } || (Agent is not null && Row is null) ? null
        : Row is { } row ? all with { AgentId = row.KeyId } : all with { Indicator = Indicator.Of(Metric) };

    protected override void OnReading(Reading<LiveSnapshot> before)
    {
        if (Board?.Version != before.Board?.Version) _version++;
    }
}
