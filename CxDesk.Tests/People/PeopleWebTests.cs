using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.People;

namespace CxDesk.Tests.People;

public sealed class PeopleWebTests : IAsyncLifetime
{
    private readonly PeopleApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Faults_of_a_request_are_problem_details_and_never_pages()
    {
        using var nobody = _app.Browser();
        nobody.DefaultRequestHeaders.Add("Accept", "text/html");
        await Problem(await nobody.GetAsync("/api/v1/cases"), 401);
        await Problem(await nobody.GetAsync("/api/v1/nothing"), 401);
        await Problem(await nobody.PostAsync("/hubs/live/negotiate", null), 401);
        using var wrong = _app.Browser();
        wrong.DefaultRequestHeaders.Add("X-Api-Key", "cx_wrong");
        await Problem(await wrong.GetAsync("/api/v1/cases"), 401);
        using var ingest = await _app.WithKey(ApiKeyScopes.Ingest);
        await Problem(await ingest.GetAsync("/api/v1/cases"), 403);
        await Problem(await ingest.GetAsync("/api/v1/nothing"), 404);
        var inside = await Problem(await ingest.GetAsync("/api/v1/breaks"), 500);
        Assert.DoesNotContain("secret", inside.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", inside.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_parameter_is_named_in_the_callers_language()
    {
        string[] addresses =
        [
            "cases?limit=0", "cases?status=old", "cases?unit=nowhere", "scorecards?by=me", "scorecards?parent=nowhere", "scorecards?from=1999-01-01",
            "scorecards?from=2026-01-02&to=2026-01-01", "scorecards?from=2000-01-01&to=2026-01-01", "live?window=week",
        ];
        foreach (var address in addresses)
        {
            // A key each: there are few requests a minute.
            using var client = await _app.WithKey(ApiKeyScopes.Read, address);
            var english = (await Problem(await client.GetAsync("/api/v1/" + address), 400)).GetProperty("detail").GetString()!;
            client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
            var chinese = (await Problem(await client.GetAsync("/api/v1/" + address), 400)).GetProperty("detail").GetString()!;
            var name = address.Split('?', '=')[1];
            Assert.Contains($"'{name}'", english, StringComparison.Ordinal);
            Assert.Contains($"“{name}”", chinese, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_many_requests_of_one_key_are_refused_with_the_time_to_wait_and_others_go_on()
    {
        using var busy = await _app.WithKey(ApiKeyScopes.Read, "busy");
        using var calm = await _app.WithKey(ApiKeyScopes.Read, "calm");
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/api/v1/cases")).StatusCode);
        var refused = await busy.GetAsync("/api/v1/cases");
        await Problem(refused, 429);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await calm.GetAsync("/api/v1/cases")).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_its_use_was_noted()
    {
        using var client = await _app.WithKey(ApiKeyScopes.Read);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/cases")).StatusCode);
        Assert.NotNull(Assert.Single(await _app.Get<CxDesk.Data.Admin.KeysQuery>().All()).LastUsedAt);
        await _app.Get<ApiKeyWriter>().Revoke(Viewer.System, "test");
        await Problem(await client.GetAsync("/api/v1/cases"), 401);
    }

    [Fact]
    public async Task The_description_names_the_key_and_needs_none()
    {
        using var nobody = _app.Browser();
        var document = await nobody.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var what = $"{operation.Name} {path.Name}";
                var inPath = operation.Value.TryGetProperty("parameters", out var parameters)
                    ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()) : [];
                Assert.Equal(path.Name.Split('/').Where(p => p is ['{', .., '}']).Select(p => p[1..^1]).Order(), inPath.Order());
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("200", out _), what);
                var takesNothing = operation.Name is "get" or "delete" || path.Name.EndsWith("/resume", StringComparison.Ordinal) || path.Name.EndsWith("/close", StringComparison.Ordinal);
                Assert.True(takesNothing != operation.Value.TryGetProperty("requestBody", out _), what);
            }
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal("string", schemas.GetProperty("ResponseItem").GetProperty("properties").GetProperty("respondedAt").GetProperty("type").GetString());
        Assert.Equal("good", schemas.GetProperty("Standing").GetProperty("enum")[0].GetString());
        Assert.Equal("X-Api-Key", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Health_and_readiness_answer_before_anybody_is_set_up()
    {
        using var nobody = _app.Browser();
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/healthz"))).StatusCode);
        // Parts that have only just started may not be ready: each answers for itself.
        var ready = await (await nobody.GetAsync("/readyz")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("ready", ready.GetProperty("database").GetString());
    }

    [Fact]
    public async Task A_page_leads_to_sign_in_and_back_and_signing_out_ends_it()
    {
        await _app.Add("ada", Role.Admin);
        using var browser = _app.Browser();
        Assert.True(PeopleApp.LeadsToSignIn(await browser.GetAsync("/account")));
        var signedIn = await PeopleApp.SignIn(browser, "ADA", returnUrl: "/account");
        Assert.Equal("/account", signedIn.Headers.Location!.ToString());
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), c => c.StartsWith("cxdesk=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        // Another site can make a browser post, but has no token: nobody is signed out by it.
        Assert.Equal("/", (await browser.PostAsync("/logout", new FormUrlEncodedContent([]))).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        await PeopleApp.Send(browser, "/account", "/logout", []);
        Assert.True(PeopleApp.LeadsToSignIn(await browser.GetAsync("/account")));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Sign_in_leads_nowhere_else(string returnUrl)
    {
        await _app.Add("ada", Role.Admin);
        using var browser = _app.Browser();
        Assert.Equal("/", (await PeopleApp.SignIn(browser, "ada", returnUrl: returnUrl)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Wrong_names_and_wrong_passwords_get_the_same_words()
    {
        await _app.Add("ada", Role.Admin);
        using var browser = _app.Browser();
        var wrong = await PeopleApp.SignIn(browser, "ada", "wrong");
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Contains("User name or password is wrong", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("User name or password is wrong", await (await PeopleApp.SignIn(browser, "nobody", "wrong")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++) await PeopleApp.SignIn(browser, "ada", "wrong");
        Assert.Contains("locked until", await (await PeopleApp.SignIn(browser, "ada")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task The_cookie_of_somebody_who_was_deactivated_is_refused()
    {
        var id = await _app.Add("ann", Role.Agent);
        using var browser = _app.Browser();
        await PeopleApp.SignIn(browser, "ann");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        await _app.Get<PeopleWriter>().Deactivate(Viewer.System, id, version: 1);
        Assert.True(PeopleApp.LeadsToSignIn(await browser.GetAsync("/account")));
    }

    [Fact]
    public async Task A_page_of_another_role_is_refused_and_a_display_goes_to_its_wall()
    {
        await _app.Add("ann", Role.Agent);
        await _app.Add("wall", Role.Wall);
        using var agent = _app.Browser();
        await PeopleApp.SignIn(agent, "ann");
        Assert.Contains("/forbidden", (await agent.GetAsync("/admin/people")).Headers.Location!.ToString(), StringComparison.Ordinal);
        using var wall = _app.Browser();
        Assert.Equal("/wall", (await PeopleApp.SignIn(wall, "wall", returnUrl: "/cases")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_set_up_link_opens_once_and_signs_in()
    {
        var link = await _app.Get<PasswordWriter>().MakeLink(Viewer.System, null);
        using var browser = _app.Browser();
        (string, string)[] fields = [("Form.Name", "Ada"), ("Form.UserName", "ada"), ("Form.Password", "long enough"), ("Form.Again", "long enough")];
        var used = await PeopleApp.Send(browser, link, "set-up", fields);
        Assert.Equal("/", used.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).StatusCode);
        Assert.Contains("does not work any more", await browser.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_to_refuse()
    {
        using var nobody = _app.Browser();
        foreach (var path in (string[])["/login", "/healthz", "/api/v1/cases"])
        {
            var headers = (await nobody.GetAsync(path)).Headers;
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("SAMEORIGIN", Assert.Single(headers.GetValues("X-Frame-Options")));
            Assert.Contains(headers.GetValues("Content-Security-Policy"), p => p.StartsWith("default-src 'self'", StringComparison.Ordinal));
        }
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        return body;
    }
}
