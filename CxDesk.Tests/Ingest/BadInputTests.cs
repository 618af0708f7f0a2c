using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Tests.Ingest;

/// <summary>What must not be stored, and what is said about it: against the real app, by HTTP.</summary>
public sealed class BadInputTests(IngestAppWithKeys app) : IClassFixture<IngestAppWithKeys>
{
    private static readonly Statement CountOf = new("SELECT COUNT(*) FROM Answers WHERE ExternalId LIKE @like");
    private static readonly string Emoji = string.Concat(Enumerable.Repeat("😀", 20));

    /// <summary>By name: what is done to a good answer, and the field that is then at fault (null: it is still good).</summary>
    public static IEnumerable<object?[]> Items => Changes.Select(c => new object?[] { c.Key, c.Value.Field });

    private static readonly Dictionary<string, (Action<JsonObject> Change, string? Field)> Changes = new()
    {
        ["no external id"] = (i => i.Remove("externalId"), "externalId"),
        ["external id of blanks"] = (i => i["externalId"] = "  ", "externalId"),
        ["external id as number"] = (i => i["externalId"] = 7, "externalId"),
        ["no source"] = (i => i["source"] = null, "source"),
        ["no channel"] = (i => i.Remove("channel"), "channel"),
        ["no product"] = (i => i.Remove("product"), "product"),
        ["no region"] = (i => i.Remove("region"), "region"),
        ["code of 201 characters"] = (i => i["product"] = new string('p', 201), "product"),
        ["code with a NUL"] = (i => i["agent"] = "a\0b", "agent"),
        ["code as object"] = (i => i["region"] = new JsonObject(), "region"),
        ["customer without id"] = (i => i["customer"] = new JsonObject { ["name"] = "Ann" }, "customer.id"),
        ["customer as text"] = (i => i["customer"] = "Ann", "customer"),
        ["name of 5,000 characters"] = (i => i["customer"] = new JsonObject { ["id"] = "c", ["name"] = new string('n', 5_000) }, "customer.name"),
        ["negative value"] = (i => i["customer"] = new JsonObject { ["id"] = "c", ["value12m"] = -1 }, "customer.value12m"),
        ["value as text"] = (i => i["customer"] = new JsonObject { ["id"] = "c", ["value12m"] = "12" }, "customer.value12m"),
        ["value out of all bounds"] = (i => i["customer"] = new JsonObject { ["id"] = "c", ["value12m"] = 1e40 }, "customer.value12m"),
        ["noContact as text"] = (i => i["customer"] = new JsonObject { ["id"] = "c", ["noContact"] = "yes" }, "customer.noContact"),
        ["csat 6"] = (i => i["scores"]!["csat"] = 6, "scores.csat"),
        ["csat 0"] = (i => i["scores"]!["csat"] = 0, "scores.csat"),
        ["csat 3.5"] = (i => i["scores"]!["csat"] = 3.5, "scores.csat"),
        ["csat as text"] = (i => i["scores"]!["csat"] = "3", "scores.csat"),
        ["csat as flag"] = (i => i["scores"]!["csat"] = true, "scores.csat"),
        ["csat 4.0 is whole"] = (i => i["scores"]!["csat"] = 4.0, null),
        ["nps 11"] = (i => i["scores"]!["nps"] = 11, "scores.nps"),
        ["nps -1"] = (i => i["scores"]!["nps"] = -1, "scores.nps"),
        ["ces 0"] = (i => i["scores"]!["ces"] = 0, "scores.ces"),
        ["ces 8"] = (i => i["scores"]!["ces"] = 8, "scores.ces"),
        ["scores as array"] = (i => i["scores"] = new JsonArray(5), "scores"),
        ["no score and no rating"] = (i => i["scores"] = new JsonObject(), "scores"),
        ["a rating alone"] = (i => (i["scores"], i["ratings"]) = (new JsonObject(), new JsonObject { ["courtesy"] = 4.5 }), null),
        ["rating 6"] = (i => i["ratings"] = new JsonObject { ["courtesy"] = 6 }, "ratings.courtesy"),
        ["rating as text"] = (i => i["ratings"] = new JsonObject { ["courtesy"] = "good" }, "ratings.courtesy"),
        ["measure out of all bounds"] = (i => i["operational"] = new JsonObject { ["queue"] = 1e308 }, "operational.queue"),
        ["negative duration"] = (i => i["operational"] = new JsonObject { ["wait"] = -1 }, "operational.wait"),
        ["share over 1"] = (i => i["operational"] = new JsonObject { ["abandoned"] = 1.5 }, "operational.abandoned"),
        ["operational as text"] = (i => i["operational"] = new JsonObject { ["wait"] = "long" }, "operational.wait"),
        ["no time"] = (i => i.Remove("respondedAt"), "respondedAt"),
        ["time of the year 1"] = (i => i["respondedAt"] = "0001-01-01T00:00:00Z", "respondedAt"),
        ["time before 2000"] = (i => i["respondedAt"] = "1999-12-31T23:59:59Z", "respondedAt"),
        ["time ten minutes ahead"] = (i => i["respondedAt"] = At(10), "respondedAt"),
        ["time four minutes ahead"] = (i => i["respondedAt"] = At(4), null),
        ["time without offset"] = (i => i["respondedAt"] = "2026-01-01T10:00:00", "respondedAt"),
        ["day alone"] = (i => i["respondedAt"] = "2026-01-01", "respondedAt"),
        ["no such day"] = (i => i["respondedAt"] = "2026-02-30T10:00:00Z", "respondedAt"),
        ["time with nine digits and an offset"] = (i => i["respondedAt"] = "2026-01-01T10:00:00.123456789+08:00", null),
        ["time as number"] = (i => i["respondedAt"] = 1767261600, "respondedAt"),
        ["comment of 10,001 characters"] = (i => i["comment"] = new string('c', 10_001), "comment"),
        ["comment of 10,000 characters"] = (i => i["comment"] = new string('c', 10_000), null),
        ["emoji and right to left"] = (i => (i["comment"], i["agent"]) = ("שלום " + Emoji, "مريم"), null),
        ["unknown fields"] = (i => (i["extra"], i["scores"]!["joy"]) = (new JsonArray(1, 2), 9), null),
    };

