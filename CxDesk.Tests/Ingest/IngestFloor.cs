using System.Text.Json;
using CxDesk.Data.Calendars;
using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Ingest;

/// <summary>A test database with the intake on top of it.</summary>
public sealed class IngestFloor : IAsyncDisposable
{
    private IngestFloor(TestDatabase database)
    {
        Database = database;
        Writer = WriterOn(database, database.Company);
    }

    public TestDatabase Database { get; }
    public IngestWriter Writer { get; }
    public DateTimeOffset Now => Database.Time.Now;

    /// <summary>The intake with all that stands behind it.</summary>
    public static IngestWriter WriterOn(TestDatabase database, Company company) => new(database.Db, company, new PolicyBook(database.Signal),
        new CaseOpener(new RegionCalendars(company, database.Signal), new CaseResponsibility(company, database.Signal)), database.Signal);

    public static async Task<IngestFloor> Create(DatabaseProvider engine) => new(await TestDatabase.Create(engine));

    /// <summary>A good answer, given a minute ago.</summary>
    public IncomingResponse Answer(string id, int? csat = 4, string region = "north", string? agent = "ann", IncomingCustomer? customer = null) => new()
    {
        ExternalId = id,
        Source = "survey",
        RespondedAt = Now.AddMinutes(-1),
        Channel = "phone",
        Product = "net",
        Region = region,
        Agent = agent,
        Csat = csat,
        Customer = customer,
    };

    public IncomingMeasurement Measurement(string id, double value = 60, int count = 1, string? region = "north", string measure = "wait") =>
        new() { ExternalId = id, Source = "survey", Measure = measure, At = Now.AddMinutes(-1), Region = region, Value = value, Count = count };

    public Task<IntakeResult> Send(params IncomingResponse[] items) => Send(Viewer.System, items);

    public Task<IntakeResult> Send(Viewer writer, params IncomingResponse[] items) => Writer.WriteResponses(writer, Batch(items));

    public Task<IntakeResult> Measure(params IncomingMeasurement[] items) => Writer.WriteMeasurements(Viewer.System, Batch(items));

    /// <summary>Reads and stores what a program would post.</summary>
    public async Task<IntakeResult> Post(string json)
    {
        var rules = await IntakeRules.Read(Database.Db);
        using var document = JsonDocument.Parse(json);
        var batch = new IntakeBatch<IncomingResponse>();
        foreach (var item in document.RootElement.EnumerateArray()) batch.Add(new JsonFields(item), rules, ItemReader.Response);
        return await Writer.WriteResponses(Viewer.System, batch);
    }

    public Task<T> Value<T>(Statement statement, object? parameters = null) => Database.Db.Read(s => s.Single<T>(statement, parameters));

    public Task Do(Statement statement, object? parameters = null) => Database.Db.Write(s => s.Execute(statement, parameters));

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public static IntakeBatch<T> Batch<T>(params T[] items) where T : class
    {
        var batch = new IntakeBatch<T>();
        foreach (var item in items) batch.Add(item);
        return batch;
    }
}
