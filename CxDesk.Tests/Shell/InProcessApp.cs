using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Shell;

/// <summary>The real app in this process, without the demo.</summary>
/// <param name="database">What it runs on; an empty one of its own, gone afterwards, unless given.</param>
/// <param name="time">Its clock; the machine's unless given.</param>
public class InProcessApp(TestDatabase? database = null, TimeProvider? time = null) : WebApplicationFactory<Program>
{
    private readonly string? _folder = database is null ? Directory.CreateTempSubdirectory("cxdesk-app-").FullName : null;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<string> Key(ApiKeyScopes scopes, string name = "test", int? unitId = null) => Get<ApiKeyWriter>().Create(Viewer.System, name, scopes, unitId);

    /// <summary>A program with a new key, which is not led anywhere else.</summary>
    public async Task<HttpClient> WithKey(ApiKeyScopes scopes, string name = "test", int? unitId = null)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", await Key(scopes, name, unitId));
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:Provider", "Sqlite");
        builder.UseSetting("Database:ConnectionString", database?.Options.ConnectionString ?? $"Data Source={Path.Combine(_folder!, "cxdesk.db")};Pooling=False");
        builder.UseSetting("Demo:Enabled", "false");
        if (time is not null) builder.ConfigureTestServices(s => s.AddSingleton(time));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
