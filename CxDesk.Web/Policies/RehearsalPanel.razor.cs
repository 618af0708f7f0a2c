using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Policies;

/// <summary>Rehearses a draft in the background and shows what came of it. Stops when the page is left.</summary>
public partial class RehearsalPanel : IDisposable
{
    private const int FewTeams = 12, FewCases = 12;
    private static readonly IReadOnlyList<CaseSeverity> Severities = Enum.GetValues<CaseSeverity>();

    private CancellationTokenSource? _running;
    private Rehearsal? _result;
    private double _share;
    private int _rehearsed;
    private bool _failed, _allTeams, _allCases;

    [Parameter, EditorRequired] public required CasePolicy Draft { get; set; }

    /// <summary>The row version of the draft: another one makes the result old.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    /// <summary>The version that was rehearsed to its end.</summary>
    [Parameter] public EventCallback<int> OnRehearsed { get; set; }

    [Inject] public required RehearsalQuery Query { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required PolicyWords Words { get; set; }
    [Inject] public required ILogger<RehearsalPanel> Log { get; set; }
    [Inject] public required IStringLocalizer<PoliciesText> Text { get; set; }

    protected override void OnParametersSet()
    {
        if (_rehearsed != Version) (_result, _rehearsed) = (null, 0);
    }

    private static IEnumerable<(string Name, RehearsedCases Cases)> Runs(Rehearsal result) =>
        [("Draft", result.Draft), ("InForce", result.InForce), ("Happened", result.Happened)];

    private async Task Run()
    {
        if (_running is not null || await Current.Get() is not { } viewer) return;
        using var running = _running = new CancellationTokenSource();
        (_share, _failed, _result, _allTeams, _allCases) = (0, false, null, false, false);
        var (draft, version) = (Draft, Version);
        var progress = new Progress<RehearsalProgress>(p => _ = InvokeAsync(() => Show(p)));
        try
        {
            // Off the circuit, so that the page goes on answering.
            var result = await Task.Run(() => Query.Run(viewer, draft, progress, running.Token), running.Token);
            if (version != Version) return;
            (_result, _rehearsed) = (result, version);
            await OnRehearsed.InvokeAsync(version);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // Stopped by who began it: there is nothing to tell.
        }
        catch (Exception e)
        {
            Log.LogError(e, "A policy could not be rehearsed");
            _failed = true;
        }
        finally
        {
            _running = null;
        }
    }

    private void Show(RehearsalProgress progress)
    {
        if (_running is null) return;
        _share = progress.Share;
        StateHasChanged();
    }

    private void Stop() => _running?.Cancel();

    private string Sentence(Rehearsal result)
    {
        var difference = result.Draft.Opened - result.InForce.Opened;
        var key = difference switch { > 0 => "Rehearsal.More", < 0 => "Rehearsal.Fewer", _ => "Rehearsal.Same" };
        return Text[key, N(result.Draft.Opened), N(Math.Abs(difference)), N(result.Answers), Rate(result.Draft.Opened / result.Weeks)];
    }

    private static string N(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Rate(double aWeek) => aWeek.ToString(aWeek < 100 ? "0.0" : "N0", CultureInfo.CurrentCulture);

    public void Dispose()
    {
        _running?.Cancel();
        GC.SuppressFinalize(this);
    }
}
