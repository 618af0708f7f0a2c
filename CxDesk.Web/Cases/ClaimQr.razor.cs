using CxDesk.Data.Cases;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>The code by which whoever scans it takes a case. It changes every few minutes by itself.</summary>
public partial class ClaimQr : IDisposable
{
    private string? _url;
    private QrDrawing? _drawn;
    private IDisposable? _tick;

    [Parameter, EditorRequired] public required long CaseId { get; set; }

    [Inject] public required ClaimCodes Codes { get; set; }
    [Inject] public required ClaimAddress Address { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Text { get; set; }

    protected override Task OnParametersSetAsync() => Draw();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _tick = Clock.OnTick(() => InvokeAsync(Draw));
    }

    private async Task Draw()
    {
        var url = Address.Of(await Codes.Of(CaseId, Clock.Now), Navigation);
        if (url == _url) return;
        (_url, _drawn) = (url, QrDrawing.Of(url));
        StateHasChanged();
    }

    public void Dispose()
    {
        _tick?.Dispose();
        GC.SuppressFinalize(this);
    }
}
