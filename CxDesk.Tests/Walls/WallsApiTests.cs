using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Live;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Walls;

/// <summary>GET /walls and /walls/{code}, for programs that put walls on screens.</summary>
public sealed class WallsApiTests
{
    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Programs_read_which_walls_there_are_and_what_one_shows_or_showed()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        await floor.Answer([.. Enumerable.Range(0, 6).Select(i => floor.Of(floor.Now.AddSeconds(-1 - i), csat: 4, comment: "Call me on 555 0142 938."))]);
        var then = floor.Now.AddMinutes(1);
        floor.Now = floor.Now.AddMinutes(10);
        await floor.Answer(floor.Of(floor.Now.AddSeconds(-1), csat: 5));
        await using var app = new InProcessApp(floor.Database, floor.Database.Time);
        using var client = await app.WithKey(ApiKeyScopes.Read);

        var walls = await client.GetFromJsonAsync<JsonElement>("/api/v1/walls");
        Assert.Equal(["code", "name", "owner", "pages", "version", "changedAt", "changedBy"], walls[0].EnumerateObject().Select(p => p.Name));
        Assert.Contains("main", walls.EnumerateArray().Select(w => w.GetProperty("code").GetString()));

        var now = await client.GetFromJsonAsync<JsonElement>("/api/v1/walls/main");
        Assert.Equal(("main", 7), (now.GetProperty("wall").GetString(), Answers(now)));
        Assert.DoesNotContain("555 0142", now.GetRawText());
        var past = await client.GetFromJsonAsync<JsonElement>($"/api/v1/walls/main?at={Uri.EscapeDataString(then.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}");
        Assert.Equal((6, then), (Answers(past), past.GetProperty("asOf").GetDateTimeOffset()));

        foreach (var at in (string[])["yesterday", "2026-13-40T99:99", "1", "2000-01-01T00:00", "2999-01-01T00:00", "%00", "2026-11-21T10:40;DROP"])
        {
            var answer = await client.GetAsync("/api/v1/walls/main?at=" + at);
            Assert.Equal((at, HttpStatusCode.BadRequest), (at, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("at", out _), at);
        }
        foreach (var path in (string[])["/api/v1/walls/nowhere", $"/api/v1/walls/nowhere?at={Uri.EscapeDataString(then.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}", $"/api/v1/walls/{new string('x', 300)}"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await client.GetAsync(path)).StatusCode));
    }

    [Fact]
    public async Task Walls_are_read_with_a_key_that_may_read()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        await using var app = new InProcessApp(floor.Database, floor.Database.Time);
        using var nobody = app.CreateClient();
        using var intake = await app.WithKey(ApiKeyScopes.Ingest);
        foreach (var path in (string[])["/api/v1/walls", "/api/v1/walls/main"])
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), ((await nobody.GetAsync(path)).StatusCode, (await intake.GetAsync(path)).StatusCode));
    }

    private static int Answers(JsonElement wall) => wall.GetProperty("pages")[0].GetProperty("tiles")[0].GetProperty("score").GetProperty("n").GetInt32();
}
