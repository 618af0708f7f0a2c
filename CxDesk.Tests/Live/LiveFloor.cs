using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;

namespace CxDesk.Tests.Live;

/// <summary>A test database whose company lives in Shanghai, with the real intake and the live board on top.</summary>
public sealed class LiveFloor : IAsyncDisposable
{
    public static readonly Viewer Executive = new() { PersonId = 900, Name = "Max", Role = Role.Executive, Reach = Reach.All };
    public static readonly Viewer Display = new() { Name = "wall", Role = Role.Wall, Reach = Reach.None };

    private static readonly Statement UnitId = new("SELECT Id FROM Units WHERE Kind = @kind AND Code = @code");
    private readonly IngestWriter _writer;
    private int _number;

    private LiveFloor(TestDatabase database)
    {
        Database = database;
        Company = new Company(new CompanyOptions { TimeZone = "Asia/Shanghai" });
        Query = new LiveQuery(database.Db, Company, new ScorecardsOptions());
        _writer = IngestFloor.WriterOn(database, Company);
    }

    public TestDatabase Database { get; }
    public Company Company { get; }
    public LiveQuery Query { get; }
    public DateTimeOffset Now { get => Database.Time.Now; set => Database.Time.Now = value; }

    public static async Task<LiveFloor> Create(DatabaseProvider engine) => new(await TestDatabase.Create(engine));

    public static Task<LiveFloor> WithAnswers(DatabaseProvider engine, params (DateTimeOffset At, string Region, int Csat)[] answers) =>
        Create(engine).Then(async f => await f.Answer([.. answers.Select(a => f.Of(a.At, a.Region, a.Csat))]));

    public IncomingResponse Of(
        DateTimeOffset at, string region = "north", int? csat = 4, int? nps = null, string product = "net", string? agent = "ann",
        string? comment = null, IncomingCustomer? customer = null) => new()
    {
        ExternalId = $"x{Interlocked.Increment(ref _number)}", Source = "survey", RespondedAt = at, Channel = "phone", Product = product,
        Region = region, Agent = agent, Csat = csat, Nps = nps, Comment = comment, Customer = customer,
    };

    public Task Answer(params IncomingResponse[] answers)
    {
        var batch = new IntakeBatch<IncomingResponse>();
        foreach (var answer in answers) batch.Add(answer);
        return _writer.WriteResponses(Viewer.System, batch);
    }

    public Task Measure(DateTimeOffset at, double value, int count = 1, string measure = "wait")
    {
        var batch = new IntakeBatch<IncomingMeasurement>();
        batch.Add(new IncomingMeasurement { ExternalId = $"m{Interlocked.Increment(ref _number)}", Source = "phone", Measure = measure, At = at, Region = "north", Value = value, Count = count });
        return _writer.WriteMeasurements(Viewer.System, batch);
    }

    public Task<LiveSnapshot> Read(LiveWindow window = LiveWindow.Today, LiveBy by = LiveBy.Region, Viewer? viewer = null) =>
        Query.Read(new LiveFilter(window, by), viewer ?? Executive);

    public Task<LiveSnapshot> Read(LiveFilter filter, Viewer? viewer = null) => Query.Read(filter, viewer ?? Executive);

    public Task<int> Region(string code) => Value<int>(UnitId, new { kind = 2, code });

    public Task<T> Value<T>(Statement statement, object? parameters = null) => Database.Db.Read(s => s.Single<T>(statement, parameters));

    public Task Do(Statement statement, object? parameters = null) => Database.Db.Write(s => s.Execute(statement, parameters));

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

internal static class LiveFloorSteps
{
    public static async Task<LiveFloor> Then(this Task<LiveFloor> floor, Func<LiveFloor, Task> step)
    {
        var it = await floor;
        await step(it);
        return it;
    }
}
