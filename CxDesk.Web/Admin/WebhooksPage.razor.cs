using CxDesk.Data.Admin;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Web.Deliveries;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Admin;

/// <summary>Rooms and programs that are told of cases; one of them is edited beside the list, and tried.</summary>
public partial class WebhooksPage
{
    private static readonly string[] Fields = ["name", "address", "secret", "unit", "topics"];

    private IReadOnlyList<WebhookRow> _webhooks = [];
    private IReadOnlyList<UnitTreeRow> _units = [];
    private Entry? _form;
    private (int? Webhook, string? Add) _shown;
    private bool _tested;

    [SupplyParameterFromQuery(Name = "webhook")] public int? Webhook { get; set; }
    [SupplyParameterFromQuery(Name = "add")] public string? Add { get; set; }
    [Inject] public required WebhooksQuery Query { get; set; }
    [Inject] public required WebhookWriter Writer { get; set; }
    [Inject] public required UnitTreeQuery Units { get; set; }
    [Inject] public required IStringLocalizer<DeliveriesText> Words { get; set; }
    [Inject] public required IStringLocalizer<ShellText> Shell { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Units, ChangeTopic.Deliveries];

    private bool TakesSecret => _form?.Shape is WebhookShape.Json or WebhookShape.DingTalk or WebhookShape.Feishu;

    private string SecretHint => _form?.Shape switch
    {
        WebhookShape.Json => "Webhook.SecretJson",
        WebhookShape.DingTalk or WebhookShape.Feishu => "Webhook.SecretRoom",
        _ => "Webhook.SecretUnused",
    };

    protected override async Task Read(Viewer viewer)
    {
        (_webhooks, _units) = (await Query.All(viewer), await Units.All());
        if (_shown != (Webhook, Add))
        {
            if (_shown.Add is null) Said();
            (_form, _tested, _shown) = (null, false, (Webhook, Add));
        }
        // A change by somebody else must not take what is being typed: the save will tell.
        _form ??= Form();
    }

    protected override void Forget() => _form = null;

    private Entry? Form() => _webhooks.FirstOrDefault(w => w.Id == Webhook) is { } webhook
        ? new Entry
        {
            Id = webhook.Id, Version = webhook.RowVersion, HasSecret = webhook.HasSecret, Name = webhook.Name, Address = webhook.Address, Shape = webhook.Shape,
            Language = webhook.Language, UnitId = webhook.UnitId, Topics = webhook.Topics, IsActive = webhook.IsActive,
        }
        : Add is null ? null : new Entry();

    private async Task Save()
    {
        _tested = false;
        var form = _form!;
        var id = form.Id;
        var webhook = new EditWebhook
        {
            Id = id, Version = form.Version, Name = form.Name, Address = form.Address, Shape = form.Shape, Secret = TakesSecret ? form.Secret : null,
            KeepsSecret = TakesSecret && !form.DropsSecret, Language = form.Language, UnitId = form.UnitId, Topics = form.Topics, IsActive = form.IsActive,
        };
        var done = await Do(async viewer =>
        {
            if (id == 0) id = await Writer.Add(viewer, webhook);
            else await Writer.Edit(viewer, webhook);
        });
        if (!done) return;
        if (form.Id == 0) Navigation.NavigateTo($"/admin/webhooks?webhook={id}");
        else await Again();
    }

    private async Task Test() => _tested = await Do(viewer => Writer.Test(viewer, _form!.Id));

    /// <summary>What is being typed; without an id a new one.</summary>
    private sealed class Entry
    {
        public int Id { get; init; }
        public int Version { get; init; }
        public bool HasSecret { get; init; }
        public bool DropsSecret { get; set; }
        public string Name { get; set; } = "";
        public string Address { get; set; } = "";
        public WebhookShape Shape { get; set; } = WebhookShape.Json;
        public string? Secret { get; set; }
        public string Language { get; set; } = ShellSetup.Languages[0];
        public int UnitId { get; set; } = 1;
        public int Topics { get; set; } = NoticeTopics.Every;
        public bool IsActive { get; set; } = true;
    }
}
