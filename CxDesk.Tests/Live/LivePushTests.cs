using System.Diagnostics;
using CxDesk.Data.Feed;
using CxDesk.Tests.Feed;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;

namespace CxDesk.Tests.Live;

public sealed class LivePushTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private sealed record Board(long Version) : IVersioned;

    [Fact]
    public async Task A_client_that_reads_slowly_is_sent_the_newest_once_it_has_read_and_nobody_waits_for_it()
    {
        List<long> sent = [];
        var free = new TaskCompletionSource();
        var push = new LivePush(() => ValueTask.FromResult(true), board => { sent.Add(board.Version); return new ValueTask(free.Task); });
        using var left = new CancellationTokenSource();
        var running = push.Run(left.Token);
        for (var version = 1; version <= 5; version++) push.Hear(Read(version));
        Assert.Equal([1], sent);
        free.SetResult();
        await Until(() => sent.Count == 2);
        push.Hear(Read(6));
        await Until(() => sent.Count == 3);
        Assert.Equal([1, 5, 6], sent);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_failed_reading_is_not_sent()
    {
        var push = new LivePush(() => ValueTask.FromResult(true), _ => throw new InvalidOperationException("sent"));
        var running = push.Run(CancellationToken.None);
        push.Hear(Read(1) with { FailingSince = DateTimeOffset.UnixEpoch });
        Assert.False(running.IsCompleted);
        push.Hear(Read(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Who_may_look_no_more_is_sent_nothing_more_and_told_so_without_waiting_for_the_next_reading()
    {
        var (time, signal, may, sent) = (new SteppedTime(), new ChangeSignal(), true, 0);
        using var sight = new LiveSight(signal, time);
        var push = new LivePush(sight.Of(() => ValueTask.FromResult(may)), _ => { sent++; return ValueTask.CompletedTask; });
        sight.Changed += push.Wake;
        push.Hear(Read(1));
        var running = push.Run(CancellationToken.None);
        await Until(() => sent == 1);

        may = false;
        signal.Raise(new Change(2, [ChangeTopic.Units]));
        push.Hear(Read(2));
        await running.WaitAsync(Patience);
        Assert.Equal((1, false), (sent, push.IsGone));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Whether_somebody_may_look_is_asked_once_a_second_and_after_each_change_of_it()
    {
        var (time, signal, asked) = (new SteppedTime(), new ChangeSignal(), 0);
        using var sight = new LiveSight(signal, time);
        var mayLook = sight.Of(() => { asked++; return ValueTask.FromResult(true); });
        async Task Look(int expected)
        {
            for (var i = 0; i < 3; i++) Assert.True(await mayLook());
            Assert.Equal(expected, asked);
        }

        await Look(1);
        signal.Raise(new Change(1, [ChangeTopic.Answers]));
        await Look(1);
        signal.Raise(new Change(2, [ChangeTopic.Displays]));
        await Look(2);
        time.Step(TimeSpan.FromSeconds(1));
        await Look(3);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(1)) Assert.True(watch.Elapsed < Patience);
    }

    private static Reading<Board> Read(long version) => new(new Board(version), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, null);
}
