using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Ingest;

/// <summary>The body of an intake request: one object, or an array of them. Whatever else it is, is a fault of the request.</summary>
public sealed class IntakeBody(IStringLocalizer<IngestText> text)
{
    public const int MostItems = 1_000;
    public const int MostMebibytes = 8;
    private const int MostBytes = MostMebibytes * 1024 * 1024;

    /// <exception cref="BadHttpRequestException">400 or 413, with words for the sender.</exception>
    public async Task<JsonDocument> Read(HttpRequest request)
    {
        var bytes = await ReadBytes(request);
        if (!Utf8.IsValid(bytes.Span)) throw new BadHttpRequestException(text["Body.NotUtf8", ValidBytes(bytes.Span) + 1]);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException(text["Body.NotJson", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1]);
        }
        var root = document.RootElement;
        if (root.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) throw new BadHttpRequestException(text["Body.NotItems"]);
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > MostItems)
            throw new BadHttpRequestException(text["Body.TooMany", root.GetArrayLength(), MostItems]);
        return document;
    }

    public static IEnumerable<JsonElement> Items(JsonDocument body) =>
        body.RootElement.ValueKind == JsonValueKind.Array ? body.RootElement.EnumerateArray() : [body.RootElement];

    private async Task<ReadOnlyMemory<byte>> ReadBytes(HttpRequest request)
    {
        var tooLarge = new BadHttpRequestException(text["Body.TooLarge", MostMebibytes], StatusCodes.Status413PayloadTooLarge);
        if (request.ContentLength > MostBytes) throw tooLarge;
        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > MostBytes) throw tooLarge;
            body.Write(buffer, 0, read);
        }
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    private static int ValidBytes(ReadOnlySpan<byte> bytes)
    {
        var valid = 0;
        while (valid < bytes.Length && Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == System.Buffers.OperationStatus.Done) valid += length;
        return valid;
    }
}
