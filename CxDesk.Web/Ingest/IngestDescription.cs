using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CxDesk.Web.Ingest;

/// <summary>
/// The bodies of intake as /openapi/v1.json describes them. No type is bound from them: fields are read one by one, so
/// that one bad item is named and the good ones beside it are stored.
/// </summary>
public static class IngestDescription
{
    private const int Code = 200;

    public static TBuilder TakesResponses<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.Takes("ResponseItem", new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "At least one score or rating is needed.",
        Required = new HashSet<string> { "externalId", "source", "respondedAt", "channel", "product", "region" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["externalId"] = Text(Code, "With source the identity: sent again it changes nothing."),
            ["source"] = Text(Code),
            ["respondedAt"] = Time(),
            ["channel"] = Text(Code),
            ["touchpoint"] = Text(Code),
            ["product"] = Text(Code),
            ["region"] = Text(Code),
            ["agent"] = Text(Code),
            ["customer"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "id" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["id"] = Text(Code),
                    ["name"] = Text(Code),
                    ["segment"] = Text(Code),
                    ["value12m"] = Number(0, null, "Spend in the last 12 months, in the company's currency."),
                    ["phone"] = Text(Code),
                    ["email"] = Text(320),
                    ["language"] = Text(35),
                    ["noContact"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                },
            },
            ["scores"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["csat"] = Whole(1, 5), ["nps"] = Whole(0, 10), ["ces"] = Whole(1, 7) },
            },
            ["ratings"] = Map("By attribute, 1 to 5 unless it is set up otherwise; repurchase, recommend and reference are intent."),
            ["operational"] = Map("By measure: durations in seconds, shares 0 to 1."),
            ["comment"] = Text(10_000),
            ["language"] = Text(35),
        },
    });

    public static TBuilder TakesMeasurements<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.Takes("MeasurementItem", new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "externalId", "source", "measure", "at", "value" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["externalId"] = Text(Code, "With source the identity: sent again it changes nothing."),
            ["source"] = Text(Code),
            ["measure"] = Text(Code),
            ["at"] = Time(),
            ["region"] = Text(Code),
            ["product"] = Text(Code),
            ["agent"] = Text(Code),
            ["channel"] = Text(Code),
            ["value"] = Number(null, null, "The mean of the observations: durations in seconds, shares 0 to 1."),
            ["count"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Default = JsonValue.Create(1), Description = "Observations." },
        },
    });

    private static TBuilder Takes<TBuilder>(this TBuilder endpoint, string name, OpenApiSchema item) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            var document = context.Document!;
            document.AddComponent(name, item);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            OneOf =
                            [
                                new OpenApiSchemaReference(name, document),
                                new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = IntakeBody.MostItems, Items = new OpenApiSchemaReference(name, document) },
                            ],
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Text(int most, string? words = null) => new() { Type = JsonSchemaType.String, MaxLength = most, Description = words };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time", Description = "With Z or an offset." };

    private static OpenApiSchema Whole(int lowest, int highest) => new() { Type = JsonSchemaType.Integer, Minimum = $"{lowest}", Maximum = $"{highest}" };

    private static OpenApiSchema Number(int? lowest, int? highest, string words) =>
        new() { Type = JsonSchemaType.Number, Minimum = lowest?.ToString(), Maximum = highest?.ToString(), Description = words };

    private static OpenApiSchema Map(string words) =>
        new() { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Number }, Description = words };
}
