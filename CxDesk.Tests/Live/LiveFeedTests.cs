using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Tests.Feed;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Live;

public sealed class LiveFeedTests
{
    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Who_loses_a_region_gets_nothing_more_of_it_and_who_is_signed_out_nothing_at_all()
    {
        var (time, signal) = (new SteppedTime(), new ChangeSignal());
        await using var feed = new LiveFeed((topic, _) => Task.FromResult(Boards.Of(time.GetUtcNow()) with { Place = topic.Viewer.Scope }),
            signal, time, new FeedOptions(), NullLogger<LiveFeed>.Instance);
        var viewer = new Viewer { PersonId = 1, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [2, 5] };
        Viewer? now = viewer;

        await using var readings = feed.Follow(LiveFilter.Default, () => new ValueTask<Viewer?>(now)).GetAsyncEnumerator();
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(viewer.Scope, readings.Current.Board!.Place);

        now = viewer with { RegionIds = [5] };
        signal.Raise(new Change(2, [ChangeTopic.Units]));
        var next = readings.MoveNextAsync().AsTask();
        await time.StepUntil(() => next.IsCompleted);
        Assert.Equal(now.Scope, readings.Current.Board!.Place);

        now = null;
        signal.Raise(new Change(3, [ChangeTopic.Units]));
        next = readings.MoveNextAsync().AsTask();
        await time.StepUntil(() => next.IsCompleted);
        Assert.False(await next);
    }

    [Theory]
    [InlineData("live:hour:agent", LiveWindow.Hour, LiveBy.Agent)]
    [InlineData("live:30d:product", LiveWindow.Month, LiveBy.Product)]
    public void A_live_board_has_a_name(string name, LiveWindow window, LiveBy by) => Assert.Equal(new LiveFilter(window, by), LiveBoardName.Of(name)?.Live);

    [Fact]
    public void A_wall_is_named_by_its_code() => Assert.Equal("lobby:2", LiveBoardName.Of("wall:lobby:2")?.Wall);
}
