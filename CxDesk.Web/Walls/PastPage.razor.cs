using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>What a wall showed at a minute of the last 90 days. The address says which, and which page of the wall.</summary>
public partial class PastPage : IDisposable
{
    private static readonly (string Key, string Face, int Minutes)[] Back = [("BackDay", "Day", -1440), ("BackHour", "Hour", -60), ("BackMinute", "Minute", -1)];
    private static readonly (string Key, string Face, int Minutes)[] On = [("OnMinute", "Minute", 1), ("OnHour", "Hour", 60), ("OnDay", "Day", 1440)];

    private CancellationTokenSource? _read;
    private IDisposable? _tick;
    private WallSnapshot? _board;
    private DateTimeOffset _at;
    private DateTimeOffset? _scrubbed, _failedSince;
    private PastFault _fault;
    private bool _playing, _reading, _mayLook, _isGone;

    [Parameter] public required string Code { get; set; }

    /// <summary>The minute, on the company's clock; the present one where none is said.</summary>
    [SupplyParameterFromQuery] public string? At { get; set; }

    /// <summary>The page of the wall, from 1; the one that stood there then where none is said.</summary>
    [SupplyParameterFromQuery] public int? Page { get; set; }

    [Inject] public required WallQuery Query { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required ILogger<PastPage> Log { get; set; }
    [Inject] public required IStringLocalizer<PastText> Words { get; set; }

    private DateTimeOffset Oldest => PastMoment.Oldest(Clock.Now);
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Company.Zone.Id);
    private int Whole => (int)(PastMoment.Minute(Clock.Now) - Oldest).TotalMinutes;
    private int Shown => _board is not { Pages.Count: > 0 and var count } board ? 0 : Math.Clamp((Page ?? WallScreen.PageAt(board.Pages, board.AsOf) + 1) - 1, 0, count - 1);

    /// <summary>Where a wall is looked back on.</summary>
    public static string PathOf(string code) => $"{WallsPage.ScreenOf(code)}/past";

    protected override Task OnParametersSetAsync()
    {
        (_at, _fault) = PastMoment.Of(At, Company, Clock.Now);
        _scrubbed = null;
        if (_fault != PastFault.None) Stop();
        return _fault == PastFault.None && (_board?.AsOf != _at || _board.Wall != Code || _failedSince is not null) ? Read() : Task.CompletedTask;
    }

    // What is asked for last is shown, however long what was asked before takes.
    private async Task Read()
    {
        if (_isGone) return;
        if (_read is not null) await _read.CancelAsync();
        var cancel = _read = new CancellationTokenSource();
        var stop = cancel.Token;
        _reading = true;
        try
        {
            if (await Current.Get() is not { } viewer) return;
            _mayLook = WallRights.MayLook(viewer);
            // As on any wall: nothing personal, whoever looks.
            var board = await Query.ReadAt(Code, _at, LiveFeed.Display, stop);
            if (!ReferenceEquals(_read, cancel)) return;
            (_board, _failedSince) = (board, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The past of wall {Wall} could not be read", Code);
            _failedSince ??= Clock.Now;
        }
        if (ReferenceEquals(_read, cancel)) _reading = false;
    }

    private bool CanGo(int minutes) => _fault == PastFault.None && _at.AddMinutes(minutes) is var to && to >= Oldest && to <= Clock.Now;

    private void Step(int minutes) => Go(_at.AddMinutes(minutes));

    private void Scrub(ChangeEventArgs e) => _scrubbed = MinuteOf(e.Value);

    // The field gives a time of the company's clock, the slider minutes since the oldest.
    private void Typed(ChangeEventArgs e)
    {
        if (MinuteOf(e.Value) is { } minute) Go(minute);
        else if (e.Value is string { Length: > 0 } text) Navigation.NavigateTo(Link(text, Page), replace: true);
    }

    private DateTimeOffset? MinuteOf(object? value) =>
        int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? Oldest.AddMinutes(Math.Min(minutes, Whole)) : null;

    private void Play()
    {
        if (_playing) Stop();
        else if (CanGo(1)) (_playing, _tick) = (true, Clock.OnTick(() => InvokeAsync(Next)));
    }

    private void Next()
    {
        if (!_playing || _reading) return;
        if (CanGo(1)) Step(1);
        else Stop();
        StateHasChanged();
    }

    private void Stop()
    {
        _playing = false;
        _tick?.Dispose();
        _tick = null;
    }

    private void Go(DateTimeOffset at) => Navigation.NavigateTo(Link(at, Page), replace: true);

    private string Link(DateTimeOffset at, int? page) => Link(Text(at), page);

    private string Link(string at, int? page) =>
        $"{PathOf(Code)}?at={Uri.EscapeDataString(at).Replace("%3A", ":", StringComparison.Ordinal)}{(page is { } p ? $"&page={p}" : "")}";

    private int Minutes(DateTimeOffset at) => Math.Clamp((int)(at - Oldest).TotalMinutes, 0, Whole);

    private string Text(DateTimeOffset at) => PastMoment.Text(at, Company);

    public void Dispose()
    {
        Stop();
        _isGone = true;
        _read?.Cancel();
        _read?.Dispose();
        GC.SuppressFinalize(this);
    }
}
