using Bunit;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Tests.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CxDesk.Tests.Shell;

public sealed class ReadPageTests : ShellContext
{
    [Fact]
    [Trait("Behaviour", "36")]
    public async Task A_read_that_fails_keeps_what_was_read_and_says_since_when_and_a_change_reads_again()
    {
        await using var staff = await Staff.Create();
        var ann = await staff.Add("ann", Role.Supervisor);
        await this.SignIn(staff.Database, ann);
        var reads = 0;
        var fails = false;
        var page = Render<Sample>(p => p.Add(s => s.Reading, viewer => fails ? throw new IOException("away") : $"{++reads} {viewer?.PersonId}"));
        var first = Time.Now;
        page.WaitForAssertion(() => Assert.Equal($"1 {ann}, read {first:T}, failed ", page.Markup));

        fails = true;
        var failed = Time.Now += TimeSpan.FromMinutes(1);
        await page.InvokeAsync(page.Instance.Retry);
        Time.Now += TimeSpan.FromMinutes(1);
        await page.InvokeAsync(page.Instance.Retry);
        Assert.Equal($"1 {ann}, read {first:T}, failed {failed:T}", page.Markup);

        fails = false;
        staff.Database.Signal.Raise(new Change(1, [ChangeTopic.Units]));
        page.WaitForAssertion(() => Assert.Equal($"2 {ann}, read {Time.Now:T}, failed ", page.Markup));
    }

    private sealed class Sample : ReadPage
    {
        private string? _read;

        [Parameter, EditorRequired] public required Func<Viewer?, string> Reading { get; set; }

        protected override async Task Read(Viewer? viewer)
        {
            await Task.Yield();
            _read = Reading(viewer);
        }

        public async Task Retry()
        {
            await Load();
            StateHasChanged();
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"{_read}, read {ReadAt:T}, failed {FailedAt:T}");
    }
}
