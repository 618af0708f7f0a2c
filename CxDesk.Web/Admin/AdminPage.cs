using CxDesk.Data;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CxDesk.Web.Admin;

/// <summary>
/// What every admin page does: reads anew when its URL or the company changes, keeps what it had when a read fails, and
/// says what was refused or who came first when something is saved.
/// </summary>
public abstract class AdminPage : ComponentBase, IAsyncDisposable
{
    [Inject] public required CurrentViewer Viewer { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required DialogService Dialogs { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ILoggerFactory Loggers { get; set; }
    [Inject] public required IStringLocalizer<AdminText> Text { get; set; }

    protected bool IsLoaded { get; private set; }
    protected DateTimeOffset? FailedSince { get; private set; }
    protected InvalidField? Fault { get; private set; }
    protected ChangedMeanwhile? Conflict { get; private set; }

    /// <summary>The last thing that was done went well.</summary>
    protected bool IsSaved { get; private set; }

    protected abstract Task Read(Viewer viewer);

    /// <summary>Whose page it is: the admins', unless said.</summary>
    protected virtual bool MayUse(Viewer viewer) => viewer.Role == Role.Admin;

    /// <summary>What the page shows changes with these.</summary>
    protected virtual ChangeTopic[] Topics => [ChangeTopic.Units];

    /// <summary>How often it is read though nothing changed; never, unless what it shows is no change.</summary>
    protected virtual TimeSpan Beat => Timeout.InfiniteTimeSpan;

    private ScreenRefresh? _refresh;

    protected override Task OnParametersSetAsync() => Reload();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Changed), Topics, beat: Beat);
    }

    /// <summary>Drops what is being edited, so that the next read takes it anew.</summary>
    protected virtual void Forget()
    {
    }

    /// <summary>After a save, or to take what somebody else saved in place of what was typed.</summary>
    protected async Task Again()
    {
        var saved = IsSaved;
        Forget();
        await Reload();
        if (!saved) Said();
    }

    protected async Task Reload()
    {
        try
        {
            if (await Viewer.Get() is not { } viewer || !MayUse(viewer)) return;
            await Read(viewer);
            (IsLoaded, FailedSince) = (true, null);
        }
        catch (Exception e)
        {
            Loggers.CreateLogger(GetType()).LogError(e, "An admin page could not be read");
            FailedSince ??= Time.GetUtcNow();
        }
    }

    /// <returns>True: done. Else the page says why, and what was typed stays.</returns>
    protected async Task<bool> Do(Func<Viewer, Task> work)
    {
        Said();
        if (await Viewer.Get() is not { } viewer || !MayUse(viewer)) return false;
        try
        {
            await work(viewer);
            IsSaved = true;
            return true;
        }
        catch (InvalidField fault)
        {
            Fault = fault;
        }
        catch (ChangedMeanwhile conflict)
        {
            Conflict = conflict;
        }
        return false;
    }

    /// <summary>Asks before what cannot be taken back.</summary>
    protected async Task<bool> Confirmed(string title, string words) =>
        await Dialogs.Confirm(words, title, new ConfirmOptions { OkButtonText = title, CancelButtonText = Text["Save.Cancel"] }) == true;

    /// <summary>Takes back what was said about the last save.</summary>
    protected void Said() => (Fault, Conflict, IsSaved) = (null, null, false);

    protected string? Invalid(string field) => Fault?.Field == field ? "true" : null;

    private async Task Changed()
    {
        await Reload();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
