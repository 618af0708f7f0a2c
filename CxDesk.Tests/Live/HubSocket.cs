using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;

namespace CxDesk.Tests.Live;

/// <summary>A client of the hub as any program speaks it: SignalR's JSON protocol on a bare WebSocket.</summary>
public sealed class HubSocket : IDisposable
{
    private const char End = '\u001e';
    private readonly WebSocket _socket;

    private HubSocket(WebSocket socket) => _socket = socket;

    /// <param name="token">A key, or the token of a display link.</param>
    /// <exception cref="Exception">It is not let in.</exception>
    public static async Task<HubSocket> Connect(TestServer server, string token)
    {
        var socket = new HubSocket(await server.CreateWebSocketClient().ConnectAsync(new Uri(server.BaseAddress, $"/hubs/live?access_token={token}"), default));
        await socket.Send("""{"protocol":"json","version":1}""");
        await socket.Next(_ => true);
        return socket;
    }

    /// <returns>What the hub answers: with <c>result</c>, or with <c>error</c>.</returns>
    public async Task<JsonElement> Subscribe(string board)
    {
        await Send($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["{{board}}"]}""");
        return await Next(message => Type(message) == 3);
    }

    /// <summary>The next snapshot that is as wanted, as it is pushed.</summary>
    public Task<JsonElement> Pushed(Func<JsonElement, bool> wanted) => Next(message => Type(message) == 1 && wanted(message.GetProperty("arguments")[0]));

    /// <summary>Waits until the hub has closed the connection.</summary>
    public async Task Ended()
    {
        try
        {
            await Next(_ => false);
        }
        catch (Exception e) when (e is InvalidOperationException or WebSocketException or IOException)
        {
            return;
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task Send(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, default);

    private async Task<JsonElement> Next(Func<JsonElement, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (bytes, text) = (new byte[65536], new List<byte>());
        while (true)
        {
            var got = await _socket.ReceiveAsync(bytes, limit.Token);
            if (got.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("The hub closed the connection.");
            text.AddRange(bytes.AsSpan(0, got.Count));
            for (int end; (end = text.IndexOf((byte)End)) >= 0; text.RemoveRange(0, end + 1))
            {
                var message = JsonDocument.Parse(Encoding.UTF8.GetString(text.GetRange(0, end).ToArray())).RootElement;
                if (wanted(message)) return message;
            }
        }
    }

    private static int Type(JsonElement message) => message.TryGetProperty("type", out var type) ? type.GetInt32() : 0;
}
