using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Cases;
using CxDesk.Data.Deliveries;

namespace CxDesk.Web.Deliveries;

/// <summary>What a webhook is sent: a request in the shape that the other side reads. Pure.</summary>
public static class WebhookMessage
{
    public const string KeyHeader = "X-CxDesk-Delivery", EventHeader = "X-CxDesk-Event", TimestampHeader = "X-CxDesk-Timestamp", SignatureHeader = "X-CxDesk-Signature";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="said">The notice in words, with whom it is for.</param>
    /// <param name="link">Where it leads, absolute.</param>
    public static HttpRequestMessage Of(Delivery delivery, DeliveryCase? about, string said, string link, DateTimeOffset now)
    {
        var text = $"{said}\n{link}";
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        object body = delivery.Shape!.Value switch
        {
            WebhookShape.Json => Content(delivery, about, said, link),
            WebhookShape.Slack => new { text },
            WebhookShape.Teams => Card(said, link),
            WebhookShape.WeCom or WebhookShape.DingTalk => new { msgtype = "text", text = new { content = text } },
            WebhookShape.Feishu => delivery.Secret is { } secret
                ? new { timestamp = seconds, sign = FeishuSign(secret, seconds), msg_type = "text", content = new { text } }
                : new { msg_type = "text", content = new { text } },
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json);
        var request = new HttpRequestMessage(HttpMethod.Post, Address(delivery, now)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(KeyHeader, delivery.Key);
        if (delivery.Shape == WebhookShape.Json)
        {
            request.Headers.Add(EventHeader, delivery.EventText);
            request.Headers.Add(TimestampHeader, seconds);
            if (delivery.Secret is { } secret) request.Headers.Add(SignatureHeader, "sha256=" + Signature(secret, seconds, bytes));
        }
        return request;
    }

    /// <summary>HMAC-SHA256, hexadecimal, of timestamp, a full stop and the body: an old body cannot be sent anew.</summary>
    public static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(timestamp + "."), .. body]));

    /// <summary>DingTalk: the text is milliseconds, a line break, the secret; the key is the secret.</summary>
    public static string DingTalkSign(string secret, string milliseconds) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{milliseconds}\n{secret}")));

    /// <summary>Feishu: the key is seconds, a line break, the secret; the text is empty.</summary>
    public static string FeishuSign(string secret, string seconds) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{seconds}\n{secret}"), Array.Empty<byte>()));

    private static Uri Address(Delivery delivery, DateTimeOffset now)
    {
        if (delivery is not { Shape: WebhookShape.DingTalk, Secret: { } secret }) return new Uri(delivery.Address!);
        var milliseconds = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var joint = delivery.Address!.Contains('?') ? '&' : '?';
        return new Uri($"{delivery.Address}{joint}timestamp={milliseconds}&sign={Uri.EscapeDataString(DingTalkSign(secret, milliseconds))}");
    }

    private static object Content(Delivery delivery, DeliveryCase? about, string text, string link) => new
    {
        id = delivery.Key,
        @event = delivery.EventText,
        at = delivery.CreatedAt,
        to = delivery.PersonName,
        text,
        link,
        level = delivery.Detail.Level,
        cases = delivery.Detail.Cases,
        critical = delivery.Detail.Critical,
        @case = about is null ? null : new
        {
            id = about.Reference,
            status = CaseEventLog.Stored(about.Status),
            severity = CaseEventLog.Stored(about.Severity),
            about.DueAt,
            about.Owner,
            about.Region,
            about.Team,
            about.Product,
        },
    };

    // What Teams' workflows take: a message with an adaptive card.
    private static object Card(string said, string link) => new
    {
        type = "message",
        attachments = new object[]
        {
            new
            {
                contentType = "application/vnd.microsoft.card.adaptive",
                content = new Dictionary<string, object>
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.2",
                    ["body"] = new object[] { new { type = "TextBlock", text = said, wrap = true } },
                    ["actions"] = new object[] { new { type = "Action.OpenUrl", title = "CxDesk", url = link } },
                },
            },
        },
    };
}
