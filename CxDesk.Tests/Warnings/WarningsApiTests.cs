using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Scorecards;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Warnings;

public sealed class WarningsApiTests
{
    // Who waited says their region; in which team is found by the agent, of which there is none here.
    private static readonly Statement InTeam = new("UPDATE Measurements SET TeamId = @team WHERE ExternalId = @id");

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_program_reads_the_queues_that_it_may_see_and_why_nothing_is_expected_of_them()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        await using var app = new InProcessApp(database);
        using var ingest = await app.WithKey(ApiKeyScopes.Ingest);
        var at = app.Get<TimeProvider>().GetUtcNow().AddMinutes(-30);
        foreach (var (id, region, team, wait) in ((string, string, int, int)[])[("w1", "north", Floor.NorthA, 120), ("w2", "north", Floor.NorthA, 240), ("w3", "south", Floor.SouthA, 60)])
        {
            Assert.Equal(HttpStatusCode.OK, (await ingest.PostAsJsonAsync("/api/v1/measurements", new { externalId = id, source = "acd", measure = "wait", at, region, value = wait })).StatusCode);
            Assert.Equal(1, await database.Db.Write(s => s.Execute(InTeam, new { id, team })));
        }

        using var all = await app.WithKey(ApiKeyScopes.Read, "all");
        var queues = await all.GetFromJsonAsync<JsonElement>("/api/v1/warnings");
        Assert.Equal([("north-a", "north", 180.0, 2), ("south-a", "south", 60.0, 1)],
            queues.EnumerateArray().Select(q => (q.GetProperty("queue").GetString(), q.GetProperty("region").GetString(), q.GetProperty("wait").GetDouble(), q.GetProperty("contacts").GetInt32())).Order());
        Assert.All(queues.EnumerateArray(), q => Assert.Equal(("tooFewWeeks", JsonValueKind.Null, false),
            (q.GetProperty("refusal").GetString(), q.GetProperty("expected").ValueKind, q.GetProperty("warning").GetBoolean())));

        using var south = await app.WithKey(ApiKeyScopes.Read, "south", Floor.South);
        Assert.Equal(["south-a"], (await south.GetFromJsonAsync<JsonElement>("/api/v1/warnings")).EnumerateArray().Select(q => q.GetProperty("queue").GetString()));
    }
}
