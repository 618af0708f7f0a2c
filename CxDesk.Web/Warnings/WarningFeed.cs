using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Warnings;

namespace CxDesk.Web.Warnings;

/// <summary>
/// The warnings of this node, read once for all screens, programs and files that see the same rows and ask within the
/// same five minutes: they look ahead from the same moment, so that they are told the same.
/// </summary>
public sealed class WarningFeed : IDisposable
{
    private readonly Func<Viewer, Task<WarningBoard>> _read;
    private readonly ChangeSignal _signal;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<WarningBoard>> _boards = [];
    private DateTimeOffset _ends;

    public WarningFeed(Func<Viewer, Task<WarningBoard>> read, ChangeSignal signal, TimeProvider time)
    {
        (_read, _signal, _time) = (read, signal, time);
        _signal.Outdated += OnChanged;
    }

    /// <param name="cancel">Whoever goes leaves the reading to the others.</param>
    public Task<WarningBoard> Read(Viewer viewer, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var ends = WarningQuery.Ends(_time.GetUtcNow());
            if (ends != _ends) _boards.Clear();
            _ends = ends;
            if (!_boards.TryGetValue(viewer.Scope, out var board) || board.IsFaulted || board.IsCanceled)
                _boards[viewer.Scope] = board = Task.Run(() => _read(viewer), CancellationToken.None);
            return board.WaitAsync(cancel);
        }
    }

    public void Dispose() => _signal.Outdated -= OnChanged;

    // On the writer's thread. Who may see what is asked anew: a scope may have got another place or lost one.
    private void OnChanged(Change change)
    {
        if (!change.Topics.Contains(ChangeTopic.Units)) return;
        lock (_gate) _boards.Clear();
    }
}
