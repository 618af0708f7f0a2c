using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Drivers;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Drivers;

public sealed class DriverRunsTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);
    private static readonly Statement AddAttribute = new("INSERT INTO Attributes (Code, Name) VALUES (@code, @code)");
    private static readonly Statement Rate = new("""
        INSERT INTO AnswerRatings (AnswerId, AttributeId, Value)
        SELECT a.Id, t.Id, 1 + (a.Id * CASE t.Code WHEN 'speed' THEN 7 WHEN 'skill' THEN 3 ELSE 1 END + a.Csat * 2) % 5 FROM Answers a CROSS JOIN Attributes t WHERE t.Code IN ('speed', 'skill', 'repurchase')
        """);
    private static readonly Statement Touch = new("INSERT INTO RollupDays (Day, Version) VALUES (@day, 9)");
    private static readonly DriverFilter All = new(DriverOutcome.Csat, Monday, Monday.AddDays(7));

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task It_rests_on_the_answers_that_the_viewer_may_open_and_on_no_other(DatabaseProvider engine)
    {
        await using var database = await Rated(engine);
        var runs = Runs(database);
        async Task<int?> N(Viewer viewer, DriverFilter? filter = null) => (await runs.Get(viewer, filter ?? All))?.Findings.N;
        Assert.Equal(140, await N(Floor.Executive));
        Assert.Equal((80, 60), (await N(Floor.Executive, All with { Unit = "north" }), await N(Floor.Executive, All with { Product = "net" })));
        Assert.Equal(80, await N(Floor.ManagerOf(Floor.North)));
        Assert.Equal(60, await N(Floor.SupervisorOf(Floor.SouthA)));
        Assert.Null(await N(Floor.ManagerOf(Floor.North), All with { Unit = "south" }));
        Assert.Equal(0, await N(Floor.Display));
        Assert.Equal(0, await N(Floor.Executive, All with { From = Monday.AddDays(1) }));
        Assert.Equal(140, await N(Floor.Executive, All with { Outcome = DriverOutcome.Repurchase }));
        var found = (await runs.Get(Floor.Executive, All))!.Findings;
        Assert.Equal(["skill", "speed"], found.Drivers.Select(d => d.Attribute.Code).Order());
    }

    [Fact]
    public async Task Who_asks_for_the_same_waits_for_the_same_calculation_and_it_is_remembered_until_answers_come()
    {
        await using var database = await Rated(DatabaseProvider.Sqlite);
        var runs = Runs(database, draws: 100_000);
        var told = new List<double>();
        var both = await Task.WhenAll(runs.Get(Floor.Executive, All, new Ear(told)), runs.Get(Floor.Executive, All));
        Assert.Same(both[0], both[1]);
        Assert.NotEmpty(told);
        database.Time.Now += 2 * DriverRuns.Fresh;
        Assert.Same(both[0], await runs.Get(Floor.Executive, All));
        await database.Db.Write(s => s.Execute(Touch, new { day = Monday.AddDays(1) }));
        var later = await runs.Get(Floor.Executive, All);
        Assert.NotSame(both[0], later);
        Assert.Equal(both[0]!.Findings.Drivers, later!.Findings.Drivers);
    }

    [Fact]
    public async Task Who_goes_away_stops_it_for_nobody_else()
    {
        await using var database = await Rated(DatabaseProvider.Sqlite);
        var runs = Runs(database, draws: 100_000);
        using var stop = new CancellationTokenSource();
        var (gone, stays) = (runs.Get(Floor.Executive, All, cancel: stop.Token), runs.Get(Floor.Executive, All));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(140, (await stays)!.Findings.N);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_program_reads_the_same_and_a_bad_parameter_is_named()
    {
        await using var database = await Rated(DatabaseProvider.Sqlite);
        await using var app = new InProcessApp(database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var found = await client.GetFromJsonAsync<JsonElement>("/api/v1/drivers?from=2026-09-14&to=2026-09-21&unit=north");
        Assert.Equal(80, found.GetProperty("n").GetInt32());
        var weights = found.GetProperty("drivers").EnumerateArray().Sum(d => d.GetProperty("weight").GetProperty("value").GetDouble());
        Assert.Equal(found.GetProperty("rSquared").GetProperty("value").GetDouble(), weights, 9);
        var refused = await client.GetFromJsonAsync<JsonElement>("/api/v1/drivers?from=2026-09-14&to=2026-09-21&product=tv");
        Assert.Equal(("noAnswers", 0), (refused.GetProperty("refusal").GetString(), refused.GetProperty("drivers").GetArrayLength()));
        foreach (var (query, field) in ((string, string)[])[("outcome=joy", "outcome"), ("unit=mars", "unit"), ("product=x", "product"), ("channel=x", "channel"), ("segment=x", "segment"), ("attributes=speed,luck", "attributes"), ("from=x", "from")])
        {
            var answer = await client.GetAsync("/api/v1/drivers?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), query);
        }
    }

    private static DriverRuns Runs(TestDatabase database, int draws = 100) =>
        new(database.Db, new DriverQuery(new Company(new CompanyOptions())), new DriversOptions { Draws = draws, Threads = 1 }, database.Time);

    /// <summary>80 answers of the north about a phone, 60 of the south about the net, all on one day, each with every rating.</summary>
    private static async Task<TestDatabase> Rated(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, Enumerable.Range(0, 140).Select(i =>
            new FloorAnswer(Monday, i < 80 ? Floor.NorthA : Floor.SouthA, Csat: 1 + i * i % 5, Product: i < 80 ? 1 : 2)));
        await floor.Database.Db.Write(async s =>
        {
            foreach (var code in (string[])["speed", "skill", "seldom"]) await s.Execute(AddAttribute, new { code });
            await s.Execute(Rate);
        });
        return floor.Database;
    }

    private sealed class Ear(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
