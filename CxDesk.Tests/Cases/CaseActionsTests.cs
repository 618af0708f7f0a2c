using Bunit;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace CxDesk.Tests.Cases;

/// <summary>What one person does on a case while others do too.</summary>
public sealed class CaseActionsTests : ShellContext
{
    private static readonly Statement Admit = new("UPDATE People SET SecurityStamp = 'stamp' WHERE Id = @personId");

    public CaseActionsTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task The_second_save_shows_field_by_field_what_was_seen_theirs_and_ones_own_and_saves_what_is_chosen()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var page = await Show(floor, id);
        await page.Find("[data-do=Edit]").ClickAsync(new());
        await page.Find("#severity").ChangeAsync(new() { Value = "High" });
        await page.Find("#product").ChangeAsync(new() { Value = "2" });
        // Meanwhile: severity to something else, and an owner.
        await floor.Do(CaseFloor.Manager, new EditCase { CaseId = id, Severity = CaseSeverity.Critical, Owner = new OwnerChange(CaseFloor.Agent) });
        await page.Find(".actions form:not(.note)").SubmitAsync();

        Assert.Equal(["status", "severity", "owner", "product"], page.FindAll(".conflict fieldset").Select(f => f.GetAttribute("data-field")));
        var severity = page.Find(".conflict [data-field=severity]");
        Assert.Contains("You saw Medium", severity.TextContent);
        Assert.Contains("Critical Mia", severity.TextContent);
        Assert.Contains("High yours", severity.TextContent);
        Assert.Contains("Ann Mia", page.Find(".conflict [data-field=owner]").TextContent);
        Assert.Contains("Streaming yours", page.Find(".conflict [data-field=product]").TextContent);
        Assert.Equal((CaseSeverity.Critical, 1), ((await floor.Read(id)).Severity, (await floor.Read(id)).ProductId));
        Assert.True(page.Find(".actions form:not(.note) button[type=submit]").HasAttribute("disabled"));

