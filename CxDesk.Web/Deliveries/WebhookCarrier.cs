using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CxDesk.Data.Deliveries;

namespace CxDesk.Web.Deliveries;

/// <summary>Brings requests to rooms and programs, and reads from the answer what became of them.</summary>
public sealed class WebhookCarrier(DeliveriesOptions options) : IDisposable
{
    private const int LongestAnswer = 4000;

    // Too fast, or just too busy: WeCom, DingTalk, Feishu.
    private static readonly int[] BusyCodes = [-1, 45009, 130101, 9499, 11232];

    // A redirect is not followed: it would carry the message, signed, to whomever the answer names.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1 << 20,
    };

    public async Task<Carried> Carry(HttpRequestMessage request, WebhookShape shape, DateTimeOffset now)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return await Read(response, shape, now, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Carried.InDoubt($"No answer within {options.TimeoutSeconds} s.");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new Carried.Later(e.Message);
        }
        catch (Exception e)
        {
            return new Carried.InDoubt(e.Message) { Unforeseen = e is HttpRequestException or IOException ? null : e };
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Carried> Read(HttpResponseMessage response, WebhookShape shape, DateTimeOffset now, CancellationToken cancel)
    {
        // Whatever character set the other side claims: an unknown one must not undo what it has taken.
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancel));
        if (text.Length > LongestAnswer) text = text[..LongestAnswer];
        var said = $"{(int)response.StatusCode} {response.ReasonPhrase}: {(text.Length <= 300 ? text : text[..300] + "…")}";
        if (response.IsSuccessStatusCode) return Code(shape, text) switch
        {
            null or 0 => new Carried.Arrived(),
            var code when BusyCodes.Contains(code.Value) => new Carried.Later(said),
            _ => new Carried.Never(said),
        };
        return response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new Carried.Later(said, Wait(response, now))
            : new Carried.Never(said);
    }

    private static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter is not { } after ? null : after.Delta ?? (after.Date - now is { } wait && wait > TimeSpan.Zero ? wait : null);

    /// <summary>The Chinese rooms answer 200 to everything, and say in the body what they think of it.</summary>
    private static int? Code(WebhookShape shape, string text)
    {
        var name = shape switch
        {
            WebhookShape.WeCom or WebhookShape.DingTalk => "errcode",
            WebhookShape.Feishu => "code",
            WebhookShape.Json or WebhookShape.Slack or WebhookShape.Teams => null,
        };
        if (name is null) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var code) && int.TryParse(code.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
