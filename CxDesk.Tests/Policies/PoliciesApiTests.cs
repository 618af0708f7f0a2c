using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Policies;

public sealed class PoliciesApiTests
{
    [Fact]
    public async Task A_program_reads_the_policy_in_force_and_one_that_only_writes_answers_does_not()
    {
        await using var app = new InProcessApp();
        using var reader = await app.WithKey(ApiKeyScopes.Read);
        var policy = await reader.GetFromJsonAsync<JsonElement>("/api/v1/policies");
        Assert.Equal(1, policy.GetProperty("version").GetInt32());
        var rule = policy.GetProperty("policy").GetProperty("rules")[0];
        Assert.Equal(("csat-high", "open", "high", 1), (rule.GetProperty("key").GetString(), rule.GetProperty("effect").GetString(),
            rule.GetProperty("severity").GetString(), rule.GetProperty("when").GetProperty("csat").GetProperty("to").GetInt32()));
        Assert.Equal(240, policy.GetProperty("policy").GetProperty("targets").GetProperty("critical").GetProperty("targetMinutes").GetInt32());

        using var sender = await app.WithKey(ApiKeyScopes.Ingest, "sender");
        Assert.Equal(HttpStatusCode.Forbidden, (await sender.GetAsync(new Uri("/api/v1/policies", UriKind.Relative))).StatusCode);
    }
}
