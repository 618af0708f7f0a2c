using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxDesk.Web.Live;

/// <summary>How a snapshot is written, by the API and by the hub alike.</summary>
public static class LiveJson
{
    public static readonly JsonSerializerOptions Options = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }
}
