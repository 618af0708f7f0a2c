using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace CxDesk.Benchmarks;

/// <summary>
/// One client of a hub: a bare socket that speaks as much of WebSockets and of the hub's JSON protocol as it takes to be
/// pushed at. A thousand of them must leave the machine to the server, so a message is not parsed: whoever opens the
/// client is given its bytes.
/// </summary>
internal sealed class HubClient : IDisposable
{
    private const byte EndOfMessage = 0x1e;
    private const int Text = 1, Close = 8, Ping = 9, Pong = 10;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Action<ReadOnlySpan<byte>> _heard;
    private byte[] _read = new byte[16 * 1024];
    private byte[] _message = new byte[16 * 1024];
    private int _have, _length;

    private HubClient(Action<ReadOnlySpan<byte>> heard) => _heard = heard;

    /// <summary>What stands before the time in a snapshot.</summary>
    public static ReadOnlySpan<byte> Stamp => "\"asOf\":\""u8;

    /// <summary>Completes when the connection ends.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="heard">Given each message of the protocol, handshake and pings among them. It is called on the reading thread.</param>
    /// <param name="first">What to say once connected: an invocation, or null.</param>
    public static async Task<HubClient> Open(Uri server, string path, string? first, Action<ReadOnlySpan<byte>> heard)
    {
        var client = new HubClient(heard);
        await client._socket.ConnectAsync(server.Host, server.Port);
        await client._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n\r\n"));
        await client.Upgraded();
        await client.Send(Text, "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray());
        if (first is not null) await client.Send(Text, Encoding.UTF8.GetBytes(first + "\u001e"));
        client.Ended = client.Listen();
        return client;
    }

    public void Dispose() => _socket.Dispose();

    private async Task Upgraded()
    {
        while (true)
        {
            _have += await Some();
            var end = _read.AsSpan(0, _have).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (!_read.AsSpan(0, end).StartsWith("HTTP/1.1 101"u8)) throw new IOException(Encoding.UTF8.GetString(_read, 0, _have));
            Drop(end + 4);
            return;
        }
    }

    private async Task<int> Some()
    {
        if (_have == _read.Length) Array.Resize(ref _read, _read.Length * 2);
        var got = await _socket.ReceiveAsync(_read.AsMemory(_have), SocketFlags.None);
        return got > 0 ? got : throw new EndOfStreamException();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var used = 0;
                while (Frame(_read.AsSpan(used, _have - used)) is > 0 and var length) used += length;
                Drop(used);
                _have += await Some();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The end, by either side.
        }
    }

    private void Drop(int used)
    {
        _have -= used;
        if (_have > 0 && used > 0) _read.AsSpan(used, _have).CopyTo(_read);
    }

    /// <returns>The length of the frame at the beginning of the bytes; 0 where it is not whole yet.</returns>
    private int Frame(Span<byte> bytes)
    {
        if (bytes.Length < 2) return 0;
        var (header, length) = (bytes[1] & 0x7f) switch
        {
            126 when bytes.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 when bytes.Length >= 10 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            126 or 127 => (0, int.MaxValue),
            var small => (2, small),
        };
        if (header == 0 || bytes.Length < header + length) return 0;
        switch (bytes[0] & 0x0f)
        {
            case Close: throw new EndOfStreamException();
            case Ping: _ = Send(Pong, bytes.Slice(header, length).ToArray()); break;
            case Pong: break;
            default: Payload(bytes.Slice(header, length)); break;
        }
        return header + length;
    }

    // A frame may hold several messages, and a message several frames.
    private void Payload(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(EndOfMessage) is >= 0 and var end)
        {
            if (_length == 0)
            {
                _heard(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                _heard(_message.AsSpan(0, _length));
                _length = 0;
            }
            bytes = bytes[(end + 1)..];
        }
        Keep(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_message.Length < _length + bytes.Length) Array.Resize(ref _message, Math.Max(_message.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_message.AsSpan(_length));
        _length += bytes.Length;
    }

    // Clients must mask; a mask of zeros leaves the bytes as they are.
    private async Task Send(int opcode, byte[] payload)
    {
        byte[] header = payload.Length < 126
            ? [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : [(byte)(0x80 | opcode), 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        await _socket.SendAsync((byte[])[.. header, .. payload]);
    }
}
