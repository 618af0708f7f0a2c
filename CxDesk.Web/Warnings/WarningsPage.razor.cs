using CxDesk.Data.People;
using CxDesk.Data.Warnings;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Warnings;

/// <summary>What the waits of the last hour let expect, queue by queue, with how often that came true before.</summary>
public partial class WarningsPage
{
    private WarningBoard? _board;

    [Inject] public required WarningFeed Feed { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required WarningWords Words { get; set; }
    [Inject] public required IStringLocalizer<WarningsText> Text { get; set; }

    private string? Lead => _board is not { Queues.Count: > 0 } board ? null
        : board.Queues.Count(q => q.IsWarning) is var warned && warned > 0 ? Text["Page.Warned", warned, board.Queues.Count].Value : Text["Page.Quiet", WarningWords.Wait(board.Limit)].Value;

    /// <summary>The code of the queue that is told more of; the most pressing one unless said.</summary>
    [SupplyParameterFromQuery(Name = "queue")] public string? Queue { get; set; }

    private QueueWarning? Chosen => _board?.Queues.FirstOrDefault(q => q.Team.Code == Queue) ?? _board?.Queues.FirstOrDefault();

    // Read anew every five minutes, for all who look.
    protected override TimeSpan Beat => TimeSpan.FromMinutes(1);

    protected override async Task Read(Viewer? viewer) => _board = viewer is null ? null : await Feed.Read(viewer);
}
