using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Warnings;
using CxDesk.Tests.Database;
using CxDesk.Web.Warnings;

namespace CxDesk.Tests.Warnings;

public sealed class WarningFeedTests : IDisposable
{
    private static readonly Viewer North = Viewer.System with { Reach = Reach.Units, RegionIds = [2] };

    private readonly TestTime _time = new();
    private readonly ChangeSignal _signal = new();
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WarningFeed _feed;
    private int _reads;

    public WarningFeedTests() => _feed = new WarningFeed(async viewer =>
    {
        var read = Interlocked.Increment(ref _reads);
        await _go.Task;
        return new WarningBoard(WarningQuery.Ends(_time.Now), read, LimitSource.Usual, []);
    }, _signal, _time);

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Whoever_sees_the_same_rows_in_the_same_five_minutes_shares_one_read()
    {
        var screens = Enumerable.Range(0, 300).Select(_ => _feed.Read(Viewer.System)).ToList();
        _go.SetResult();
        var board = (await Task.WhenAll(screens)).Distinct().Single();
        _time.Now += TimeSpan.FromMinutes(4.9);
        Assert.Same(board, await _feed.Read(Viewer.System with { Name = "somebody else" }));
        Assert.Equal(1, _reads);
        Assert.NotSame(board, await _feed.Read(North));
        _time.Now += TimeSpan.FromMinutes(.1);
        Assert.Equal(board.At.AddMinutes(5), (await _feed.Read(Viewer.System)).At);
        Assert.Equal(3, _reads);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Once_places_change_nothing_read_before_is_handed_out()
    {
        _go.SetResult();
        var board = await _feed.Read(North);
        _signal.Raise(new Change(1, [ChangeTopic.Answers]));
        Assert.Same(board, await _feed.Read(North));
        _signal.Raise(new Change(2, [ChangeTopic.Units]));
        Assert.NotSame(board, await _feed.Read(North));
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again_and_who_leaves_takes_it_from_nobody()
    {
        using var leaving = new CancellationTokenSource();
        var gone = _feed.Read(Viewer.System, leaving.Token);
        var stays = _feed.Read(Viewer.System);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _go.SetException(new InvalidOperationException("the disk is gone"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => stays);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _feed.Read(Viewer.System));
        Assert.Equal(2, _reads);
    }
}
