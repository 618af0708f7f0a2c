using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Cases;

/// <summary>The cases of a small company behind the API, and a program that may read and work on them.</summary>
public abstract class CaseApiApp : IAsyncLifetime
{
    protected CaseFloor Floor { get; private set; } = null!;
    protected InProcessApp App { get; private set; } = null!;
    protected HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        // On the floor's own time: a job that swept by the wall clock would find everything overdue.
        App = new InProcessApp(Floor.Database, Floor.Database.Time);
        Client = await App.WithKey(ApiKeyScopes.Read | ApiKeyScopes.Desk);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        await Floor.DisposeAsync();
    }
}
