using System.Globalization;
using CxDesk.Data.Feed;
using CxDesk.Data.Jobs;
using CxDesk.Web.Feed;
using CxDesk.Web.Jobs;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Admin;

/// <summary>What CxDesk does by itself, how it went the last time, and when it is next.</summary>
public sealed partial class JobsPage : IAsyncDisposable
{
    private IReadOnlyDictionary<string, JobRunRow>? runs;
    private IReadOnlyDictionary<string, DateTimeOffset?> next = new Dictionary<string, DateTimeOffset?>();
    private ScreenRefresh? refresh;
    private DateTimeOffset? failingSince;
    private string? started;

    [Inject] public required JobsQuery Jobs { get; set; }
    [Inject] public required Clockwork Clockwork { get; set; }
    [Inject] public required CurrentViewer Viewer { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required IStringLocalizer<JobsText> Text { get; set; }
    [Inject] public required ILogger<JobsPage> Log { get; set; }

    private string Lead => runs?.Values.Count(r => r.Outcome == JobOutcome.Failed) is > 0 and var failures
        ? Text["Page.Trouble", failures]
        : Text["Page.Lead"];

    protected override Task OnInitializedAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Units]);
    }

    public async ValueTask DisposeAsync()
    {
        if (refresh is not null) await refresh.DisposeAsync();
    }

    private async Task Again()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        try
        {
            if (await Viewer.Get() is not { } viewer) return;
            var read = (await Jobs.Read(viewer)).ToDictionary(r => r.Job);
            if (started is not null && read.GetValueOrDefault(started)?.StartedAt != runs?.GetValueOrDefault(started)?.StartedAt) started = null;
            runs = read;
            next = await Clockwork.NextRuns();
            failingSince = null;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The jobs could not be read; what was read before stays.");
            failingSince ??= Clock.Now;
        }
    }

    private async Task RunNow(Schedule schedule)
    {
        if (await Viewer.Get() is not { } viewer) return;
        started = schedule.Name;
        await Clockwork.RunNow(viewer, schedule.Name);
    }

    private string Name(Schedule schedule) => Text[$"Job.{schedule.Name}.Name"];

    private string Sentence(Schedule schedule) => Text[$"Job.{schedule.Name}"];

    private string Took(JobRunRow run) => run.DurationMs < 1000
        ? Text["Run.Milliseconds", run.DurationMs]
        : Text["Run.Seconds", (run.DurationMs / 1000.0).ToString("0.0", CultureInfo.CurrentCulture)];

    private string Outcome(JobRunRow run) => run.Outcome switch
    {
        JobOutcome.Failed => Text["Run.Failed", run.Detail ?? ""],
        JobOutcome.Done => JobFinding.FromJson(run.Detail) is { } finding
            ? Text[$"Found.{finding.Sentence}", [.. finding.Figures.Cast<object>()]]
            : run.Detail ?? "",
    };
}
