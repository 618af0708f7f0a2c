using CxDesk.Data.Feed;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>
/// A page of the unsaved wall as a screen shows it: the same component, the same read, the data of now, moving as they
/// arrive. While the wall cannot be shown the last state that could stays.
/// </summary>
public partial class WallPreview : IAsyncDisposable
{
    // What is typed is to be seen at once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private Reading<WallSnapshot> _reading = Reading<WallSnapshot>.NotYet;
    private WallDocument? _asked;
    private ScreenRefresh? _refresh;

    [Parameter, EditorRequired] public required WallDraft Draft { get; set; }

    /// <summary>From 0.</summary>
    [Parameter, EditorRequired] public required int Page { get; set; }

    /// <summary>The draft can be shown.</summary>
    [Parameter] public bool IsRight { get; set; }

    [Inject] public required WallQuery Query { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ILogger<WallPreview> Log { get; set; }
    [Inject] public required IStringLocalizer<WallEditorText> Text { get; set; }

    protected override void OnParametersSet()
    {
        if (IsRight && !ReferenceEquals(_asked, Draft.Document)) _refresh?.Wake();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Read), [ChangeTopic.Answers, ChangeTopic.Cases, ChangeTopic.Targets, ChangeTopic.Units, ChangeTopic.Calendars], Pause);
        _refresh.Wake();
    }

    private async Task Read()
    {
        if (!IsRight) return;
        var (document, name) = (Draft.Document, Draft.Name);
        var now = Time.GetUtcNow();
        try
        {
            var board = await Query.Preview(Draft.Wall.Code, name, document, LiveFeed.Display);
            _asked = document;
            _reading = new(board, now, now, null, null);
        }
        catch (Exception e)
        {
            Log.LogError(e, "A preview could not be read");
            _reading = _reading with { TriedAt = now, FailingSince = _reading.FailingSince ?? now, Error = e.Message };
        }
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
