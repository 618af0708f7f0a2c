using System.Data;
using System.Data.Common;
using CxDesk.Data.Feed;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>
/// The one way to the database. Reads see one committed state; writes are transactions that come one after the other
/// on SQLite (it has one writer) and are run again from their start when the engine asks for it.
/// </summary>
public sealed class Db : IDisposable
{
    private const int Tries = 5;

    // In seconds. On SQLite a read waits for nobody but one who holds the whole file; who waits there, waits on a thread.
    private const int ReadPatience = 5, WritePatience = 60;

    private readonly string _connectionString;
    private readonly SqliteReaders? _readers;
    private readonly SqliteFile? _file;
    private readonly TimeProvider _time;
    private readonly ChangeSignal _signal;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private int _waiting;
    private DbConnection? _writeConnection;
    private PreparedCommands? _prepared;
    private IsolationLevel? _readLevel;
    private long _waitingSince;

    public Db(DatabaseOptions options, TimeProvider time, ChangeSignal signal)
    {
        Time.Register();
        Dialect = SqlDialect.Of(options.Provider);
        _time = time;
        _signal = signal;
        _connectionString = options.ConnectionString;
        if (options.Provider != DatabaseProvider.Sqlite) return;
        _readers = new SqliteReaders(OnSqlite(options.ConnectionString, ReadPatience));
        _connectionString = OnSqlite(options.ConnectionString, WritePatience);
        _file = new SqliteFile(_connectionString);
    }

    public SqlDialect Dialect { get; }
    public DateTimeOffset Now => Time.Cut(_time.GetUtcNow());

    /// <summary>
    /// Since when the write whose turn it is has been kept from beginning by another process that holds SQLite's one write
    /// lock; null when none is. SQL Server locks rows, and tells by an error.
    /// </summary>
    public DateTimeOffset? WaitingSince => Volatile.Read(ref _waitingSince) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// Runs reads on one connection. Several statements that must agree with each other go into one call: they see one
    /// state (on SQL Server where the database allows snapshots: db/README.md).
    /// </summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (_readers is null)
        {
            await using var own = Dialect.Open(_connectionString);
            await using var snapshot = await own.BeginTransactionAsync(_readLevel ??= await Snapshots.LevelOf(own), cancel);
            return await work(new Session(own, snapshot, Dialect, Now, cancel, prepared: null));
        }
        var connection = _readers.Take();
        var isWhole = false;
        try
        {
            await using var transaction = connection.BeginRead();
            var result = await work(new Session(connection, transaction, Dialect, Now, cancel, prepared: null));
            isWhole = true;
            return result;
        }
        finally
        {
            if (isWhole) _readers.Give(connection);
            else await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// Runs a write in one transaction. <paramref name="work"/> may run more than once (deadlock, busy, or a duplicate
    /// key that a concurrent writer caused), so it must have no effect but its statements. What it reported through
    /// <see cref="Session.Changed"/> is logged with it and signalled after the commit.
    /// </summary>
    public async Task<T> Write<T>(Func<Session, Task<T>> work, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (result, topics, version) = Dialect == SqlDialect.Sqlite
                    ? await WriteAlone(work, cancel)
                    : await WriteOn(Dialect.Open(_connectionString), work, cancel);
                if (topics.Count > 0) _signal.Raise(new Change(version, topics) { OthersWait = Volatile.Read(ref _waiting) > 0 });
                return result;
            }
            catch (DbException e) when (attempt < Tries && (Dialect.IsWorthARetry(e) || Dialect.IsDuplicateKey(e)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), _time, cancel);
            }
        }
    }

    public Task Write(Func<Session, Task> work, CancellationToken cancel = default) =>
        Write(async s => { await work(s); return true; }, cancel);

    public void Dispose()
    {
        _readers?.Dispose();
        CloseWriter();
        _writer.Dispose();
    }

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> WriteAlone<T>(Func<Session, Task<T>> work, CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _writer.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            // A file that was moved away could be written to through its old handle, and nobody would ever find it again.
            if (_file!.IsAnother()) CloseWriter();
            // Kept open with its prepared statements: intake sends the same dozen again and again.
            _writeConnection ??= Dialect.Open(_connectionString);
            _prepared ??= new PreparedCommands(_writeConnection, Dialect);
            return await InTransaction(_writeConnection, _prepared, work, cancel);
        }
        finally
        {
            _writer.Release();
        }
    }

    private void CloseWriter()
    {
        _prepared?.Dispose();
        _writeConnection?.Dispose();
        (_prepared, _writeConnection) = (null, null);
    }

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> WriteOn<T>(DbConnection connection, Func<Session, Task<T>> work, CancellationToken cancel)
    {
        await using var owned = connection;
        using var prepared = new PreparedCommands(connection, Dialect);
        return await InTransaction(connection, prepared, work, cancel);
    }

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> InTransaction<T>(
        DbConnection connection, PreparedCommands prepared, Func<Session, Task<T>> work, CancellationToken cancel)
    {
        await using var transaction = await BeginWrite(connection, cancel);
        prepared.Enlist(transaction);
        var session = new Session(connection, transaction, Dialect, Now, cancel, prepared);
        var result = await work(session);
        await session.StoreGathered();
        var version = await session.LogChanges();
        await transaction.CommitAsync(cancel);
        session.Committed();
        return (result, session.Topics, version);
    }

    private async Task<DbTransaction> BeginWrite(DbConnection connection, CancellationToken cancel)
    {
        Volatile.Write(ref _waitingSince, connection is SqliteConnection ? _time.GetUtcNow().UtcTicks : 0);
        try
        {
            return await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }
    }

    private static string OnSqlite(string connectionString, int patience)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = patience, Pooling = false };
        // What is to stay open is kept by us. The schema is up: a file that is not there now is away (a volume not mounted), and an empty one must not take its place.
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate) settings.Mode = SqliteOpenMode.ReadWrite;
        return settings.ConnectionString;
    }
}
