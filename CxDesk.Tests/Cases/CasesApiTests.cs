using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Cases;

public sealed class CasesApiTests : CaseApiApp
{
    [Fact]
    public async Task A_list_comes_as_the_contract_writes_it()
    {
        var customer = await Floor.Customer("k1", 99.5m);
        await Floor.Open(csat: 1, customerId: customer, value: 99.5m, agentId: CaseFloor.Agent, comment: "no call back");
        await Floor.Open(csat: 2);
        var list = await Client.GetFromJsonAsync<JsonElement>("/api/v1/cases?limit=1");
        Assert.Equal(["items", "nextCursor", "counts", "atLeast"], Names(list));
        Assert.Equal(["new", "inProgress", "waiting", "resolvedToday", "overdue"], Names(list.GetProperty("counts")));
        var item = list.GetProperty("items")[0];
        Assert.Equal(["id", "status", "severity", "openedAt", "dueAt", "overdue", "owner", "unit", "region", "product", "agent", "customer", "scores", "comment", "escalationLevel", "version"], Names(item));
        Assert.Equal(("C-1001", "new", "high", "phone", "north", "net", "a1", "no call back"),
            (Text(item, "id"), Text(item, "status"), Text(item, "severity"), Text(item, "unit"), Text(item, "region"), Text(item, "product"), Text(item, "agent"), Text(item, "comment")));
        Assert.Equal("""{"id":"k1","name":"Customer k1","value12m":99.5}""", item.GetProperty("customer").GetRawText());
        Assert.Equal("""{"csat":1,"nps":null,"ces":null}""", item.GetProperty("scores").GetRawText());
        var next = await Client.GetFromJsonAsync<JsonElement>("/api/v1/cases?limit=1&cursor=" + Text(list, "nextCursor"));
        Assert.Equal("C-1002", Text(next.GetProperty("items")[0], "id"));
        Assert.Null(Text(next, "nextCursor"));
    }

