using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Tests.Database;
using CxDesk.Web.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Feed;

public class ChangeLogQueryTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task It_tells_what_changed_since_and_how_far_the_log_is(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var query = new ChangeLogQuery(database.Db);
        Assert.Equal(0, await query.Version());
        Assert.Null(await query.After(0));
        await Write(database.Db, ChangeTopic.Answers, ChangeTopic.Cases);
        var after = await query.Version();
        await Write(database.Db, ChangeTopic.Units);
        Assert.Equal([ChangeTopic.Answers, ChangeTopic.Cases, ChangeTopic.Units], (await query.After(0))!.Entries.Keys.Order());
        Assert.Equal([ChangeTopic.Units], (await query.After(after))!.Entries.Keys);
        Assert.Null(await query.After(await query.Version()));
    }

    [Fact]
    public async Task What_another_process_writes_raises_the_signal_here_once()
    {
        await using var database = await TestDatabase.Create();
        using var elsewhere = new Db(database.Options, database.Time, new ChangeSignal());
        var time = new SteppedTime();
        var heard = new List<Change>();
        using var tail = new ChangeTail(new ChangeLogQuery(database.Db), database.Db, database.Signal, time, new FeedOptions(), NullLogger<ChangeTail>.Instance);
        database.Signal.Changed += heard.Add;
        await tail.StartAsync(default);

        await Write(elsewhere, ChangeTopic.Answers);
        await time.StepUntil(() => heard.Count > 0);
        Assert.Equal([ChangeTopic.Answers], Assert.Single(heard).Topics);

        // Its own writes were signalled when they were committed.
        await Write(database.Db, ChangeTopic.Cases);
        await Write(elsewhere, ChangeTopic.Units);
        await time.StepUntil(() => heard.Count > 2);
        Assert.Equal([ChangeTopic.Units], heard[2].Topics);

        // What was written elsewhere just before a write of its own is not passed over with it.
        await Write(elsewhere, ChangeTopic.Policies);
        await Write(database.Db, ChangeTopic.Answers);
        await time.StepUntil(() => heard.Count > 4);
        Assert.Equal([ChangeTopic.Policies], heard[4].Topics);
        await tail.StopAsync(default);
    }

    static Task Write(Db db, params ChangeTopic[] topics) => db.Write(s =>
    {
        foreach (var topic in topics) s.Changed(topic);
        return Task.CompletedTask;
    });
}
