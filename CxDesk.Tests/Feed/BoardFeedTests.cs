using System.Diagnostics;
using CxDesk.Data.Feed;
using CxDesk.Web.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Feed;

public sealed class BoardFeedTests : IAsyncDisposable
{
    static readonly Change Answers = new(1, [ChangeTopic.Answers]);

    readonly SteppedTime time = new();
    readonly ChangeSignal signal = new();
    readonly BoardFeed<string, Board> feed;
    Func<string, CancellationToken, Task<Board>> read;
    int reads;

    sealed record Board(long Version, string Text) : IVersioned;

    public BoardFeedTests()
    {
        read = (topic, _) => Task.FromResult(new Board(reads, topic));
        feed = new BoardFeed<string, Board>((topic, cancel) =>
        {
            Interlocked.Increment(ref reads);
            return read(topic, cancel);
        }, signal, [ChangeTopic.Answers, ChangeTopic.Cases], time, new FeedOptions(), NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => feed.DisposeAsync();

    [Fact]
    public async Task One_read_serves_all_who_look_at_the_same_board()
    {
        using var one = feed.Subscribe("north");
        using var two = feed.Subscribe("north");
        Assert.Same(await Next(one), await Next(two));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Different_scopes_are_never_served_from_one_read()
    {
        using var one = feed.Subscribe("north");
        using var two = feed.Subscribe("south");
        Assert.Equal("north", (await Next(one)).Board!.Text);
        Assert.Equal("south", (await Next(two)).Board!.Text);
    }

    [Fact]
    public async Task A_storm_of_changes_is_read_four_times_a_second()
    {
        using var subscription = feed.Subscribe("north");
        await Until(() => reads >= 1);
        for (var step = 0; step < 100; step++)
        {
            signal.Raise(Answers);
            await Settled();
            time.Step(TimeSpan.FromMilliseconds(10));
        }
        await Settled();
        Assert.InRange(reads, 4, 5);
    }

    [Fact]
    public async Task While_writers_queue_a_board_is_read_once_a_second()
    {
        using var subscription = feed.Subscribe("north");
        await Until(() => reads >= 1);
        for (var step = 0; step < 300; step++)
        {
            signal.Raise(Answers with { OthersWait = true });
            await Settled();
            time.Step(TimeSpan.FromMilliseconds(10));
        }
        await Settled();
        Assert.InRange(reads, 3, 5);
    }

    [Fact]
    public async Task A_change_during_a_read_is_read_afterwards()
    {
        var hold = new TaskCompletionSource();
        read = async (topic, _) => { await hold.Task; return new Board(reads, topic); };
        using var subscription = feed.Subscribe("north");
        await Until(() => reads >= 1);
        signal.Raise(Answers);
        hold.SetResult();
        await Next(subscription);
        await StepUntil(() => reads >= 2);
    }

    [Fact]
    public async Task A_change_of_something_else_is_not_read()
    {
        using var subscription = feed.Subscribe("north");
        await Next(subscription);
        await Settled();
        signal.Raise(new Change(2, [ChangeTopic.Notices]));
        for (var step = 0; step < 40; step++)
        {
            time.Step(TimeSpan.FromMilliseconds(100));
            await Settled();
        }
        Assert.Equal(1, reads);
    }

    [Fact, Trait("Behaviour", "38")]
    public async Task Time_alone_is_read_on_a_beat_of_five_seconds()
    {
        using var subscription = feed.Subscribe("north");
        await Next(subscription);
        await Settled();
        time.Step(TimeSpan.FromSeconds(4.9));
        await Settled();
        Assert.Equal(1, reads);
        await StepUntil(() => reads >= 2);
    }

    [Fact, Trait("Behaviour", "35")]
    public async Task A_failed_read_keeps_the_old_board_and_says_since_when()
    {
        using var subscription = feed.Subscribe("north");
        var good = await Next(subscription);
        read = (_, _) => throw new IOException("The disk is gone.");
        await StepUntil(() => reads >= 2);
        var first = await Next(subscription);
        await StepUntil(() => reads >= 3);
        var second = await Next(subscription);
        Assert.Same(good.Board, second.Board);
        Assert.Equal(good.ReadAt, second.ReadAt);
        Assert.Equal("The disk is gone.", second.Error);
        Assert.Equal(first.TriedAt, second.FailingSince);
        Assert.True(second.TriedAt > first.TriedAt);

        read = (topic, _) => Task.FromResult(new Board(9, topic));
        await StepUntil(() => reads >= 4);
        Assert.Null((await Next(subscription)).FailingSince);
    }

    [Fact]
    public async Task A_read_that_never_ends_has_failed_and_the_board_goes_on()
    {
        read = (_, _) => new TaskCompletionSource<Board>().Task;
        using var subscription = feed.Subscribe("north");
        await Until(() => reads >= 1);
        read = (topic, _) => Task.FromResult(new Board(1, topic));
        await StepUntil(() => reads >= 2);
        await StepUntilRead(subscription, r => r.Board is not null);
    }

    [Fact, Trait("Behaviour", "37")]
    public async Task An_older_board_never_overwrites_a_newer_one()
    {
        read = (_, _) => Task.FromResult(new Board(7, "new"));
        using var subscription = feed.Subscribe("north");
        await Next(subscription);
        read = (_, _) => Task.FromResult(new Board(6, "old"));
        await StepUntil(() => reads >= 2);
        var reading = await Next(subscription);
        Assert.Equal("new", reading.Board!.Text);
        Assert.True(reading.TriedAt > reading.ReadAt);
    }

    [Fact]
    public async Task Nobody_looking_means_nobody_reading()
    {
        var one = feed.Subscribe("north");
        var two = feed.Subscribe("north");
        await Next(one);
        one.Dispose();
        two.Dispose();
        await StepUntil(() => feed.Topics == 0);
        signal.Raise(Answers);
        time.Step(TimeSpan.FromSeconds(30));
        await Settled();
        Assert.Equal(1, reads);
        await foreach (var _ in two.Readings()) Assert.NotNull(_.Board);
    }

    [Fact]
    public async Task Who_comes_back_before_the_next_read_finds_the_board_as_it_was()
    {
        var one = feed.Subscribe("north");
        var reading = await Next(one);
        one.Dispose();
        using var two = feed.Subscribe("north");
        Assert.Same(reading, await Next(two));
        await StepUntil(() => reads >= 2);
        Assert.Equal(1, feed.Topics);
    }

    [Fact]
    public async Task A_screen_that_never_draws_holds_up_nobody_and_gets_the_newest_when_it_does()
    {
        using var slow = feed.Subscribe("north");
        using var quick = feed.Subscribe("north");
        Reading<Board>? newest = null;
        for (var i = 1; i <= 5; i++)
        {
            await StepUntil(() => reads >= i);
            newest = await Next(quick);
        }
        Assert.Same(newest, await Next(slow));
    }

    static async Task<Reading<Board>> Next(FeedSubscription<Board> subscription)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var reading in subscription.Readings(patience.Token)) return reading;
        throw new InvalidOperationException("The subscription ended.");
    }

    Task StepUntil(Func<bool> condition) => time.StepUntil(condition);

    async Task StepUntilRead(FeedSubscription<Board> subscription, Func<Reading<Board>, bool> condition)
    {
        Reading<Board> reading;
        do
        {
            var next = Next(subscription);
            await StepUntil(() => next.IsCompleted);
            reading = await next;
        }
        while (!condition(reading));
    }

    static async Task Until(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
            await Task.Yield();
        }
    }

    static Task Settled() => SteppedTime.Settled();
}
