using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization;
using CxDesk.Data.Feed;
using CxDesk.Web.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxDesk.Tests.Live;

public sealed class LiveConnectionsTests
{
    private readonly LiveConnections _connections = new(NullLogger<DefaultHubLifetimeManager<LiveHub>>.Instance);

    private sealed class Board : IVersioned
    {
        private int _written;

        [JsonIgnore] public int Written => _written;

        public long Version => Interlocked.Increment(ref _written);

        public string Text => new('x', 5_000);
    }

    [Fact]
    public async Task A_client_that_never_reads_waits_for_itself_alone_and_a_snapshot_is_written_once_for_all()
    {
        // Takes one snapshot into its buffer, and no more until somebody reads.
        var slow = await Connect("slow", buffer: 1_024);
        var quick = await Connect("quick", buffer: 1_000_000);
        var first = new Board();
        var stuck = _connections.Push("slow", first, default);
        await _connections.Push("quick", first, default);
        Assert.False(stuck.IsCompleted);
        Assert.Equal(1, first.Written);

        for (var i = 0; i < 3; i++) await _connections.Push("quick", new Board(), default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(stuck.IsCompleted);
        Assert.Equal(4, await Snapshots(quick));
        await Snapshots(slow);
        await stuck.AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Who_has_gone_is_forgotten()
    {
        var connection = await Open("gone", new Pipe());
        Assert.Equal(1, _connections.Count);
        await _connections.OnDisconnectedAsync(connection);
        Assert.Equal(0, _connections.Count);
        await _connections.Push("gone", new Board(), default);
    }

    private async Task<PipeReader> Connect(string id, long buffer)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2, useSynchronizationContext: false));
        await Open(id, pipe);
        return pipe.Reader;
    }

    private async Task<HubConnectionContext> Open(string id, Pipe output)
    {
        var transport = new Duplex(new Pipe().Reader, output.Writer);
        var connection = new HubConnectionContext(new DefaultConnectionContext(id, transport, transport), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol(),
        };
        await _connections.OnConnectedAsync(connection);
        return connection;
    }

    private static async Task<int> Snapshots(PipeReader from)
    {
        var read = await from.ReadAsync();
        var text = Encoding.UTF8.GetString(read.Buffer);
        from.AdvanceTo(read.Buffer.End);
        return text.Split(nameof(ILiveClient.SnapshotChanged)).Length - 1;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
