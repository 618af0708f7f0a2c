using CxDesk.Data.Deliveries;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Web.Deliveries;
using CxDesk.Web.Notices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Admin;

/// <summary>What left or is to leave, with the way to send again or to take back.</summary>
public partial class DeliveriesPage
{
    private Data.Deliveries.DeliveriesPage _page = new() { Rows = [], Counts = new Dictionary<DeliveryStatus, int>() };
    private bool _late;

    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "channel")] public string? Channel { get; set; }
    [SupplyParameterFromQuery(Name = "before")] public long? Before { get; set; }
    [Inject] public required DeliveriesQuery Query { get; set; }
    [Inject] public required DeliveryWriter Writer { get; set; }
    [Inject] public required MailOptions Mail { get; set; }
    [Inject] public required NoticeWords Notices { get; set; }
    [Inject] public required IStringLocalizer<DeliveriesText> Words { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Units, ChangeTopic.Deliveries];

    private DeliveriesFilter Filter => new(
        Enum.TryParse<DeliveryStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
        Enum.TryParse<DeliveryChannel>(Channel, ignoreCase: true, out var channel) && Enum.IsDefined(channel) ? channel : null,
        Before);

    private string Lead => Trouble is > 0 and var trouble ? Words["Page.Trouble", trouble] : Words["Page.Lead"];

    private int Trouble => _page.Counts.GetValueOrDefault(DeliveryStatus.Failed) + _page.Counts.GetValueOrDefault(DeliveryStatus.Unknown);

    private string FilterWords => string.Join(", ", ((string?[])[Filter.Status is { } s ? Words[$"Status.{s}"].Value : null, Filter.Channel is { } c ? Words[$"Channel.{c}"].Value : null]).Where(w => w is not null));

    protected override async Task Read(Viewer viewer) => _page = await Query.Read(viewer, Filter);

    private async Task Retry(DeliveryRow row)
    {
        if (row.Status == DeliveryStatus.Unknown && !await Confirmed(Words["Action.Retry"], Words["Action.RetryDoubt"])) return;
        await Change(viewer => Writer.Retry(viewer, row.Id));
    }

    private Task Cancel(DeliveryRow row) => Change(viewer => Writer.Cancel(viewer, row.Id));

    private async Task Change(Func<Viewer, Task<bool>> change)
    {
        await Do(async viewer => _late = !await change(viewer));
        await Reload();
    }

    // A room reads for whom it is; mail says so by its address.
    private string Said(DeliveryRow row)
    {
        var said = Notices.Say(row.Event, row.CaseId, row.Detail);
        return row is { Channel: DeliveryChannel.Webhook, Person: { } person } ? Words["Room.To", person, said] : said;
    }

    private string? Why(DeliveryRow row) => row.Status switch
    {
        DeliveryStatus.Cancelled => row.Reason is { } reason ? Words[$"Reason.{reason}"].Value : null,
        DeliveryStatus.Queued when row.Reason is { } held => Words[$"Reason.{held}"],
        DeliveryStatus.Sent or DeliveryStatus.Sending => row.Attempts > 1 ? Words["Row.Attempts", row.Attempts].Value : null,
        DeliveryStatus.Queued or DeliveryStatus.Failed or DeliveryStatus.Unknown => row.LastError is { } error ? Words["Row.Error", error].Value : null,
    };

    private static Standing Mark(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => Standing.Good,
        DeliveryStatus.Failed => Standing.Bad,
        DeliveryStatus.Unknown => Standing.Watch,
        DeliveryStatus.Queued or DeliveryStatus.Sending or DeliveryStatus.Cancelled => Standing.Unknown,
    };

    private static string Link(string? status, string? channel)
    {
        var query = string.Join('&', ((string?[])[status is null ? null : $"status={status}", channel is null ? null : $"channel={channel}"]).Where(p => p is not null));
        return query.Length == 0 ? "/admin/deliveries" : $"/admin/deliveries?{query}";
    }
}
