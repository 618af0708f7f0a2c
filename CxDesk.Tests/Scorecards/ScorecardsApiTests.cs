using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardsApiTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task Rows_come_as_the_contract_writes_them()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite,
            [.. Enumerable.Range(0, 6).Select(i => new FloorAnswer(Monday, Floor.NorthA, Csat: 4 + i % 2)), new FloorAnswer(Monday, Floor.NorthB, Csat: 1)]);
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);

        var rows = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=team&parent=north&metric=csat&from=2026-09-14&to=2026-09-15");
        var row = rows.EnumerateArray().Single(r => r.GetProperty("key").GetString() == "north-a");
        Assert.Equal(["key", "name", "n", "score", "low", "high", "target", "gap", "change", "verdict", "withheld"], row.EnumerateObject().Select(p => p.Name));
        Assert.Equal((6, 4.5, "tooFew", false),
            (row.GetProperty("n").GetInt32(), row.GetProperty("score").GetDouble(), row.GetProperty("verdict").GetString(), row.GetProperty("withheld").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("target").ValueKind);
        Assert.Equal(2, rows.GetArrayLength());
    }

    [Fact]
    public async Task By_segment_has_a_row_for_each_that_answered_and_one_for_those_without()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 21).Select(i =>
            new FloorAnswer(Monday, Floor.NorthA, Csat: 1 + i % 5, Segment: (i % 3) switch { 0 => 1, 1 => 2, _ => null })));
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var rows = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=segment&from=2026-09-14&to=2026-09-15");
        Assert.Equal([("", 7), ("business", 7), ("home", 7)], rows.EnumerateArray().Select(r => (r.GetProperty("key").GetString(), r.GetProperty("n").GetInt32())).Order());
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Measures_add_up_with_a_row_of_what_says_no_region()
    {
        await using var database = (await Floor.Create(DatabaseProvider.Sqlite)).Database;
        await using var app = new InProcessApp(database);
        using var ingest = await app.WithKey(ApiKeyScopes.Ingest);
        using var client = await app.WithKey(ApiKeyScopes.Read, "reader");
        foreach (var measurement in (object[])[
            new { externalId = "m1", source = "acd", measure = "wait", at = "2026-09-14T10:00:00Z", region = "north", value = 120, count = 3 },
            new { externalId = "m2", source = "acd", measure = "wait", at = "2026-09-14T10:00:00Z", value = 60 },
            new { externalId = "m3", source = "crm", measure = "retention", at = "2026-09-14T10:00:00Z", region = "north", value = .8, count = 50 }])
            Assert.Equal(HttpStatusCode.OK, (await ingest.PostAsJsonAsync("/api/v1/measurements", measurement)).StatusCode);

        var waits = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=region&metric=measure:wait&period=2026-W38&sort=n");
        Assert.Equal([("north", 3, 120), ("", 1, 60), ("south", 0, null)], waits.EnumerateArray().Select(Row));
        var stayed = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=region&metric=retention&period=2026-Q3&sort=n");
        Assert.Equal(("north", 50, .8), Row(stayed[0]));

        static (string?, int, double?) Row(JsonElement row) =>
            (row.GetProperty("key").GetString(), row.GetProperty("n").GetInt32(), row.GetProperty("score") is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : null);
    }

    [Fact]
    public async Task A_comparison_adds_places_to_the_rows()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite,
            [.. Enumerable.Range(0, 40).Select(i => new FloorAnswer(Monday, i % 2 == 0 ? Floor.NorthA : Floor.NorthB, Csat: i % 2 == 0 ? 5 - i % 4 / 2 : 2 - i % 4 / 2))]);
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var rows = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=team&compare=fair&sort=value&from=2026-09-14&to=2026-09-15");
        Assert.Equal([("north-a", 1, 1), ("north-b", 2, 2)],
            rows.EnumerateArray().Take(2).Select(r => (r.GetProperty("key").GetString(), r.GetProperty("bestPlace").GetInt32(), r.GetProperty("worstPlace").GetInt32())));
        Assert.False(rows[2].TryGetProperty("bestPlace", out _));
    }

    [Fact]
    public async Task A_bad_parameter_is_named()
    {
        await using var database = (await Floor.Create(DatabaseProvider.Sqlite)).Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        foreach (var (query, field) in ((string, string)[])[
            ("by=planet", "by"), ("by=company", "by"), ("metric=joy", "metric"), ("metric=1", "metric"), ("metric=measure:nothing", "metric"), ("period=2026-Q5", "period"), ("period=2026-09&from=2026-09-01", "period"),
            ("agent=nobody", "agent"), ("product=nothing", "product"), ("channel=nothing", "channel"), ("segment=nothing", "segment"), ("sort=up", "sort"), ("compare=badly", "compare"), ("from=14.9.2026", "from"), ("to=yesterday", "to"),
            ("from=2026-09-14&to=2026-09-14", "from"), ("from=0001-01-01", "from"), ("from=2000-01-01&to=9999-12-31", "from"), ("to=0001-01-01", "to"),
            ("parent=nowhere", "parent"), ("against=yesterday", "against"), ("period=2026-09&against=2026-Q3", "against")])
        {
            var answer = await client.GetAsync("/api/v1/scorecards?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), query);
        }
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_key_of_a_unit_sees_that_unit_and_no_other()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, new FloorAnswer(Monday, Floor.NorthA, Csat: 4), new FloorAnswer(Monday, Floor.SouthA, Csat: 4));
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read, unitId: Floor.North);
        var rows = await client.GetFromJsonAsync<JsonElement>("/api/v1/scorecards?by=region&from=2026-09-01&to=2026-10-01");
        Assert.Equal(["north"], rows.EnumerateArray().Select(r => r.GetProperty("key").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/scorecards?by=team&parent=south")).StatusCode);
    }
}
