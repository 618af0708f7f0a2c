using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;
using CxDesk.Tests.Shell;
using CxDesk.Web.Curves;

namespace CxDesk.Tests.Curves;

public class CurveQueryTests
{
    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Answers_are_gathered_by_their_wait_for_whoever_may_open_them(DatabaseProvider engine)
    {
        await using var floor = await Filled(engine);
        var (choices, all) = await Read(floor, Viewer.System, new CurveLink());
        Assert.Equal(600, all!.Curve.N);
        Assert.Equal((CurveKind.Segmented, 300), (all.Curve.Kind, all.Agreed ?? 300));
        Assert.InRange(240, all.Curve.Break!.Low, all.Curve.Break.High);
        Assert.Equal(600, all.Curve.Bins.Sum(b => b.Sums.N));
        Assert.Equal(choices.Measures.Select(m => m.Code).Order(), choices.Measures.Select(m => m.Code).Distinct().Order());

        var north = choices.Places.Single(p => p.Code == "north");
        var manager = new Viewer { PersonId = null, Name = "key", Role = Role.Executive, Reach = Reach.Units, RegionIds = [north.Id] };
        var (own, seen) = await Read(floor, manager, new CurveLink());
        Assert.Equal(300, seen!.Curve.N);
        Assert.DoesNotContain("south", own.Places.Select(p => p.Code));
        Assert.Null((await Read(floor, manager, new CurveLink { Unit = "south" })).Reading);
        Assert.Equal(300, (await Read(floor, manager, new CurveLink { Unit = "north" })).Reading!.Curve.N);
        Assert.Equal(CurveRefusal.TooFew, (await Read(floor, manager with { RegionIds = [] }, new CurveLink())).Reading!.Curve.Refusal);

        Assert.Equal(300, (await Read(floor, Viewer.System, new CurveLink { Product = "net" })).Reading!.Curve.N);
        Assert.Equal(600, (await Read(floor, Viewer.System, new CurveLink { Channel = "phone" })).Reading!.Curve.N);
        Assert.Null((await Read(floor, Viewer.System, new CurveLink { Channel = "pigeon" })).Reading);
        Assert.Equal(0, (await Read(floor, Viewer.System, new CurveLink { Days = null, From = "2020-01-01", To = "2020-02-01" })).Reading!.Curve.N);
        // Every tenth answer said how likely they recommend; the top two are the fours and fives of all.
        var (_, nps) = await Read(floor, Viewer.System, new CurveLink { Outcome = "nps" });
        Assert.Equal((60, CurveRefusal.TooFew), (nps!.Curve.N, nps.Curve.Refusal));
        var (_, top) = await Read(floor, Viewer.System, new CurveLink { Outcome = "csat-top2", Limit = 100 });
        Assert.InRange(top!.Curve.Mean, .6, .9);
        Assert.Contains(100, top.Curve.Limits.Select(l => l.Limit));
    }

    [Fact]
    public async Task The_api_gives_the_same_and_names_what_is_wrong()
    {
        await using var floor = await Filled(DatabaseProvider.Sqlite);
        await using var app = new InProcessApp(floor.Database);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var (_, reading) = await Read(floor, Viewer.System, new CurveLink());
        var curve = await client.GetFromJsonAsync<JsonElement>("/api/v1/curves?limit=200&from=2026-06-17&to=2026-09-15");
        Assert.Equal((600, "segmented", JsonValueKind.Null), (curve.GetProperty("n").GetInt32(), curve.GetProperty("kind").GetString(), curve.GetProperty("refusal").ValueKind));
        Assert.Equal(reading!.Curve.Break!.At, curve.GetProperty("break").GetProperty("at").GetDouble(), 1e-9);
        Assert.Contains(200, curve.GetProperty("limits").EnumerateArray().Select(l => l.GetProperty("limit").GetDouble()));
        var few = await client.GetFromJsonAsync<JsonElement>("/api/v1/curves?outcome=nps&from=2026-06-17&to=2026-09-15");
        Assert.Equal(("tooFew", JsonValueKind.Null, 0), (few.GetProperty("refusal").GetString(), few.GetProperty("mean").ValueKind, few.GetProperty("bins").GetArrayLength()));
        foreach (var (query, field) in ((string, string)[])[
            ("measure=joy", "measure"), ("outcome=joy", "outcome"), ("unit=nowhere", "unit"), ("product=none", "product"), ("channel=none", "channel"),
            ("from=14.9.2026", "from"), ("from=2026-09-14&to=2026-09-14", "from"), ("from=2020-01-01&to=2026-01-01", "from")])
        {
            var answer = await client.GetAsync("/api/v1/curves?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), query);
        }
    }

    private static async Task<(CurveChoices Choices, CurveReading? Reading)> Read(IngestFloor floor, Viewer viewer, CurveLink link) =>
        await floor.Database.Db.Read(async s =>
        {
            var choices = await CurveChoicesQuery.Read(s, viewer);
            var filter = link.Filter(choices, floor.Database.Company, floor.Database.Company.DayOf(floor.Now), out _);
            return (choices, filter is null ? null : await CurveQuery.Read(s, viewer, filter, link.Limit));
        });

    // Good until four minutes, worse after; half in either region, half about either product, a tenth with a recommendation.
    private static async Task<IngestFloor> Filled(DatabaseProvider engine)
    {
        var floor = await IngestFloor.Create(engine);
        var random = new Random(1);
        await floor.Send([.. Enumerable.Range(0, 600).Select(i =>
        {
            var wait = random.Next(20, 480);
            var chance = .85 - .003 * Math.Max(0, wait - 240);
            return floor.Answer($"c{i}", random.NextDouble() < chance ? 5 : random.Next(1, 4), i % 2 == 0 ? "north" : "south", i % 2 == 0 ? "ann" : "sue") with
            {
                Product = i % 4 < 2 ? "net" : "tv", Nps = i % 10 == 0 ? random.Next(11) : null, RespondedAt = floor.Now.AddHours(-i),
                Operational = new Dictionary<string, double> { ["wait"] = wait },
            };
        })]);
        // Measured without an answer: no part of it.
        await floor.Measure(floor.Measurement("m1", 1e6, 50));
        return floor;
    }
}
