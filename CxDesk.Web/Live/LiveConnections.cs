using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CxDesk.Data.Feed;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CxDesk.Web.Live;

/// <summary>
/// The hub's connections of this node. A snapshot goes out to each by itself, so that a client that reads slowly waits
/// for itself alone; and it is written as JSON once, whatever the number of clients.
/// </summary>
/// <remarks>SignalR's own groups write it once as well, but have all members wait for the slowest.</remarks>
public sealed class LiveConnections(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : DefaultHubLifetimeManager<LiveHub>(log)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new();
    private readonly ConditionalWeakTable<IVersioned, SerializedHubMessage> _written = [];

    public int Count => _connections.Count;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>Calls <see cref="ILiveClient.SnapshotChanged"/> at one client. Done once the client's own buffer has taken it.</summary>
    public ValueTask Push(string connectionId, IVersioned snapshot, CancellationToken cancel) =>
        _connections.TryGetValue(connectionId, out var connection)
            ? connection.WriteAsync(_written.GetValue(snapshot, Write), cancel)
            : ValueTask.CompletedTask;

    private static SerializedHubMessage Write(IVersioned snapshot) =>
        new(new InvocationMessage(nameof(ILiveClient.SnapshotChanged), [snapshot]));
}