    [Fact]
    public async Task A_bad_parameter_is_named()
    {
        foreach (var query in (string[])["status=old", "status=1", "severity=bad", "overdue=yes", "sort=size", "sort=resolvedToday", "limit=0", "limit=201", "limit=x", "cursor=abc", "unit=nowhere", "product=none", "owner=nobody", "owner=me", "q=" + new string('x', 201)])
        {
            var answer = await Client.GetAsync("/api/v1/cases?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(problem.GetProperty("errors").TryGetProperty(query[..query.IndexOf('=')], out _), query);
        }
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task A_patch_needs_the_version_and_a_stale_one_is_shown_the_case_and_who_changed_what()
    {
        await Floor.Open(csat: 2);
        var read = await Client.GetAsync("/api/v1/cases/C-1001");
        Assert.Equal("\"1\"", read.Headers.ETag?.ToString());
        Assert.Equal(428, (int)(await Patch("""{"severity":"high"}""", null)).StatusCode);
        var patched = await Patch("""{"severity":"high","owner":"ann","product":"tv"}""", "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (patched.StatusCode, patched.Headers.ETag?.ToString()));
        var body = await patched.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("high", "ann", "tv", "inProgress"), (Text(body, "severity"), Text(body, "owner"), Text(body, "product"), Text(body, "status")));
        var stale = await Patch("""{"owner":null}""", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var problem = await stale.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("ann", Text(problem.GetProperty("case"), "owner"));
        Assert.Equal(("edited", "test"), (Text(problem.GetProperty("changes")[0], "event"), Text(problem.GetProperty("changes")[0], "by")));
        foreach (var (bad, field) in ((string, string)[])[("""{"severity":"worst"}""", "severity"), ("""{"owner":"nobody"}""", "owner"), ("""{"product":5}""", "product"), ("""{"status":"closed"}""", "status")])
            Assert.True((await (await Patch(bad, "\"2\"")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), bad);
    }

    [Fact]
    public async Task A_bad_body_names_its_field_and_changes_nothing()
    {
        await Floor.Open();
        (string Action, string Body, string? Field)[] bodies =
        [
            ("notes", "{", null), ("notes", "", "text"), ("notes", """{"text":5}""", "text"), ("notes", """{"text":"a\u0000b"}""", "text"), ("notes", """{"text":"\ud800"}""", "text"),
            ("claim", """{"owner":[]}""", "owner"), ("assign", "", "owner"), ("assign", "[]", null), ("wait", """{"reason":"r","until":"2026-12-01T00:00:00"}""", "until"),
            ("wait", """{"reason":"r","until":"2000-01-01T00:00:00Z"}""", "until"), ("wait", """{"reason":"r","until":7}""", "until"), ("reopen", "{}", "reason"),
            ("resolve", """{"rootCause":"x","contactOutcome":1}""", "contactOutcome"), ("resolve", "null", "rootCause"),
        ];
        foreach (var (action, body, field) in bodies)
            await BadRequest(await Client.PostAsync($"/api/v1/cases/C-1001/{action}", new StringContent(body, Encoding.UTF8, "application/json")), field, $"{action} {body}");
        foreach (var (body, field) in ((string, string)[])[("""{"owner":"\ud800"}""", "owner"), ("""{"\ud800":1}""", "$"), ("[]", "$"), ("", "$")])
            await BadRequest(await Patch(body, "*"), field, body);
        Assert.Equal(1, (await Client.GetFromJsonAsync<JsonElement>("/api/v1/cases/C-1001")).GetProperty("version").GetInt32());
        Assert.Equal(428, (int)(await Patch("""{"severity":"high"}""", " ")).StatusCode);
    }

    private static async Task BadRequest(HttpResponseMessage answer, string? field, string what)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{what}: {answer.StatusCode}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.DoesNotContain("Body ", Text(problem, "detail"), StringComparison.Ordinal);
        if (field is not null) Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"{what}: {problem}");
    }

    [Fact]
    [Trait("Behaviour", "15")]
    public async Task A_case_goes_its_whole_way_by_API()
    {
        await Floor.Open();
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("claim", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("claim", new { owner = "eve" })).StatusCode);
        Assert.Equal("ann", Text(await Ok("claim", new { owner = "ann" }), "owner"));
        var taken = await Post("claim", new { owner = "bob" });
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Equal("ann", Text(await taken.Content.ReadFromJsonAsync<JsonElement>(), "owner"));
        Assert.Equal("bob", Text(await Ok("assign", new { owner = "bob" }), "owner"));
        await Ok("notes", new { text = "called, no answer" });
        Assert.Equal("waiting", Text(await Ok("wait", new { reason = "invoice" }), "status"));
        Assert.Equal("inProgress", Text(await Ok("resume", null), "status"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("resolve", new { rootCause = "billing" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("resolve", new { contactOutcome = "reached" })).StatusCode);
        var resolved = await Ok("resolve", new { rootCause = "billing", contactOutcome = "threeAttempts" });
        Assert.Equal(("resolved", "billing", "threeAttempts"), (Text(resolved, "status"), Text(resolved, "rootCause"), Text(resolved, "contactOutcome")));
        Assert.Equal((1, resolved.GetProperty("timeline").GetArrayLength()), (resolved.GetProperty("answersTotal").GetInt32(), resolved.GetProperty("timelineTotal").GetInt32()));
        Assert.Equal("threeAttempts", Text(resolved.GetProperty("timeline").EnumerateArray().Last().GetProperty("detail"), "contactOutcome"));
        Assert.Equal("closed", Text(await Ok("close", null), "status"));
        var reopened = await Ok("reopen", new { reason = "wrote again" });
        Assert.Equal(["opened", "claimed", "assigned", "noted", "waited", "resumed", "resolved", "closed", "reopened"],
            reopened.GetProperty("timeline").EnumerateArray().Select(e => Text(e, "event")));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/v1/cases/C-9")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/v1/cases/nonsense")).StatusCode);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_key_without_the_scope_is_refused_and_a_key_of_a_unit_sees_no_other()
    {
        await Floor.Open();
        using var reader = await ClientOf(ApiKeyScopes.Read);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync("/api/v1/cases/C-1001/notes", new { text = "x" })).StatusCode);
        using var east = await ClientOf(ApiKeyScopes.Read | ApiKeyScopes.Desk, CaseFloor.OtherRegion);
        Assert.Equal(0, (await east.GetFromJsonAsync<JsonElement>("/api/v1/cases")).GetProperty("counts").GetProperty("new").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await east.PostAsJsonAsync("/api/v1/cases/C-1001/notes", new { text = "x" })).StatusCode);
    }

    private async Task<JsonElement> Ok(string action, object? body)
    {
        var answer = await Post(action, body);
        Assert.True(answer.IsSuccessStatusCode, $"{action}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> Post(string action, object? body) => Client.PostAsync($"/api/v1/cases/C-1001/{action}", body is null ? null : JsonContent.Create(body));

    private Task<HttpResponseMessage> Patch(string body, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/cases/C-1001") { Content = new StringContent(body, Encoding.UTF8, "application/merge-patch+json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return Client.SendAsync(request);
    }

    private Task<HttpClient> ClientOf(ApiKeyScopes scopes, int? unit = null) => App.WithKey(scopes, $"test {scopes} {unit}", unit);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
