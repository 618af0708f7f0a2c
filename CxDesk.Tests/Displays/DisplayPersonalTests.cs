using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Admin;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Displays;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Tests.Live;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Displays;

/// <summary>What was planted about a customer and an agent, and looked for in everything that a display gets.</summary>
public sealed class DisplayPersonalTests : IAsyncLifetime
{
    private static readonly Viewer Admin = Viewer.System with { PersonId = 1 };

    private static readonly string[] OfCustomer = ["Schmidt", "Annegret", "KD-90817", "90817", "2345678", "example.net", "annegret", "71001234567", "18 Elm"];
    private static readonly string[] OfAgent = ["Zebedee", "A-77x"];

    private const string Company = """
        type,kind,code,name,parent,user,role,agent,unit,from
        unit,region,north,North,company,,,,,
        unit,team,phone,Phone,north,,,,,
        person,,,Zebedee Quill,,zeb,agent,A-77x,,
        place,,,,,zeb,agent,,phone,2020-01-01
        """;

    private readonly InProcessApp _app = new();
    private int _answers;

    public async Task InitializeAsync()
    {
        Assert.Empty((await new OrgImport(_app.Get<Db>(), _app.Get<Data.Company>()).Run(Viewer.System, new StringReader(Company))).Faults);
        using var client = await _app.WithKey(ApiKeyScopes.Ingest | ApiKeyScopes.Desk | ApiKeyScopes.Read);
        for (var i = 0; i < 12; i++) await Answer(client, i % 2 == 0 ? 1 : 4);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [Trait("Behaviour", "41")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_display_gets_nothing_personal_and_agents_only_where_the_wall_says_so(bool showsAgents)
    {
        var code = await _app.Get<WallWriter>().Create(Admin, "Full", new WallDocument
        {
            ShowsAgents = showsAgents,
            Pages =
            [
                new WallPage
                {
                    Tiles =
                    [
                        new() { Kind = WallTileKind.Comments }, new() { Kind = WallTileKind.Cases }, new() { Kind = WallTileKind.Score, Agent = showsAgents ? "A-77x" : null }, new() { Kind = WallTileKind.Trend },
                        new() { Kind = WallTileKind.Leaders, By = RollupBy.Agent, Window = LiveWindow.Month }, new() { Kind = WallTileKind.Movers, By = RollupBy.Agent },
                    ],
                },
            ],
        });
        var wall = (await _app.Get<WallsQuery>().Find(Admin, code))!;
        var link = await _app.Get<DisplayWriter>().Make(Admin, new SaveDisplay { Name = "Lobby", WallId = wall.Id, Language = "en" });
        using var screen = _app.CreateClient();
        using var socket = await HubSocket.Connect(_app.Server, link.Token);

        var snapshot = (await socket.Subscribe($"wall:{code}")).GetProperty("result").GetRawText();
        // Read already, the wall stands in the page as it is first drawn.
        var page = WebUtility.HtmlDecode(await screen.GetStringAsync($"/display/{link.Token}"));
        // They are there, and what is known of a comment is not the customer.
        Assert.Contains("nobody called back", page);
        Assert.Contains("nobody called back", snapshot);
        Assert.Contains("•••", page);
        foreach (var text in (string[])[page, snapshot])
        {
            Assert.DoesNotContain(OfCustomer, planted => text.Contains(planted, StringComparison.OrdinalIgnoreCase));
            if (!showsAgents) Assert.DoesNotContain(OfAgent, planted => text.Contains(planted, StringComparison.OrdinalIgnoreCase));
        }
        Assert.Equal(showsAgents, snapshot.Contains("Zebedee"));
        Assert.DoesNotContain("/claim/", snapshot);
    }

    private async Task Answer(HttpClient client, int csat)
    {
        var number = ++_answers;
        var answer = await client.PostAsJsonAsync("/api/v1/responses", new
        {
            externalId = $"a{number}", source = "survey", respondedAt = _app.Get<TimeProvider>().GetUtcNow(), channel = "phone", product = "net", region = "north", agent = "A-77x",
            scores = new { csat },
            comment = "Annegret Schmidt here, KD-90817, 71001234567 or +49 171 2345678 or annegret@example.net: nobody called back",
            customer = new { id = $"KD-90817-{number}", name = "Annegret Schmidt", phone = "+49 171 2345678", email = "annegret@example.net" },
        });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, body.GetProperty("accepted").GetInt32());
        if (body.GetProperty("casesOpened").EnumerateArray().Select(c => c.GetString()).SingleOrDefault() is not { } reference) return;
        Assert.True(CaseReference.TryParse(reference, out var caseId));
        await _app.Get<CaseWriter>().Do(Viewer.System, new EditCase { CaseId = caseId, Severity = CaseSeverity.Critical });
        Assert.IsType<CaseResult.Done>(await _app.Get<CaseWriter>().Do(Viewer.System, new AssignCase { CaseId = caseId, OwnerId = await Agent() }));
    }

    private Task<int> Agent() => _app.Get<Db>().Read(s => s.Single<int>(ByCode, new { code = "A-77x" }));

    private static readonly Statement ByCode = new("SELECT Id FROM People WHERE AgentCode = @code");
}
