using System.Data.Common;
using System.Diagnostics;
using CxDesk.Data.Feed;
using Dapper;

namespace CxDesk.Data.Database;

/// <summary>What a write gathers as it goes, and stores once, after all else and before the commit.</summary>
internal interface IGathered
{
    Task Store(Session session);
}

/// <summary>A connection inside its transaction, as <see cref="Db.Read"/> and <see cref="Db.Write"/> hand it out.</summary>
public sealed class Session
{
    private static readonly Statement LogChange = new(d => $"""
        INSERT INTO ChangeLog (ChangedAt, Topic) {d.Output("Id")} VALUES (@at, @topic) {d.Returning("Id")}
        """);

    // On SQL Server numbers are given before commits. Writers take this row in turn, last of all that they lock, so that
    // numbers become visible in their order and whoever tails the log misses none. SQLite has one writer anyway.
    private static readonly Statement TakeTurn = Statement.PerEngine("SELECT 1", "UPDATE Settings SET Setting = Setting WHERE Name = N'changeLog'");

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly PreparedCommands? _prepared;
    private readonly SortedSet<ChangeTopic> _topics = [];
    private readonly List<Action> _afterCommit = [];
    private readonly List<IGathered> _gathered = [];

    internal Session(DbConnection connection, DbTransaction transaction, SqlDialect dialect, DateTimeOffset now, CancellationToken cancel, PreparedCommands? prepared)
    {
        (_connection, _transaction, Dialect, Now, Cancel, _prepared) = (connection, transaction, dialect, now, cancel, prepared);
    }

    public SqlDialect Dialect { get; }
    public DateTimeOffset Now { get; }
    public CancellationToken Cancel { get; }
    public IReadOnlyCollection<ChangeTopic> Topics => _topics;

    internal bool IsWrite => _prepared is not null;

    /// <summary>Before its first statement, by the machine's own counter.</summary>
    internal long BegunAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The command's parameters are the properties of <paramref name="parameters"/>.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(Statement statement, object? parameters = null) =>
        (await _connection.QueryAsync<T>(Command(statement, parameters))).AsList();

    public Task<T?> First<T>(Statement statement, object? parameters = null) =>
        _connection.QueryFirstOrDefaultAsync<T?>(Command(statement, parameters));

    public async Task<T> Single<T>(Statement statement, object? parameters = null) =>
        await _connection.QuerySingleAsync<T>(Command(statement, parameters));

    /// <returns>How many rows it changed.</returns>
    public Task<int> Execute(Statement statement, object? parameters = null) =>
        _connection.ExecuteAsync(Command(statement, parameters));

    /// <summary>A command that is prepared once and run many times; its values are set by position. Writes only.</summary>
    public PreparedCommand Prepare(Statement statement, params string[] parameters) =>
        (_prepared ?? throw new InvalidOperationException("Prepared commands belong to a write.")).Get(statement, parameters);

    /// <summary>Says what kind of thing this write changes: the feed re-reads it once the write is committed.</summary>
    public void Changed(ChangeTopic topic) => _topics.Add(topic);

    /// <summary>This write's one gathering of a kind.</summary>
    internal T Gather<T>() where T : class, IGathered, new()
    {
        if (_gathered.OfType<T>().FirstOrDefault() is { } known) return known;
        var gathered = new T();
        _gathered.Add(gathered);
        return gathered;
    }

    internal async Task StoreGathered()
    {
        foreach (var gathered in _gathered) await gathered.Store(this);
    }

    /// <summary>Does something once this write is committed, and never if it is rolled back.</summary>
    internal void AfterCommit(Action work) => _afterCommit.Add(work);

    internal void Committed()
    {
        foreach (var work in _afterCommit) work();
    }

    internal async Task<long> LogChanges()
    {
        var version = 0L;
        if (_topics.Count > 0 && Dialect.Provider == DatabaseProvider.SqlServer) await Execute(TakeTurn);
        foreach (var topic in _topics)
            version = await Single<long>(LogChange, new { at = Now, topic = (int)topic });
        return version;
    }

    private CommandDefinition Command(Statement statement, object? parameters) =>
        new(statement.For(Dialect), parameters, _transaction, cancellationToken: Cancel);
}
