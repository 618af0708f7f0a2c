using CxDesk.Data.Feed;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;

namespace CxDesk.Web.Live;

/// <summary>
/// One board on its way to one client of the hub. Whoever reads the board hands it over and goes on: it is sent at once,
/// and to a client that reads slowly once its buffer is free, the newest one then.
/// </summary>
/// <param name="mayLook">Asked before each sending.</param>
/// <param name="send">Done once the client's own buffer has taken it.</param>
public sealed class LivePush(Func<ValueTask<bool>> mayLook, Func<IVersioned, ValueTask> send)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IVersioned? _newest;
    private int _isSending = 1;

    /// <summary>The board is no more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Takes a reading of the board. A failed one leaves the client with what it has.</summary>
    public void Hear<TBoard>(Reading<TBoard> reading) where TBoard : class, IVersioned
    {
        if (reading is not { Board: { } board, FailingSince: null }) return;
        Volatile.Write(ref _newest, board);
        Wake();
    }

    /// <summary>Has it asked anew whether the client may look.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isSending, 1) == 0) _ = Send();
    }

    /// <summary>Sends until the client may look no more, or there is nothing more to look at.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async Task Run(CancellationToken left)
    {
        await Send();
        await _ended.Task.WaitAsync(left);
    }

    // One at a time. What comes in meanwhile is found at the end of it, or begins another. It fails nowhere but in Run.
    private async Task Send()
    {
        try
        {
            do
            {
                IVersioned? board;
                do
                {
                    board = Interlocked.Exchange(ref _newest, null);
                    IsGone = board is WallSnapshot { IsGone: true };
                    if (IsGone || !await mayLook())
                    {
                        _ended.TrySetResult();
                        return;
                    }
                    if (board is not null) await send(board);
                }
                while (board is not null);
                Interlocked.Exchange(ref _isSending, 0);
            }
            while (Volatile.Read(ref _newest) is not null && Interlocked.Exchange(ref _isSending, 1) == 0);
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
        }
    }
}
