using System.Text.Json.Nodes;
using CxDesk.Data.Policies;

namespace CxDesk.Web.Policies;

/// <summary>The policy in force, for programs.</summary>
public static class PoliciesApi
{
    public static void MapPoliciesApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/policies", async (PolicyQuery query, CancellationToken cancel) =>
            {
                var policy = await query.InForce(cancel);
                return new PolicyDocument(policy.Version, JsonNode.Parse(policy.ToJson())!);
            })
            .RequireAuthorization("read")
            .WithSummary("The policy in force: which answers open a case, how urgent, in what time. All times are business minutes.");

    /// <param name="Version">Counts up with each policy that is switched on.</param>
    /// <param name="Policy">Rules, targets, owner, reopen.</param>
    public sealed record PolicyDocument(int Version, JsonNode Policy);
}
