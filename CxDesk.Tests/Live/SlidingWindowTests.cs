using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Feed;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Live;

/// <summary>Boards as the feed hands them out, over a real database: time is not a write, and other processes write too.</summary>
public sealed class SlidingWindowTests
{
    // The company lives in Shanghai: midnight there is 16:00 UTC.
    private static readonly DateTimeOffset Midnight = new(2026, 9, 14, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task An_answer_leaves_the_last_hour_when_its_hour_is_over_though_nothing_is_written()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        var at = floor.Now.AddMinutes(-10);
        await floor.Answer(floor.Of(at, csat: 5));
        await Slides(floor, LiveWindow.Hour, before: at.AddMinutes(59), after: at.AddMinutes(60));
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task Whole_days_roll_on_at_the_companys_midnight()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        floor.Now = Midnight.AddMinutes(-5);
        await floor.Answer(floor.Of(floor.Now.AddMinutes(-1), csat: 5));
        await Slides(floor, LiveWindow.Today, before: Midnight.AddMilliseconds(-1), after: Midnight);
        await Slides(floor, LiveWindow.Week, before: Midnight.AddDays(6).AddMilliseconds(-1), after: Midnight.AddDays(6));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task What_another_process_stores_is_on_the_board_within_the_look_at_the_change_log_and_the_version_goes_on_from_node_to_node()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        await floor.Answer(floor.Of(floor.Now.AddMinutes(-1), csat: 5));
        var written = (await floor.Read()).Version;

        // A node that has written nothing itself, and whose beat is far away.
        var (time, signal, options) = (new SteppedTime(), new ChangeSignal(), new FeedOptions { Beat = TimeSpan.FromHours(1) });
        using var db = new Db(floor.Database.Options, floor.Database.Time, signal);
        var query = new LiveQuery(db, floor.Company, new ScorecardsOptions());
        await using var feed = new LiveFeed((topic, cancel) => query.Read(topic.Filter, topic.Viewer, cancel), signal, time, options, NullLogger<LiveFeed>.Instance);
        using var tail = new ChangeTail(new ChangeLogQuery(db), db, signal, time, options, NullLogger<ChangeTail>.Instance);
        await tail.StartAsync(default);
        await using var readings = feed.Follow(new LiveFilter(LiveWindow.Today, LiveBy.Region), () => new(LiveFloor.Executive)).GetAsyncEnumerator();
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(written, readings.Current.Board!.Version);

        await floor.Answer(floor.Of(floor.Now.AddMinutes(-1), csat: 1));
        var from = time.GetUtcNow();
        var next = readings.MoveNextAsync().AsTask();
        await time.StepUntil(() => next.IsCompleted);
        Assert.True(await next);
        Assert.Equal(2, readings.Current.Board!.Scores.Csat.N);
        Assert.True(readings.Current.Board.Version > written);
        Assert.InRange(time.GetUtcNow() - from, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await tail.StopAsync(default);
    }

    private static async Task Slides(LiveFloor floor, LiveWindow window, DateTimeOffset before, DateTimeOffset after)
    {
        var time = new SteppedTime();
        await using var feed = new LiveFeed((topic, cancel) => floor.Query.Read(topic.Filter, topic.Viewer, cancel), floor.Database.Signal, time, new FeedOptions(), NullLogger<LiveFeed>.Instance);
        floor.Now = before;
        await using var readings = feed.Follow(new LiveFilter(window, LiveBy.Region), () => new(LiveFloor.Executive)).GetAsyncEnumerator();
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(1, readings.Current.Board!.Scores.Csat.N);

        floor.Now = after;
        var next = readings.MoveNextAsync().AsTask();
        await time.StepUntil(() => next.IsCompleted);
        Assert.Equal(0, readings.Current.Board!.Scores.Csat.N);
    }
}
