using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Live;

/// <summary>GET /live and the hub against the app.</summary>
public sealed class LiveHubTests : IAsyncLifetime
{
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
        var result = await socket.Subscribe("live:today:region");
        Assert.Equal(0, result.GetProperty("result").GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt32());
        await Answer("a1", csat: 5);
        var pushed = await socket.Pushed(board => Csat(board) == 1);
        Assert.Equal("SnapshotChanged", pushed.GetProperty("target").GetString());
        Assert.True(pushed.GetProperty("arguments")[0].GetProperty("version").GetInt64() > result.GetProperty("result").GetProperty("version").GetInt64());
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_wall_gets_nothing_personal_whoever_asks()
    {
        await Answer("a1", csat: 1, comment: "call 13800138000", customer: "Anna Schmidt");
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read));
        var low = (await socket.Subscribe("wall:main")).GetProperty("result").GetProperty("newest")[0];
        Assert.Equal((JsonValueKind.Null, "call •••"), (low.GetProperty("customer").ValueKind, low.GetProperty("comment").GetString()));
    }

    [Theory]
    [InlineData("live:week:region")]
    [InlineData("wall:2")]
    [InlineData("")]
    public async Task A_board_that_there_is_not_is_refused_with_those_that_there_are(string board)
    {
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read));
        Assert.Contains("wall:main", (await socket.Subscribe(board)).GetProperty("error").GetString());
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Only_a_key_that_may_read_gets_in_and_a_revoked_one_is_put_out()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Connect("nonsense"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await Connect(await _app.Key(ApiKeyScopes.Ingest)));
        using var socket = await Connect(await _app.Key(ApiKeyScopes.Read, "leaver"));
        await socket.Subscribe("live:today:region");
        await _app.Get<ApiKeyWriter>().Revoke(Viewer.System, "leaver");
        await socket.Ended();
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

    private Task<HubSocket> Connect(string key) => HubSocket.Connect(_app.Server, key);

    private static int Csat(JsonElement board) =>
        board.GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt32();
}
