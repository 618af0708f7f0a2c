using System.Collections.Concurrent;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Displays;
using CxDesk.Web.People;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>What the hub calls at its clients.</summary>
public interface ILiveClient
{
    /// <summary>The board as it is now: at once after Subscribe, then at most four times a second, and at least on the feed's slow beat.</summary>
    Task SnapshotChanged(LiveSnapshot snapshot);
}

/// <summary>Pushes live boards to other programs: the same snapshots that the pages show.</summary>
public sealed class LiveHub(
    LiveFeed feed, IServiceScopeFactory scopes, LiveConnections connections, DisplayGate displays, DisplaySightings sightings, IStringLocalizer<LiveText> text)
    : Hub<ILiveClient>
{
    private const string Boards = "boards";

    /// <summary>Begins to push a board, until the connection ends. A second call for the same board pushes nothing twice.</summary>
    /// <param name="board">See <see cref="LiveBoardName"/>.</param>
    /// <returns>The board as it is now.</returns>
    /// <exception cref="HubException">There is no such board, or it cannot be read at present.</exception>
    public async Task<LiveSnapshot> Subscribe(string? board)
    {
        var name = LiveBoardName.Of(board)
            ?? throw new HubException(text["Hub.NoBoard", board ?? "", LiveBoardName.Known]);
        var own = (ConcurrentDictionary<LiveBoardName, Lazy<Task>>)Context.Items[Boards]!;
        var context = Context;
        await using var scope = scopes.CreateAsyncScope();
        var who = Viewer(scope, context, name);
        if (await who() is null) throw new HubException(text["Hub.NotYours", board!]);
        _ = own.GetOrAdd(name, n => new Lazy<Task>(() => Push(n, context))).Value;

        await foreach (var reading in feed.Follow(name.Filter, who, Context.ConnectionAborted))
            return reading.Board ?? throw new HubException(text["Hub.Unread"]);
        throw new HubException(text["Hub.Gone"]);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[Boards] = new ConcurrentDictionary<LiveBoardName, Lazy<Task>>();
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception) =>
        Task.WhenAll(((ConcurrentDictionary<LiveBoardName, Lazy<Task>>)Context.Items[Boards]!).Values.Select(t => t.Value));

    // A hub object lives for one call; this lives as long as its connection.
    private async Task Push(LiveBoardName name, HubCallerContext context)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await foreach (var reading in feed.Follow(name.Filter, Viewer(scope, context, name), context.ConnectionAborted))
                if (reading is { Board: { } board, FailingSince: null })
                    await connections.Push(context.ConnectionId, board, context.ConnectionAborted);
            context.Abort();
        }
        catch (OperationCanceledException) when (context.ConnectionAborted.IsCancellationRequested)
        {
        }
        catch
        {
            // A client that is cut off comes back; one that hears nothing more would wait for ever.
            context.Abort();
            throw;
        }
    }

    // A wall's board is a display's, whoever asks; the caller must still be let in: a person or a key to all of them, a
    // display to its own.
    private Func<ValueTask<Viewer?>> Viewer(AsyncServiceScope scope, HubCallerContext context, LiveBoardName name)
    {
        if (context.User?.FindFirst(CxClaims.Display)?.Value is { } token) return async () =>
        {
            if (await displays.Find(token) is not { } display || name.Wall != display.WallCode) return null;
            sightings.Note(display.Id, null);
            return LiveFeed.Display;
        };
        var viewer = scope.ServiceProvider.GetRequiredService<CurrentViewer>();
        return async () => await viewer.Of(context.User) is { } caller ? name.IsWall ? LiveFeed.Display : caller : null;
    }
}
