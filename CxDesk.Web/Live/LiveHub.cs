using System.Collections.Concurrent;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Web.Displays;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Walls;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>What the hub calls at its clients.</summary>
public interface ILiveClient
{
    /// <summary>
    /// The board as it is now: at once after Subscribe, then at most four times a second, and at least on the feed's slow beat.
    /// </summary>
    /// <param name="snapshot">A <see cref="LiveSnapshot"/>, or the <see cref="WallSnapshot"/> of a wall.</param>
    Task SnapshotChanged(object snapshot);
}

/// <summary>Pushes live boards to other programs: the same snapshots that the pages show.</summary>
public sealed class LiveHub(
    LiveFeed live, WallFeed walls, WallQuery wallQuery, IServiceScopeFactory scopes, LiveConnections connections, LiveSight sight,
    DisplayGate displays, DisplaySightings sightings, IStringLocalizer<LiveText> text)
    : Hub<ILiveClient>
{
    private const string Boards = "boards";

    /// <summary>Begins to push a board, until the connection ends. A second call for the same board pushes nothing twice.</summary>
    /// <param name="board">See <see cref="LiveBoardName"/>.</param>
    /// <returns>The board as it is now: a <see cref="LiveSnapshot"/>, or a <see cref="WallSnapshot"/>.</returns>
    /// <exception cref="HubException">There is no such board, or it cannot be read at present.</exception>
    public async Task<object> Subscribe(string? board)
    {
        var name = LiveBoardName.Of(board);
        if (name is null || name.Wall is { } code && !await wallQuery.Has(code, Context.ConnectionAborted))
            throw new HubException(text["Hub.NoBoard", board ?? "", LiveBoardName.Known]);
        var own = (ConcurrentDictionary<LiveBoardName, Lazy<Task>>)Context.Items[Boards]!;
        var context = Context;
        await using var scope = scopes.CreateAsyncScope();
        var who = Viewer(scope, context, name);
        if (await who() is null) throw new HubException(text["Hub.NotYours", board!]);
        _ = own.GetOrAdd(name, n => new Lazy<Task>(() => Push(n, context))).Value;

        await foreach (var reading in Follow(name, who, context))
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
            var who = Viewer(scope, context, name);
            // Who loses or gains a place goes on under the new scope. Of a deleted wall whoever comes back is told that there is none.
            while (await who() is { } viewer && await Push(name, viewer, who, context)) { }
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

    /// <returns>Whether there is still something to push, if to whoever the client is by now.</returns>
    private async Task<bool> Push(LiveBoardName name, Viewer viewer, Func<ValueTask<Viewer?>> who, HubCallerContext context)
    {
        var push = new LivePush(sight.Of(async () => (await who())?.Scope == viewer.Scope),
            board => connections.Push(context.ConnectionId, board, context.ConnectionAborted));
        using var listening = name.Wall is { } wall ? walls.Listen(wall, push.Hear) : live.Listen(name.Live!, viewer, push.Hear);
        sight.Changed += push.Wake;
        try
        {
            await push.Run(context.ConnectionAborted);
        }
        finally
        {
            sight.Changed -= push.Wake;
        }
        return !push.IsGone;
    }

    private async IAsyncEnumerable<Reading<IVersioned>> Follow(LiveBoardName name, Func<ValueTask<Viewer?>> who, HubCallerContext context)
    {
        if (name.Live is { } filter)
            await foreach (var reading in live.Follow(filter, who, context.ConnectionAborted)) yield return reading.As<IVersioned>();
        else if (name.Wall is { } wall)
            await foreach (var reading in walls.Follow(wall, async () => await who() is not null, context.ConnectionAborted))
            {
                // Deleted: whoever comes back is told that there is no such board.
                if (reading.Board is { IsGone: true }) yield break;
                yield return reading.As<IVersioned>();
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
        return async () => await viewer.Of(context.User) is { } caller ? name.Wall is null ? caller : LiveFeed.Display : null;
    }
}
