using Bunit;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Cases;

/// <summary>Who looks at a case and who edits it, as the page says it.</summary>
public sealed class CasePresenceTests : ShellContext
{
    private static readonly Statement Admit = new("UPDATE People SET SecurityStamp = 'stamp' WHERE Id = @personId");

    [Fact]
    [Trait("Behaviour", "14")]
    public async Task A_screen_says_that_it_is_there_shows_who_else_is_and_is_gone_at_once_when_it_closes()
    {
        await using var floor = await SignIn();
        JSInterop.Setup<bool>("cxdesk.here").SetResult(true);
        var id = (await floor.Open()).CaseId;
        var presence = new CasePresenceStore(floor.Database.Db);
        var page = Render<CasePresence>(p => p.Add(c => c.CaseId, id));
        var mia = CaseFloor.ViewerOf(CaseFloor.Manager);
        await Until(presence, id, seen => seen.SequenceEqual([("Sue", false)]));
        await presence.Here(mia, id, "m", isEditing: false);
        page.WaitForAssertion(() => Assert.Equal("Mia is looking", page.Find("[data-presence]").TextContent.Trim()));
        await presence.Here(mia, id, "m", isEditing: true);
        page.WaitForAssertion(() => Assert.Equal("Mia is editing", page.Find("[data-presence]").TextContent.Trim()));

        page.Render(p => p.Add(c => c.IsEditing, true));
        await Until(presence, id, seen => seen.Contains(("Sue", true)));
        await presence.Gone(mia, id, "m");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-presence]")));
        await page.InvokeAsync(() => page.Instance.DisposeAsync().AsTask());
        Assert.Empty(await Seen(presence, id));
    }

    [Fact]
    [Trait("Behaviour", "14")]
    public async Task A_browser_that_does_not_answer_any_more_is_not_there()
    {
        await using var floor = await SignIn();
        JSInterop.Setup<bool>("cxdesk.here").SetException(new Microsoft.JSInterop.JSDisconnectedException("away"));
        var id = (await floor.Open()).CaseId;
        var presence = new CasePresenceStore(floor.Database.Db);
        var page = Render<CasePresence>(p => p.Add(c => c.CaseId, id));
        page.WaitForAssertion(() => JSInterop.VerifyInvoke("cxdesk.here"));
        Assert.Empty(await Seen(presence, id));
        // The half minute that is promised holds the beat, the belief, and the beat of who looks.
        Assert.True(CasePresenceStore.Beat + CasePresenceStore.Believed < TimeSpan.FromSeconds(30));
    }

    private static async Task<List<(string, bool)>> Seen(CasePresenceStore presence, long id) =>
        [.. (await presence.Read(CaseFloor.ViewerOf(CaseFloor.Executive), id)).Select(p => (p.Name, p.IsEditing))];

    private static async Task Until(CasePresenceStore presence, long id, Func<List<(string, bool)>, bool> holds)
    {
        using var limit = new CancellationTokenSource(DefaultWaitTimeout);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!holds(await Seen(presence, id))) await beat.WaitForNextTickAsync(limit.Token);
    }

    private async Task<CaseFloor> SignIn()
    {
        var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Database.Db.Write(s => s.Execute(Admit, new { personId = CaseFloor.Supervisor }));
        await this.SignIn(floor.Database, CaseFloor.Supervisor);
        Services.AddSingleton(floor.Database.Db);
        Services.AddSingleton(floor.Database.Signal);
        Services.AddSingleton<CasePresenceStore>();
        Services.AddSingleton<CaseWords>();
        return floor;
    }
}
