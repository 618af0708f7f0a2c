using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Scorecards;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Positions;

public sealed class PositionsApiTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task A_program_reads_the_figures_of_the_scorecard_and_a_bad_parameter_is_named()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 30).Select(i => new FloorAnswer(Monday, i % 3 == 0 ? Floor.NorthB : Floor.NorthA, Csat: 1 + i % 5, Nps: i % 11)));
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var positions = await client.GetFromJsonAsync<JsonElement>("/api/v1/positions?by=team&x=nps&y=csat&from=2026-09-14&to=2026-09-15");
        foreach (var (axis, metric) in ((string, string)[])[("x", "nps"), ("y", "csat")])
        {
            var card = await client.GetFromJsonAsync<JsonElement>($"/api/v1/scorecards?by=team&parent=north&metric={metric}&from=2026-09-14&to=2026-09-15");
            Assert.Equal(
                card.EnumerateArray().Select(r => (r.GetProperty("key").GetString(), r.GetProperty("n").GetInt32(), r.GetProperty("score").GetDouble(), r.GetProperty("low").GetDouble())).Order(),
                positions.EnumerateArray().Select(r => (r.GetProperty("key").GetString(), Of(r, "n").GetInt32(), Of(r, "value").GetDouble(), Of(r, "low").GetDouble())).Order());
            JsonElement Of(JsonElement row, string figure) => row.GetProperty(axis).GetProperty(figure);
        }
        foreach (var (query, field) in ((string, string)[])[("by=agent", "by"), ("x=joy", "x"), ("y=joy", "y"), ("parent=mars", "parent"), ("from=x", "from")])
        {
            var answer = await client.GetAsync("/api/v1/positions?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), query);
        }
    }
}
