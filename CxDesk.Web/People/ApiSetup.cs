using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using CxDesk.Data;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;

namespace CxDesk.Web.People;

/// <summary>The API's own house: keys, scopes, limits, faults, description.</summary>
public static class ApiSetup
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = builder.AddSettings<ApiOptions>("Api");
        services.AddProblemDetails();
        // A body that cannot be read is answered by ApiFaults, in every environment alike.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => ApiKeyHandler.Serves(context.Request.Path)
                ? RateLimitPartition.GetFixedWindowLimiter(Caller(context), _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = options.RequestsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                })
                : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return new ValueTask(ApiFaults.Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests, 
                    rejected.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<PeopleText>>()["Api.TooMany", options.RequestsPerMinute]));
            };
        });
        services.AddAuthorizationBuilder()
            .AddPolicy("ingest", p => p.RequireClaim(CxClaims.Scope, "ingest"))
            .AddPolicy("read", p => p.RequireClaim(CxClaims.Scope, "read"))
            .AddPolicy("desk", p => p.RequireClaim(CxClaims.Scope, "desk"));
        services.AddOpenApi("v1", o =>
        {
            o.ShouldInclude = d => d.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            o.AddOperationTransformer((operation, context, _) =>
            {
                NamePath(operation, context.Description.RelativePath ?? "");
                return Task.CompletedTask;
            });
            o.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>The group that every feature's API is mapped on. An endpoint names its scope: <c>.RequireAuthorization("read")</c>.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        return app.MapGroup("/api/v1")
            .RequireAuthorization()
            .DisableAntiforgery()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
    }

    // A caller without a key is known by where the request comes from, so that guessing is limited as well.
    private static string Caller(HttpContext context) =>
        context.User.FindFirst(CxClaims.KeyId)?.Value ?? "from " + context.Connection.RemoteIpAddress;

    // An endpoint that reads its route values by hand binds none of them, and a path with an unnamed one is no valid description.
    private static void NamePath(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (var name in path.Split('/').Where(p => p is ['{', .., '}']).Select(p => p[1..^1]).Where(n => operation.Parameters.All(p => p.Name != n)))
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info.Title = "CxDesk";
        document.Info.Description = "Answers and measurements in, cases, scorecards and the live board out. Faults of a request are problem details.";
        var key = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyHandler.Header,
            Description = "A key from /admin/keys or the verb apikey, with the scopes ingest, read or desk.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["key"] = key;
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
    }
}

/// <summary>Section <c>Api</c> of the settings.</summary>
public sealed class ApiOptions : ISettings
{
    /// <summary>For each key. It stops a loop that ran wild, not a busy intake.</summary>
    public int RequestsPerMinute { get; set; } = 300_000;

    public IEnumerable<string> Faults()
    {
        if (RequestsPerMinute < 1) yield return "Api:RequestsPerMinute: 1 or more.";
    }
}
