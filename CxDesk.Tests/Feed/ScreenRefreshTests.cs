using System.Globalization;
using CxDesk.Data.Feed;
using CxDesk.Web.Feed;

namespace CxDesk.Tests.Feed;

public class ScreenRefreshTests
{
    private readonly ChangeSignal _signal = new();
    private readonly SteppedTime _time = new();
    private int _reads;

    [Fact]
    public async Task Screen_reads_again_soon_after_a_change_of_what_it_shows_and_on_a_beat()
    {
        await using var refresh = new ScreenRefresh(_signal, _time, Read, [ChangeTopic.Cases]);
        _signal.Raise(new Change(1, [ChangeTopic.Answers]));
        await SteppedTime.Settled();
        Assert.Equal(0, _reads);

        _signal.Raise(new Change(2, [ChangeTopic.Answers, ChangeTopic.Cases]));
        await _time.StepUntil(() => _reads == 1);
        var before = _time.GetUtcNow();
        await _time.StepUntil(() => _reads == 2);
        Assert.InRange(_time.GetUtcNow() - before, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Many_changes_during_a_read_cost_one_more()
    {
        var gate = new TaskCompletionSource();
        await using var refresh = new ScreenRefresh(_signal, _time, () => { Interlocked.Increment(ref _reads); return gate.Task; }, [ChangeTopic.Cases], beat: Timeout.InfiniteTimeSpan);
        refresh.Wake();
        await _time.StepUntil(() => _reads == 1);
        for (var i = 0; i < 100; i++) _signal.Raise(new Change(i, [ChangeTopic.Cases]));
        await SteppedTime.Settled();
        Assert.Equal(1, _reads);
        gate.SetResult();
        await _time.StepUntil(() => _reads == 2);
        _time.Step(TimeSpan.FromMinutes(10));
        await SteppedTime.Settled();
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Screen_reads_in_its_own_language_and_not_in_the_writers()
    {
        var mine = CultureInfo.CurrentUICulture;
        var read = new TaskCompletionSource<string>();
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-Hans");
            await using var refresh = new ScreenRefresh(_signal, _time, () => { read.TrySetResult(CultureInfo.CurrentUICulture.Name); return Task.CompletedTask; }, [ChangeTopic.Cases]);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
            _signal.Raise(new Change(1, [ChangeTopic.Cases]));
            Assert.Equal("zh-Hans", await read.Task);
        }
        finally
        {
            CultureInfo.CurrentUICulture = mine;
        }
    }

    [Fact]
    public async Task Left_screen_is_not_read_any_more()
    {
        await using (new ScreenRefresh(_signal, _time, Read, [ChangeTopic.Cases])) { }
        _signal.Raise(new Change(1, [ChangeTopic.Cases]));
        _time.Step(TimeSpan.FromMinutes(1));
        await SteppedTime.Settled();
        Assert.Equal(0, _reads);
    }

    private Task Read()
    {
        Interlocked.Increment(ref _reads);
        return Task.CompletedTask;
    }
}
