using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Ingest;

/// <summary>The real app in this process, on an empty database, with keys as asked for.</summary>
public class IngestApp : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxdesk-ingest-").FullName;

    public Db Db => Services.GetRequiredService<Db>();

    public ApiKeyWriter Keys => Services.GetRequiredService<ApiKeyWriter>();

    public static TestTime Time { get; } = new();

    public async Task<HttpClient> ClientWith(string key, ApiKeyScopes scopes)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", await Keys.Create(Viewer.System, key, scopes));
        return client;
    }

    public static async Task<(int Status, JsonElement Body)> Post(HttpClient client, string path, string body) =>
        await Post(client, path, Encoding.UTF8.GetBytes(body));

    public static async Task<(int Status, JsonElement Body)> Post(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:Provider", "Sqlite");
        builder.UseSetting("Database:ConnectionString", $"Data Source={Path.Combine(_folder, "cxdesk.db")};Pooling=False");
        builder.UseSetting("Demo:Enabled", "false");
        builder.ConfigureTestServices(s => s.AddSingleton<TimeProvider>(Time));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
