using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>One case: left the story, right the clock, the owner and what to do next. Re-reads when cases or places change.</summary>
public partial class CaseDetail : IAsyncDisposable
{
    private CaseFile? _file;
    private Viewer? _viewer;
    private bool _missing, _editing;
    private DateTimeOffset? _failedSince;
    private ScreenRefresh? _refresh;

    [Parameter, EditorRequired] public required string Reference { get; set; }

    /// <summary>The board that the case was chosen on.</summary>
    [Parameter, EditorRequired] public required string Back { get; set; }

    [Inject] public required CaseWriter Writer { get; set; }
    [Inject] public required CaseQuery Cases { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<CaseDetail> Log { get; set; }

    protected override Task OnInitializedAsync() => Read();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Read), [ChangeTopic.Cases, ChangeTopic.Units]);
    }

    private async Task Read()
    {
        try
        {
            var viewer = await Current.Get();
            var file = viewer is not null && CaseReference.TryParse(Reference, out var id) ? await Cases.Read(viewer, id) : null;
            // An older answer never overwrites a newer one.
            if (file is not null && _file is not null && (file.Case.Version < _file.Case.Version || file.AsOf < _file.AsOf)) return;
            if (file is not null && _file is not null && file.Case.Version == _file.Case.Version && viewer == _viewer && _failedSince is null) return;
            (_file, _viewer, _missing, _failedSince) = (file, viewer, file is null, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Case {Reference} could not be read", Reference);
            _failedSince ??= Clock.Now;
        }
        StateHasChanged();
    }

    // For what overwrites nothing: who follows, and links.
    private async Task<string?> Do(CaseCommand command)
    {
        try
        {
            if (await Current.Get() is not { } viewer) return Text["Refusal.Gone"];
            return await Writer.Do(viewer, command) switch
            {
                CaseResult.Done => null,
                CaseResult.Refused refused => Words.Refusal(refused),
                _ => Text["Refusal.Gone"],
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Case {Reference} could not be changed", Reference);
            return Text["Refusal.Failed"];
        }
        finally
        {
            await Read();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
