using CxDesk.Data.Cases;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Why a case is due when it is.</summary>
public partial class DeadlineSheet
{
    private CaseDeadline? _deadline;
    private bool _missing;
    private DateTimeOffset? _failedSince;

    [Parameter, EditorRequired] public required long CaseId { get; set; }

    [Inject] public required DeadlineQuery Deadlines { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required ILogger<DeadlineSheet> Log { get; set; }

    protected override Task OnInitializedAsync() => Read();

    private async Task Read()
    {
        try
        {
            _deadline = await Current.Get() is { } viewer ? await Deadlines.Read(viewer, CaseId) : null;
            (_missing, _failedSince) = (_deadline is null, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The deadline of case {Case} could not be read", CaseId);
            _failedSince ??= Time.GetUtcNow();
        }
    }
}
