using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Admin;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Web.People;
using Microsoft.Playwright;

namespace CxDesk.Tests.Browser;

/// <summary>
/// A small company without the demo, brought in as <c>org import</c> does, in the running app. The tests of one class share
/// it: each takes a region, or a product, that the others leave alone. Everybody's password is <see cref="Password"/>.
/// </summary>
public class CompanyFixture : IAsyncLifetime
{
    public const string Password = "a password";

    private const string Company = """
        type,kind,code,name,parent,user,role,agent,unit,from
        unit,company,company,Meridian,,,,,,
        unit,region,north,North,,,,,,
        unit,team,phone,Phone,north,,,,,
        unit,team,shop,Shop,north,,,,,
        unit,region,east,East,,,,,,
        unit,team,mail,Mail,east,,,,,
        person,,,Ada Admin,,ada,admin,,,
        person,,,Elena Exec,,elena,executive,,,
        person,,,Mara Lind,,mara,manager,,,
        person,,,Sven Berg,,sven,supervisor,,,
        person,,,Anna Holm,,anna,agent,A-1,,
        person,,,Otto Falk,,otto,agent,A-2,,
        person,,,Lily Chen,,lily,agent,A-3,,
        person,,,Eve Moss,,eve,manager,,,
        person,,,Wall,,wall,wall,,,
        place,,,,,mara,manager,,north,2020-01-01
        place,,,,,sven,supervisor,,phone,2020-01-01
        place,,,,,anna,agent,,phone,2020-01-01
        place,,,,,otto,agent,,shop,2020-01-01
        place,,,,,lily,agent,,mail,2020-01-01
        place,,,,,eve,manager,,east,2020-01-01
        place,,,,,elena,executive,,company,2020-01-01
        """;

    private static readonly string[] People = ["ada", "elena", "mara", "sven", "anna", "otto", "lily", "eve", "wall"];
    private static readonly Statement IdOf = new("SELECT Id FROM People WHERE UserName = @userName");

    // Once a run: a copy of a file is a hundred times faster than nine passwords.
    private static readonly Lazy<Task<(string File, string Key)>> Made = new(Make);

    private string _key = "";
    private int _answers;

    public AppFixture App { get; private set; } = null!;

    /// <summary>The app's database, as another node would have it open.</summary>
    public Db Database { get; private set; } = null!;

    /// <summary>Over the app's defaults.</summary>
    protected virtual (string Name, string Value)[] Settings => [];

    public virtual async Task InitializeAsync()
    {
        (var company, _key) = await Made.Value;
        App = await AppFixture.StartOn(company, Settings);
        Database = new Db(new DatabaseOptions { ConnectionString = $"Data Source={App.DatabaseFile}" }, new WallClock(), new ChangeSignal());
    }

    public virtual async Task DisposeAsync()
    {
        Database.Dispose();
        await App.DisposeAsync();
    }

    public Task<int> PersonId(string userName) => PersonId(Database, userName);

    private static Task<int> PersonId(Db database, string userName) => database.Read(s => s.Single<int>(IdOf, new { userName }));

    private static async Task<(string File, string Key)> Make()
    {
        var file = await TestDatabase.NewFile("company");
        using var database = new Db(new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" }, new WallClock(), new ChangeSignal());
        var imported = await new OrgImport(database, new Data.Company(new Data.CompanyOptions())).Run(Viewer.System, new StringReader(Company));
        Assert.Empty(imported.Faults);
        var passwords = new PasswordWriter(database, new PasswordHash());
        foreach (var person in People) await passwords.Give(Viewer.System, await PersonId(database, person), Password);
        return (file, await new ApiKeyWriter(database).Create(Viewer.System, "survey", ApiKeyScopes.Ingest));
    }

    /// <summary>Sends an answer over HTTP, given now, and returns the reference of the case it opened.</summary>
    public async Task<string?> Post(int csat, string region, string? agent = null, string product = "net", string? comment = null, object? customer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses")
        {
            Headers = { { "X-Api-Key", _key } },
            Content = JsonContent.Create(new
            {
                externalId = $"story-{++_answers}", source = "survey", respondedAt = new WallClock().GetUtcNow(), channel = "phone",
                product, region, agent, customer, comment, scores = new { csat },
            }),
        };
        using var response = await App.Http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        return answer.GetProperty("casesOpened").EnumerateArray().Select(c => c.GetString()).SingleOrDefault();
    }

    // The app runs on the wall clock, so what is sent to it does too.
    private sealed class WallClock : TimeProvider;
}
