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
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly ChangeSignal _signal;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private DbConnection? _writeConnection;
    private PreparedCommands? _prepared;
    private IsolationLevel? _readLevel;

    public Db(DatabaseOptions options, TimeProvider time, ChangeSignal signal)
    {
        Time.Register();
        Dialect = SqlDialect.Of(options.Provider);
        _time = time;
        _signal = signal;
        _connectionString = options.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = 60 }.ConnectionString
            : options.ConnectionString;
    }

    public SqlDialect Dialect { get; }
    public DateTimeOffset Now => Time.Cut(_time.GetUtcNow());

    /// <summary>
    /// Runs reads on one connection. Several statements that must agree with each other go into one call: they see one
    /// state (on SQL Server where the database allows snapshots: db/README.md).
    /// </summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        await using var connection = Dialect.Open(_connectionString);
        await using var transaction = await BeginRead(connection, cancel);
        var session = new Session(connection, transaction, Dialect, Now, cancel, prepared: null);
        return await work(session);
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
                if (topics.Count > 0) _signal.Raise(new Change(version, topics));
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
        _prepared?.Dispose();
        _writeConnection?.Dispose();
        _writer.Dispose();
    }

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> WriteAlone<T>(Func<Session, Task<T>> work, CancellationToken cancel)
    {
        await _writer.WaitAsync(cancel);
        try
        {
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

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> WriteOn<T>(DbConnection connection, Func<Session, Task<T>> work, CancellationToken cancel)
    {
        await using var owned = connection;
        using var prepared = new PreparedCommands(connection, Dialect);
        return await InTransaction(connection, prepared, work, cancel);
    }

    private async Task<(T, IReadOnlyCollection<ChangeTopic>, long)> InTransaction<T>(
        DbConnection connection, PreparedCommands prepared, Func<Session, Task<T>> work, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        prepared.Enlist(transaction);
        var session = new Session(connection, transaction, Dialect, Now, cancel, prepared);
        var result = await work(session);
        await session.StoreGathered();
        var version = await session.LogChanges();
        await transaction.CommitAsync(cancel);
        session.Committed();
        return (result, session.Topics, version);
    }

    private async Task<DbTransaction> BeginRead(DbConnection connection, CancellationToken cancel) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: true)                                     // never waits for the writer
        : await connection.BeginTransactionAsync(_readLevel ??= await Snapshots.LevelOf(connection), cancel);
}