    [Theory, MemberData(nameof(Items))]
    public async Task A_bad_item_is_rejected_by_its_field_and_the_good_ones_beside_it_are_stored(string name, string? field)
    {
        var item = Good($"{name}: item");
        Changes[name].Change(item);
        var body = new JsonArray(Good($"{name}: before"), item, Good($"{name}: after")).ToJsonString();
        var (status, answer) = await IngestApp.Post(app.Ingest, "/api/v1/responses", body);
        Assert.Equal(200, status);
        Assert.Equal(field is null ? 3 : 2, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(field is null ? 3 : 2, await app.Db.Read(s => s.Single<long>(CountOf, new { like = name + ": %" })));
        if (field is null)
        {
            Assert.Empty(answer.GetProperty("rejected").EnumerateArray());
            return;
        }
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal(1, rejected.GetProperty("index").GetInt32());
        var error = Assert.Single(rejected.GetProperty("errors").EnumerateArray());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    /// <summary>By name: the body, and the status that it is answered with.</summary>
    public static TheoryData<string, int> Bodies => new()
    {
        { "malformed", 400 }, { "cut short", 400 }, { "empty", 400 }, { "text", 400 },
        { "not UTF-8", 400 }, { "too deep", 400 }, { "1,001 items", 400 }, { "10 MB", 413 },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_bad_request_is_problem_details_and_stores_nothing(string name, int expected)
    {
        var before = await app.Db.Read(s => s.Single<long>(CountOf, new { like = "%" }));
        byte[] body = name switch
        {
            "malformed" => Encoding.UTF8.GetBytes("[" + Good("m").ToJsonString() + ",\n  {bad}]"),
            "cut short" => Encoding.UTF8.GetBytes("[" + Good("m").ToJsonString()),
            "empty" => [],
            "text" => "\"hello\""u8.ToArray(),
            "not UTF-8" => [.. "{\"externalId\":\""u8, 0xff, 0xfe, .. "\"}"u8],
            "too deep" => Encoding.UTF8.GetBytes(new string('[', 100) + new string(']', 100)),
            "1,001 items" => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 1_001).Select(i => Good($"many {i}").ToJsonString())) + "]"),
            "10 MB" => Encoding.UTF8.GetBytes(Good(new string('x', 10_000_000)).ToJsonString()),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        var (status, problem) = await IngestApp.Post(app.Ingest, "/api/v1/responses", body);
        Assert.Equal(expected, status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        if (name == "malformed") Assert.Contains("line 2, byte 4", problem.GetProperty("detail").GetString());
        Assert.Equal(before, await app.Db.Read(s => s.Single<long>(CountOf, new { like = "%" })));
    }

    [Fact]
    public async Task Who_may_not_write_is_told_by_status_and_stores_nothing()
    {
        var body = Good("forbidden").ToJsonString();
        using var stranger = app.CreateClient();
        Assert.Equal(401, (await IngestApp.Post(stranger, "/api/v1/responses", body)).Status);
        stranger.DefaultRequestHeaders.Add("X-Api-Key", "cx_nobody");
        Assert.Equal(401, (await IngestApp.Post(stranger, "/api/v1/responses", body)).Status);
        Assert.Equal(403, (await IngestApp.Post(app.Reader, "/api/v1/responses", body)).Status);
        Assert.Equal(401, (await IngestApp.Post(app.Revoked, "/api/v1/measurements", body)).Status);
        Assert.Equal(0, await app.Db.Read(s => s.Single<long>(CountOf, new { like = "forbidden" })));
    }

    [Fact]
    public async Task All_faults_of_an_item_are_told_at_once_in_the_language_of_the_sender()
    {
        var item = Good("many");
        (item["region"], item["scores"]!["csat"], item["respondedAt"]) = (null, 9, "soon");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses") { Content = new StringContent(item.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept-Language", "zh-CN");
        using var response = await app.Ingest.SendAsync(request);
        var errors = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("rejected")[0].GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(["region", "respondedAt", "scores.csat"], errors.Select(e => e.GetProperty("field").GetString()).Order());
        Assert.Contains(errors, e => e.GetProperty("message").GetString() == "必须在 1 到 5 之间");
    }

    [Fact]
    public async Task Equal_ids_in_one_request_are_one_answer_and_its_case_is_named()
    {
        var low = Good("same");
        low["scores"]!["csat"] = 1;
        var (status, answer) = await IngestApp.Post(app.Ingest, "/api/v1/responses", new JsonArray(low, Good(" same "), "an item that is none").ToJsonString());
        Assert.Equal(200, status);
        Assert.Equal((1, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
        Assert.Matches(@"^C-\d+$", Assert.Single(answer.GetProperty("casesOpened").EnumerateArray()).GetString());
        Assert.Equal("$", Assert.Single(answer.GetProperty("rejected").EnumerateArray()).GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("""{"\ud800":1,""", "$")]
    [InlineData("""{"customer":{"\ud800":1,"id":"c"},""", "customer")]
    public async Task A_field_whose_name_is_half_a_surrogate_pair_spoils_its_item_alone(string beginning, string field)
    {
        var id = "surrogate " + field;
        var bad = beginning + Good(id).ToJsonString()[1..];
        var (status, answer) = await IngestApp.Post(app.Ingest, "/api/v1/responses", $"[{bad},{Good("beside " + id).ToJsonString()},null]");
        Assert.Equal((200, 1), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal([field, "$"], answer.GetProperty("rejected").EnumerateArray()
            .Select(r => Assert.Single(r.GetProperty("errors").EnumerateArray()).GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Measurements_are_held_to_the_same()
    {
        const string good = """{"externalId":"m1","source":"pbx","measure":"wait","at":"2026-01-01T10:00:00Z","value":12.5,"count":4}""";
        var (status, answer) = await IngestApp.Post(app.Ingest, "/api/v1/measurements", $$"""
            [{{good}}, {{good}}, {"externalId":"m2","source":"pbx","measure":"wait","at":"2026-01-01T10:00:00Z"},
             {"externalId":"m3","source":"pbx","measure":"wait","at":"2026-01-01T10:00:00Z","value":1,"count":0}]
            """);
        Assert.Equal(200, status);
        Assert.Equal((1, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
        Assert.Equal(["value", "count"], answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("errors")[0].GetProperty("field").GetString()));
        Assert.False(answer.TryGetProperty("casesOpened", out _));
    }

    [Fact]
    [Trait("Behaviour", "43")]
    public async Task Following_a_link_stores_nothing()
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var request = new HttpRequestMessage(method, "/api/v1/responses?externalId=link&source=mail&csat=5");
            using var response = await app.Ingest.SendAsync(request);
            Assert.False(response.IsSuccessStatusCode);
        }
        Assert.Equal(0, await app.Db.Read(s => s.Single<long>(CountOf, new { like = "link" })));
    }

    private static JsonObject Good(string id) => new()
    {
        ["externalId"] = id,
        ["source"] = "survey",
        ["respondedAt"] = At(-1),
        ["channel"] = "phone",
        ["product"] = "net",
        ["region"] = "north",
        ["scores"] = new JsonObject { ["csat"] = 4 },
    };

    private static string At(int minutes) => IngestApp.Time.GetUtcNow().AddMinutes(minutes).ToString("O");
}

/// <summary>One app for the whole table, with a client for each kind of key.</summary>
public sealed class IngestAppWithKeys : IngestApp, IAsyncLifetime
{
    public HttpClient Ingest { get; private set; } = null!;
    public HttpClient Reader { get; private set; } = null!;
    public HttpClient Revoked { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Ingest = await WithKey(ApiKeyScopes.Ingest, "ingest");
        Reader = await WithKey(ApiKeyScopes.Read, "reader");
        Revoked = await WithKey(ApiKeyScopes.Ingest, "revoked");
        await Get<ApiKeyWriter>().Revoke(Viewer.System, "revoked");
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
