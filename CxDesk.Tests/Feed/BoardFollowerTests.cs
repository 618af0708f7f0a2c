using System.Runtime.CompilerServices;
using Bunit;
using CxDesk.Data.Feed;
using CxDesk.Tests.Shell;
using CxDesk.Web.Feed;

namespace CxDesk.Tests.Feed;

/// <summary>What quick clicks do to a page that follows a board.</summary>
public sealed class BoardFollowerTests : ShellContext
{
    [Fact]
    public async Task A_page_that_is_gone_by_the_time_it_knows_its_board_follows_none()
    {
        var page = Render<Page>().Instance;
        await page.DisposeAsync();
        await page.Go("north");
        await page.DisposeAsync();
        Assert.Empty(page.Begun);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Of_boards_that_are_asked_for_before_the_one_before_is_left_the_last_stays()
    {
        var page = Render<Page>();
        var slow = page.InvokeAsync(() => page.Instance.Go("north"));
        var quick = page.InvokeAsync(() => page.Instance.Go("south"));
        var last = page.InvokeAsync(() => page.Instance.Go("east"));
        page.Instance.Left.SetResult();
        await Task.WhenAll(slow, quick, last);
        page.WaitForAssertion(() => Assert.Equal("east", page.Instance.Shown));
        Assert.Equal(1, page.Instance.Open);
        await page.Instance.DisposeAsync();
        Assert.Equal(0, page.Instance.Open);
    }

    private sealed record Named(string Name) : IVersioned
    {
        public long Version => 1;
    }

    private sealed class Page : BoardFollower<string, Named>
    {
        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public List<string> Begun { get; } = [];
        public int Open { get; private set; }
        public string? Shown => Board?.Name;

        public Task Go(string board) => Follow(board);

        protected override async IAsyncEnumerable<Reading<Named>> Readings(string topic, [EnumeratorCancellation] CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            Begun.Add(topic);
            Open++;
            try
            {
                yield return new Reading<Named>(new Named(topic), null, null, null, null);
                var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var _ = cancel.Register(asked.SetResult);
                await asked.Task;
                if (Begun.Count == 1) await Left.Task;
                cancel.ThrowIfCancellationRequested();
            }
            finally
            {
                Open--;
            }
        }
    }
}
