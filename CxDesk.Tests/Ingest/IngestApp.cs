using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Tests.Database;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Ingest;

/// <summary>The app on a clock that stands still, and what programs post to it.</summary>
public class IngestApp() : InProcessApp(time: Time)
{
    public Db Db => Get<Db>();

    public static TestTime Time { get; } = new();

    public static async Task<(int Status, JsonElement Body)> Post(HttpClient client, string path, string body) =>
        await Post(client, path, Encoding.UTF8.GetBytes(body));

    public static async Task<(int Status, JsonElement Body)> Post(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
