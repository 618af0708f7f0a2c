using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;

namespace CxDesk.Tests.Rollups;

public class RollupWriterTests
{
    private static readonly Statement Spoil = new("UPDATE Rollups SET SumX = SumX + 1 WHERE Axis = 3");
    private static readonly Statement Lose = new("DELETE FROM Rollups WHERE Axis = 2");
    private static readonly Statement Count = new("SELECT COUNT(*) FROM Rollups");
    private static readonly Statement Sum = new("SELECT SUM(N) FROM Rollups WHERE Axis = 1");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Rollups_equal_what_they_count_after_any_batches(DatabaseProvider engine)
    {
        for (var seed = 1; seed <= (engine == DatabaseProvider.Sqlite ? 12 : 3); seed++)
        {
            await using var floor = await IngestFloor.Create(engine);
            var random = new Random(seed);
            for (var batch = 0; batch < 8; batch++)
            {
                await floor.Send([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Answer(floor, random))]);
                await floor.Measure([.. Enumerable.Range(0, random.Next(0, 10)).Select(_ => Measurement(floor, random))]);
            }
            Assert.Empty(await RollupCheck.Run(floor.Database.Db));
            var before = (await floor.Value<long>(Count), await floor.Value<long>(Sum));
            await RollupRebuild.Run(floor.Database.Db);
            Assert.Empty(await RollupCheck.Run(floor.Database.Db));
            Assert.Equal(before, (await floor.Value<long>(Count), await floor.Value<long>(Sum)));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_spoilt_is_found_and_a_rebuild_mends_it(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Send(floor.Answer("1"), floor.Answer("2"));
        await floor.Do(Spoil);
        var spoilt = Assert.Single(await RollupCheck.Run(floor.Database.Db));
        Assert.Equal((RollupAxis.Product, RollupKind.Score, -1.0), (spoilt.Axis, spoilt.Kind, spoilt.SumX));
        await floor.Do(Lose);
        Assert.Equal(2, (await RollupCheck.Run(floor.Database.Db)).Count);
        Assert.Equal(2, await RollupRebuild.Run(floor.Database.Db));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    private static IncomingResponse Answer(IngestFloor floor, Random random) => new()
    {
        ExternalId = $"{random.Next(150)}",
        Source = $"source {random.Next(2)}",
        RespondedAt = floor.Now.AddMinutes(-random.Next(5_000)),
        Channel = $"channel {random.Next(2)}",
        Product = $"product {random.Next(3)}",
        Region = $"region {random.Next(3)}",
        Agent = random.Next(4) == 0 ? null : $"agent {random.Next(5)}",
        Customer = random.Next(2) == 0 ? null : new IncomingCustomer { Id = $"customer {random.Next(20)}", Segment = random.Next(3) == 0 ? null : $"segment {random.Next(3)}", Value12m = random.Next(3) == 0 ? null : random.Next(1_000) + .01m * random.Next(100) },
        Csat = random.Next(3) == 0 ? null : random.Next(1, 6),
        Nps = random.Next(3) == 0 ? null : random.Next(0, 11),
        Ces = random.Next(1, 8),
        Ratings = new Dictionary<string, double> { ["courtesy"] = random.Next(1, 6), ["skill"] = 1 + random.NextDouble() * 4 },
        Operational = new Dictionary<string, double> { [$"measure {random.Next(3)}"] = random.NextDouble() * 600 },
    };

    private static IncomingMeasurement Measurement(IngestFloor floor, Random random) => new()
    {
        ExternalId = $"{random.Next(150)}",
        Source = $"source {random.Next(2)}",
        Measure = $"measure {random.Next(3)}",
        At = floor.Now.AddMinutes(-random.Next(5_000)),
        Region = random.Next(3) == 0 ? null : $"region {random.Next(3)}",
        Agent = random.Next(2) == 0 ? null : $"agent {random.Next(5)}",
        Value = random.NextDouble() * 600 - 50,
        Count = random.Next(1, 20),
    };
}
