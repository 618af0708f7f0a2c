using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Live;

/// <summary>GET /live and the hub against the app, the hub as any client speaks it: SignalR's JSON protocol on a bare WebSocket.</summary>
public sealed class LiveHubTests : IAsyncLifetime
{
    private const char End = '\u001e';
    private LiveFloor _floor = null!;
    private InProcessApp _app = null!;

    public async Task InitializeAsync()
    {
        _floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        _app = new InProcessApp(_floor.Database);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _floor.DisposeAsync();
    }

    [Fact]
    public async Task Get_live_is_what_the_contract_writes()
    {
        await Answer("a1", csat: 2, comment: "等了四十分钟");
        using var client = await Client();
        var board = await client.GetFromJsonAsync<JsonElement>("/api/v1/live?window=hour&by=product");
        Assert.Equal(["version", "asOf", "newestAt", "window", "by", "scores", "rows", "cases", "measures", "newest"], board.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("hour", "product"), (board.GetProperty("window").GetString(), board.GetProperty("by").GetString()));
        Assert.Equal((1, 2.0), (board.GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt32(), board.GetProperty("scores").GetProperty("csat").GetProperty("score").GetDouble()));
        Assert.Equal("unknown", board.GetProperty("rows")[0].GetProperty("standing").GetString());
        Assert.Equal(1, board.GetProperty("cases").GetProperty("open").GetInt32());
        Assert.Equal("等了四十分钟", board.GetProperty("newest")[0].GetProperty("comment").GetString());
    }

    [Theory]
    [InlineData("window=week", "window")]
    [InlineData("by=planet", "by")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        using var client = await Client();
        var answer = await client.GetAsync("/api/v1/live?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Subscribe_gives_the_board_at_once_and_then_pushes_each_change()
    {
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read));
        await Send(socket, """{"type":1,"invocationId":"1","target":"Subscribe","arguments":["live:today:region"]}""");
        var result = await Next(socket, m => Type(m) == 3);
        Assert.Equal(0, result.GetProperty("result").GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt32());
        await Answer("a1", csat: 5);
        var pushed = await Next(socket, m => Type(m) == 1 && Csat(m) == 1);
        Assert.Equal("SnapshotChanged", pushed.GetProperty("target").GetString());
        Assert.True(pushed.GetProperty("arguments")[0].GetProperty("version").GetInt64() > result.GetProperty("result").GetProperty("version").GetInt64());
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_wall_gets_nothing_personal_whoever_asks()
    {
        await Answer("a1", csat: 1, comment: "call 13800138000", customer: "Anna Schmidt");
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read));
        await Send(socket, """{"type":1,"invocationId":"1","target":"Subscribe","arguments":["wall:main"]}""");
        var low = (await Next(socket, m => Type(m) == 3)).GetProperty("result").GetProperty("newest")[0];
        Assert.Equal((JsonValueKind.Null, "call •••"), (low.GetProperty("customer").ValueKind, low.GetProperty("comment").GetString()));
    }

    [Theory]
    [InlineData("live:week:region")]
    [InlineData("wall:2")]
    [InlineData("")]
    public async Task A_board_that_there_is_not_is_refused_with_those_that_there_are(string board)
    {
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read));
        await Send(socket, $$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["{{board}}"]}""");
        Assert.Contains("wall:main", (await Next(socket, m => Type(m) == 3)).GetProperty("error").GetString());
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Only_a_key_that_may_read_gets_in_and_a_revoked_one_is_put_out()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Connect("nonsense"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await Connect(await _app.Key(ApiKeyScopes.Ingest)));
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read, "leaver"));
        await Send(socket, """{"type":1,"invocationId":"1","target":"Subscribe","arguments":["live:today:region"]}""");
        await Next(socket, m => Type(m) == 3);
        await _app.Get<ApiKeyWriter>().Revoke(Viewer.System, "leaver");
        await Ended(socket);
    }

    private Task<HttpClient> Client() => _app.WithKey(ApiKeyScopes.Read);

    private async Task Answer(string id, int csat, string? comment = null, string? customer = null)
    {
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", await _app.Key(ApiKeyScopes.Ingest, "intake " + id));
        var now = _app.Get<TimeProvider>().GetUtcNow();
        var answer = await client.PostAsJsonAsync("/api/v1/responses", new
        {
            externalId = id, source = "survey", respondedAt = now, channel = "phone", product = "net", region = "north", scores = new { csat }, comment,
            customer = customer is null ? null : new { id = "K1", name = customer },
        });
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
    }

    private async Task<WebSocket> Connect(string key)
    {
        var socket = await _app.Server.CreateWebSocketClient().ConnectAsync(new Uri(_app.Server.BaseAddress, $"/hubs/live?access_token={key}"), default);
        await Send(socket, """{"protocol":"json","version":1}""");
        await Next(socket, _ => true);
        return socket;
    }

    private static Task Send(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, default);

    private static async Task<JsonElement> Next(WebSocket socket, Func<JsonElement, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (bytes, text) = (new byte[65536], new StringBuilder());
        while (true)
        {
            var got = await socket.ReceiveAsync(bytes, limit.Token);
            if (got.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("The hub closed the connection.");
            text.Append(Encoding.UTF8.GetString(bytes, 0, got.Count));
            for (int end; (end = text.ToString().IndexOf(End)) >= 0; text.Remove(0, end + 1))
            {
                var message = JsonDocument.Parse(text.ToString(0, end)).RootElement;
                if (wanted(message)) return message;
            }
        }
    }

    private static async Task Ended(WebSocket socket)
    {
        try
        {
            await Next(socket, _ => false);
        }
        catch (Exception e) when (e is InvalidOperationException or WebSocketException or IOException)
        {
            return;
        }
    }

    private static int Type(JsonElement message) => message.TryGetProperty("type", out var type) ? type.GetInt32() : 0;

    private static int Csat(JsonElement message) =>
        message.GetProperty("arguments")[0].GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt32();
}
