using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Targets;

public sealed class TargetsApiTests
{
    private static readonly DateOnly Today = new(2026, 9, 14);

    [Fact]
    [Trait("Behaviour", "34")]
    public async Task Of_a_wait_more_is_worse_and_the_gap_is_still_actual_less_target()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        var wait = (await database.Db.Read(IndicatorQuery.Read)).Find("measure:wait")!;
        await database.Db.Write(s =>
        {
            var rollups = new RollupWriter();
            foreach (var (team, seconds) in ((int, double)[])[(Floor.NorthA, 300), (Floor.SouthA, 200)])
                rollups.AddMeasurement(new Counted(new DateTimeOffset(2026, 9, 13, 12, 0, 0, TimeSpan.Zero), Today.AddDays(-1), team / 10 * 10, team, null, null, null), wait.MetricId, seconds, 10);
            rollups.Write(s);
            return Task.CompletedTask;
        });
        var writer = new TargetWriter(database.Db, database.Company);
        await writer.Set(Floor.Executive, new SetTarget { Subject = TargetSubject.Unit(1), Indicator = wait, FromDay = Today.AddDays(-5), Target = 240, Source = TargetSource.Management });
        await writer.Set(Floor.Executive, new SetTarget { Subject = TargetSubject.Unit(1), Indicator = wait, FromDay = Today, Target = 260, Source = TargetSource.Industry, Note = "Study" });
        await new GapWriter(database.Db).Recalculate();

        await using var app = new InProcessApp(database, database.Time);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var rows = (await client.GetFromJsonAsync<JsonElement>("/api/v1/targets?indicator=measure:wait")).EnumerateArray().ToDictionary(r => r.GetProperty("key").GetString()!);
        Assert.Equal((60.0, "bad", "management", true, 260.0),
            (rows["north-a"].GetProperty("gap").GetDouble(), rows["north-a"].GetProperty("standing").GetString(), rows["north-a"].GetProperty("counts").GetString(),
             rows["north-a"].GetProperty("inherited").GetBoolean(), rows["north-a"].GetProperty("industry").GetDouble()));
        Assert.Equal((-40.0, "good"), (rows["south-a"].GetProperty("gap").GetDouble(), rows["south-a"].GetProperty("standing").GetString()));
        Assert.Equal(10.0, rows["company"].GetProperty("gap").GetDouble());

        var problem = await client.GetAsync("/api/v1/targets?indicator=joy");
        Assert.Equal(HttpStatusCode.BadRequest, problem.StatusCode);
        Assert.True((await problem.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("indicator", out _));
    }
}
