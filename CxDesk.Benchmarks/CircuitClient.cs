using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CxDesk.Benchmarks;

/// <summary>
/// One screen without a browser: it gets a page, starts its circuit as blazor.web.js does, acknowledges every render batch
/// and answers the calls of JavaScript with nothing. Compression is offered, as browsers do.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private const int Invocation = 1, Completion = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<ReadOnlySpan<byte>> _heard;
    private Task _listening = Task.CompletedTask;
    private byte[] _bytes = new byte[32 * 1024];
    private int _have;

    private readonly ServerProcess _server;
    private string? _circuit;

    private CircuitClient(ServerProcess server, Action<ReadOnlySpan<byte>> heard) => (_server, _heard) = (server, heard);

    /// <param name="cookie">The <c>Cookie</c> header, or null.</param>
    /// <param name="heard">Given each render batch as it comes in.</param>
    public static async Task<CircuitClient> Open(ServerProcess server, string path, string? cookie, Action<ReadOnlySpan<byte>> heard)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var page = await answer.Content.ReadAsStringAsync();
        var markers = Marker().Matches(page).Select(found => found.Groups[1].Value).Where(marker => marker.Contains("\"descriptor\"", StringComparison.Ordinal)).ToList();
        if (markers.Count == 0) throw new InvalidOperationException($"{path} has nothing interactive:\n{page}");

        var client = new CircuitClient(server, heard);
        client._socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        if (cookie is not null) client._socket.Options.SetRequestHeader("Cookie", cookie);
        await client._socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
        await client._socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, default);
        await client._socket.ReceiveAsync(client._bytes, default);
        client._listening = client.Listen();

        var state = State().Match(page) is { Success: true } kept ? kept.Groups[1].Value : "";
        var operations = markers.Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker}}}""");
        await client.Send("0", "StartCircuit", server.Address.ToString(), new Uri(server.Address, path).ToString(), "[]", state);
        await client.Send(null, "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
        await client._drawn.Task.WaitAsync(Patience);
        return client;
    }

    public bool HasEnded => _listening.IsCompleted;

    /// <summary>Leaves as a page does that is closed: the server keeps nothing for its return.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_circuit is not null)
        {
            using var gone = new MultipartFormDataContent { { new StringContent(_circuit), "circuitId" } };
            (await _server.Http.PostAsync("/_blazor/disconnect", gone)).Dispose();
        }
        await _stop.CancelAsync();
        _socket.Abort();
        await _listening;
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^>]*)-->")]
    private static partial Regex State();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                if (_have == _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
                var got = await _socket.ReceiveAsync(_bytes.AsMemory(_have), _stop.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                _have += got.Count;
                var used = 0;
                while (PackReader.Message(_bytes.AsSpan(used, _have - used), out var start, out var length))
                {
                    if (Answer(_bytes.AsSpan(used + start, length)) is { } answer) await answer;
                    used += start + length;
                }
                _have -= used;
                if (used > 0) _bytes.AsSpan(used, _have).CopyTo(_bytes);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The end, by either side.
        }
        finally
        {
            _drawn.TrySetException(new InvalidOperationException("The circuit ended before it had drawn anything."));
        }
    }

    /// <returns>What to say to a message, under way; null where it needs no word.</returns>
    private Task? Answer(ReadOnlySpan<byte> message)
    {
        var reader = new PackReader(message);
        reader.Array();
        var kind = reader.Int();
        if (kind is not (Invocation or Completion)) return null;
        reader.Skip();
        reader.Skip();
        if (kind == Completion)
        {
            // The only thing that is asked for is the circuit: its id, or a fault.
            if (reader.Int() == 3) _circuit = Encoding.UTF8.GetString(reader.Bytes());
            return null;
        }
        var target = reader.Bytes();
        if (target.SequenceEqual("JS.RenderBatch"u8))
        {
            reader.Array();
            var id = reader.Int();
            _heard(reader.Bytes());
            _drawn.TrySetResult();
            return Send(null, "OnRenderCompleted", id, null);
        }
        if (target.SequenceEqual("JS.BeginInvokeJS"u8))
        {
            reader.Array();
            var call = reader.Int();
            return call == 0 ? null : Send(null, "EndInvokeJSFromDotNet", call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,null]"));
        }
        if (target.SequenceEqual("JS.Error"u8)) _drawn.TrySetException(new InvalidOperationException(Encoding.UTF8.GetString(message)));
        return null;
    }

    private async Task Send(string? invocation, string target, params object?[] arguments)
    {
        var message = PackWriter.Invocation(invocation, target, arguments);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}

/// <summary>As much of MessagePack, and of the lengths before its messages, as a circuit's hub says.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Whether a whole message stands at the beginning, and where: its length comes first, seven bits a byte.</summary>
    public static bool Message(ReadOnlySpan<byte> bytes, out int start, out int length)
    {
        (start, length) = (0, 0);
        while (start < bytes.Length)
        {
            var part = bytes[start];
            length |= (part & 0x7f) << (7 * start++);
            if (part < 0x80) return start + length <= bytes.Length;
        }
        return false;
    }

    public int Array() => Byte() switch
    {
        >= 0x90 and <= 0x9f and var small => small & 0x0f,
        0xdc => (int)Number(2),
        0xdd => (int)Number(4),
        var other => throw new FormatException($"no array: {other:x2}"),
    };

    public long Int() => Byte() switch
    {
        <= 0x7f and var small => small,
        >= 0xe0 and var negative => (sbyte)negative,
        0xcc or 0xd0 => Number(1),
        0xcd or 0xd1 => Number(2),
        0xce or 0xd2 => Number(4),
        0xcf or 0xd3 => Number(8),
        var other => throw new FormatException($"no number: {other:x2}"),
    };

    /// <summary>Of a text or of bytes.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Byte() switch
    {
        >= 0xa0 and <= 0xbf and var small => small & 0x1f,
        0xc4 or 0xd9 => (int)Number(1),
        0xc5 or 0xda => (int)Number(2),
        0xc6 or 0xdb => (int)Number(4),
        var other => throw new FormatException($"no bytes: {other:x2}"),
    });

    /// <summary>Passes over nothing, an empty map or a text: what stands before a target.</summary>
    public void Skip()
    {
        if (_left[0] is 0xc0 or 0x80) Byte();
        else Bytes();
    }

    private byte Byte() => Take(1)[0];

    private long Number(int bytes)
    {
        var number = 0L;
        foreach (var part in Take(bytes)) number = number << 8 | part;
        return number;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}

/// <summary>The other way round.</summary>
internal static class PackWriter
{
    /// <param name="id">Null where no answer is wanted.</param>
    /// <param name="arguments">Texts, long numbers, true, and nothing.</param>
    public static byte[] Invocation(string? id, string target, object?[] arguments)
    {
        using var body = new MemoryStream();
        body.Write([0x96, 1, 0x80]);
        Write(body, id);
        Write(body, target);
        body.WriteByte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments) Write(body, argument);
        body.WriteByte(0x90);
        using var message = new MemoryStream();
        var length = (int)body.Length;
        for (; length > 0x7f; length >>= 7) message.WriteByte((byte)(length | 0x80));
        message.WriteByte((byte)length);
        body.WriteTo(message);
        return message.ToArray();
    }

    private static void Write(MemoryStream body, object? value)
    {
        switch (value)
        {
            case null: body.WriteByte(0xc0); break;
            case bool truth: body.WriteByte(truth ? (byte)0xc3 : (byte)0xc2); break;
            case long number: Write(body, 0xd3, number, 8); break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Write(body, 0xdb, bytes.Length, 4);
                body.Write(bytes);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value, "not written here");
        }
    }

    private static void Write(MemoryStream body, byte code, long number, int bytes)
    {
        body.WriteByte(code);
        for (var i = bytes - 1; i >= 0; i--) body.WriteByte((byte)(number >> (8 * i)));
    }
}