        await page.FindAll(".conflict [data-field=severity] input")[1].ChangeAsync(new() { Value = "on" });
        await page.Find(".actions form:not(.note)").SubmitAsync();
        var row = await floor.Read(id);
        Assert.Equal((CaseSeverity.High, 2, "Ann"), (row.Severity, row.ProductId, row.OwnerName));
        Assert.Empty(page.FindAll(".conflict"));
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Words_for_a_step_that_others_made_impossible_become_a_note()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var page = await Show(floor, id);
        await page.Find("[data-do=Wait]").ClickAsync(new());
        await page.Find("#reason").InputAsync(new() { Value = "the bill of May" });
        await floor.Do(CaseFloor.Manager, new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached, Note = "settled" });
        await page.Find(".actions form:not(.note)").SubmitAsync();
        Assert.Contains("Mia", page.Find(".conflict [data-field=status]").TextContent);
        Assert.Contains("settled", page.Find(".conflict .said").TextContent);
        Assert.Equal("the bill of May", page.Find("#reason").GetAttribute("value"));
        await page.FindAll(".actions form:not(.note) button").Single(b => b.TextContent == "Keep it as a note").ClickAsync(new());
        var file = (await floor.Query.Read(Viewer.System, id))!;
        Assert.Equal((CaseStatus.Resolved, "the bill of May"), (file.Case.Status, file.Events[^1].Note));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("2026-09-14T00:00:00")]
    [InlineData("9999-12-31T23:59:00")]
    public async Task A_case_waits_until_a_time_ahead_or_the_form_says_so(string until)
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var page = await Show(floor, id);
        await page.Find("[data-do=Wait]").ClickAsync(new());
        await page.Find("#reason").InputAsync(new() { Value = "the bill of May" });
        await page.Find("#until").ChangeAsync(new() { Value = until });
        await page.Find(".actions form:not(.note)").SubmitAsync();
        Assert.Contains("ahead", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("the bill of May", page.Find("#reason").GetAttribute("value"));
        Assert.Equal(CaseStatus.New, (await floor.Read(id)).Status);
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task What_overwrites_nothing_stops_nobody()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var page = await Show(floor, id);
        await page.Find("[data-do=Edit]").ClickAsync(new());
        await page.Find("#severity").ChangeAsync(new() { Value = "High" });
        await floor.Do(CaseFloor.Manager, new WatchCase { CaseId = id });
        await page.Find(".actions form:not(.note)").SubmitAsync();
        Assert.Equal(CaseSeverity.High, (await floor.Read(id)).Severity);
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task A_draft_is_offered_again_on_the_next_visit_and_thrown_away_on_demand()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var drafts = new CaseDraftStore(floor.Database.Db);
        await drafts.Keep(CaseFloor.ViewerOf(CaseFloor.Supervisor), id, CaseDraftField.Note, "rang twice");
        await drafts.Keep(CaseFloor.ViewerOf(CaseFloor.Supervisor), id, CaseDraftField.Resolve, "refund agreed");
        Time.Now = floor.Database.Time.Now.AddHours(1);
        var page = await Show(floor, id);
        page.WaitForAssertion(() => Assert.Equal("rang twice", page.Find("#note").GetAttribute("value") ?? page.Find("#note").TextContent));
        Assert.Contains("Draft of", page.Find("[data-restored=Note]").TextContent);
        Assert.Contains("resolving", page.Find(".left").TextContent);
        await page.FindAll(".left button").First().ClickAsync(new());
        Assert.Equal("refund agreed", page.Find("#resolution").GetAttribute("value") ?? page.Find("#resolution").TextContent);
        await page.Find("[data-restored=Resolve] button").ClickAsync(new());
        Assert.Equal(CaseDraftField.Note, Assert.Single(await drafts.Read(CaseFloor.ViewerOf(CaseFloor.Supervisor), id)).Field);
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task What_only_the_browser_had_is_put_back_and_kept()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var id = (await floor.Open()).CaseId;
        var viewer = CaseFloor.ViewerOf(CaseFloor.Supervisor);
        var drafts = new CaseDraftStore(floor.Database.Db);
        await drafts.Keep(viewer, id, CaseDraftField.Note, "rang");
        var browser = new KeptInBrowser { Text = "rang, and rang again" };
        await using (var keeper = new CaseDraftKeeper(drafts, browser, TimeProvider, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, viewer, id))
        {
            await keeper.Load();
            Assert.Equal("rang, and rang again", keeper[CaseDraftField.Note].Text);
            Assert.NotNull(keeper[CaseDraftField.Note].RestoredFrom);
            Assert.StartsWith($"{CaseFloor.Supervisor}/{id}/", keeper.KeyOf(CaseDraftField.Note), StringComparison.Ordinal);
        }
        // Ended at once: the server has it all the same.
        Assert.Equal("rang, and rang again", Assert.Single(await drafts.Read(viewer, id)).Text);
    }

    private static TimeProvider TimeProvider => new CxDesk.Tests.Database.TestTime();

    private async Task<IRenderedComponent<CaseActions>> Show(CaseFloor floor, long id)
    {
        var viewer = CaseFloor.ViewerOf(CaseFloor.Supervisor);
        IRenderedComponent<CaseActions>? page = null;
        var file = (await floor.Query.Read(viewer, id))!;
        return page = Render<CaseActions>(p => p.Add(c => c.File, file).Add(c => c.Viewer, viewer).Add(c => c.Changed, async () =>
        {
            var next = (await floor.Query.Read(viewer, id))!;
            page!.Render(n => n.Add(c => c.File, next));
        }));
    }

    private async Task<CaseFloor> SignIn(int personId)
    {
        var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Database.Db.Write(s => s.Execute(Admit, new { personId }));
        await this.SignIn(floor.Database, personId);
        Services.AddSingleton(floor.Database.Db);
        Services.AddSingleton(floor.Database.Signal);
        Services.AddSingleton(floor.Writer);
        Services.AddSingleton(floor.Query);
        Services.AddSingleton(new CasesOptions());
        Services.AddSingleton<RootCauseQuery>();
        Services.AddSingleton<CaseDraftStore>();
        Services.AddSingleton<CaseWords>();
        return floor;
    }

    // Answers for drafts.js.
    private sealed class KeptInBrowser : IJSRuntime
    {
        public string? Text { get; init; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => ValueTask.FromResult(
            identifier == "cxdesk.drafts.of"
                ? System.Text.Json.JsonSerializer.Deserialize<TValue>($$"""[{"field":"note","text":"{{Text}}","at":1789000000000}]""", System.Text.Json.JsonSerializerOptions.Web)!
                : default!);
    }
}
