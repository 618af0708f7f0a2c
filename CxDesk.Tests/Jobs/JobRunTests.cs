using CxDesk.Data.Database;
using CxDesk.Data.Jobs;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Jobs;

public class JobRunTests
{
    private static readonly Statement Count = new("SELECT COUNT(*) FROM JobRuns WHERE Job = @job");
    private static readonly Statement Log = new("INSERT INTO ChangeLog (ChangedAt, Topic) VALUES (@at, 1)");
    private static readonly Statement Logged = new("SELECT COUNT(*) FROM ChangeLog");

    private static readonly Statement Close = new("UPDATE Cases SET Status = 5 WHERE Id = @id");
    private static readonly Statement Notice = new("INSERT INTO Notices (PersonId, Event, CaseId, DedupKey, CreatedAt, ReadAt) VALUES (@personId, 'caseOverdue', @caseId, @key, @at, @readAt)");
    private static readonly Statement Reminder = new("INSERT INTO CaseReminders (CaseId, Topic, ForAt, RemindedAt) VALUES (@caseId, 2, @at, @at)");
    private static readonly Statement Delivery = new("INSERT INTO Deliveries (Channel, PersonId, Event, CaseId, DedupKey, Status, CreatedAt, NextAt, EndedAt) VALUES (1, @personId, 'caseOverdue', @caseId, @key, 3, @at, @at, @at)");
    private static readonly Statement Noticed = new("SELECT DedupKey FROM Notices WHERE Event = 'caseOverdue' ORDER BY Id");
    private static readonly Statement Reminded = new("SELECT CaseId FROM CaseReminders");
    private static readonly Statement Delivered = new("SELECT DedupKey FROM Deliveries WHERE Event = 'caseOverdue'");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_run_is_recorded_with_what_it_found(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Run(database, (_, _) => Task.FromResult(new JobFinding("Closed", 3)));
        var row = Assert.Single(await new JobsQuery(database.Db).Read(Viewer.System));
        Assert.Equal(("tested", JobOutcome.Done, database.Time.Now), (row.Job, row.Outcome, row.StartedAt));
        var finding = JobFinding.FromJson(row.Detail)!;
        Assert.Equal(("Closed", 3), (finding.Sentence, finding.Figures.Single()));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_job_throws_is_recorded_and_the_schedule_goes_on(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Run(database, (_, _) => throw new InvalidOperationException("no such table"));
        var row = Assert.Single(await new JobsQuery(database.Db).Read(Viewer.System));
        Assert.Equal((JobOutcome.Failed, "InvalidOperationException: no such table", 1), (row.Outcome, row.Detail, row.Failures));
        Assert.Null(JobFinding.FromJson(row.Detail));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_newest_runs_of_each_job_are_kept(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var runs = new JobRunWriter(database.Db);
        await runs.Record("rare", database.Time.Now, TimeSpan.Zero, JobOutcome.Done, null);
        for (var i = 0; i < JobRunWriter.Kept + 20; i++) await runs.Record("busy", database.Time.Now, TimeSpan.Zero, JobOutcome.Done, null);
        Assert.Equal(JobRunWriter.Kept, await database.Db.Read(s => s.Single<int>(Count, new { job = "busy" })));
        Assert.Equal(1, await database.Db.Read(s => s.Single<int>(Count, new { job = "rare" })));
    }

    [Fact]
    public async Task Only_an_administrator_reads_how_jobs_went()
    {
        await using var database = await TestDatabase.Create();
        await Run(database, (_, _) => Task.FromResult(JobFinding.Nothing));
        Assert.Empty(await new JobsQuery(database.Db).Read(Viewer.System with { Role = Role.Executive }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Old_changes_are_forgotten_but_never_the_newest(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        for (var i = 0; i < 5; i++) await database.Db.Write(s => s.Execute(Log, new { at = database.Time.Now.AddDays(-5) }));
        Assert.Equal(4, await new LogPruner(database.Db).Run());
        Assert.Equal(0, await new LogPruner(database.Db).Run());
        Assert.Equal(1, await database.Db.Read(s => s.Single<int>(Logged)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_was_told_long_ago_is_forgotten_but_not_of_an_open_case(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var db = floor.Database.Db;
        var (open, closed) = ((await floor.Open(csat: 1)).CaseId, (await floor.Open(csat: 1)).CaseId);
        await db.Write(s => s.Execute(Close, new { id = closed }));
        foreach (var caseId in (long[])[open, closed])
        {
            foreach (var (read, days) in ((bool, int)[])[(true, 100), (true, 10), (false, 100), (false, 400)])
            {
                var at = db.Now.AddDays(-days);
                await db.Write(s => s.Execute(Notice, new { personId = CaseFloor.Agent, caseId, key = $"{caseId}/{read}/{days}", at, readAt = read ? at : (DateTimeOffset?)null }));
            }
            var old = db.Now.AddDays(-100);
            await db.Write(s => s.Execute(Reminder, new { caseId, at = old }));
            await db.Write(s => s.Execute(Delivery, new { personId = CaseFloor.Agent, caseId, key = $"mail/{caseId}", at = old }));
        }
        Assert.Equal(4, await new LogPruner(db).Run());
        Assert.Equal(0, await new LogPruner(db).Run());
        string[] kept = [$"{open}/True/100", $"{open}/True/10", $"{open}/False/100", $"{open}/False/400", $"{closed}/True/10", $"{closed}/False/100"];
        Assert.Equal(kept, await db.Read(s => s.Query<string>(Noticed)));
        Assert.Equal([open], await db.Read(s => s.Query<long>(Reminded)));
        Assert.Equal([$"mail/{open}"], await db.Read(s => s.Query<string>(Delivered)));
    }

    private static Task Run(TestDatabase database, Func<IServiceProvider, CancellationToken, Task<JobFinding>> work) =>
        new RecordedJob(new ServiceCollection().BuildServiceProvider(), new JobRunWriter(database.Db), database.Time, NullLogger<RecordedJob>.Instance)
            .Run(new Schedule("tested", work), CancellationToken.None);
}
