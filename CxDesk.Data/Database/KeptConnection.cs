using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>A connection to SQLite whose commands are prepared once and kept, by their text, for whoever runs the same text next.</summary>
/// <param name="mark">Of the file that it is open on.</param>
internal sealed class KeptConnection(SqliteConnection inner, int mark) : DbConnection
{
    // A list of values in a statement makes a text for each length of it.
    private const int MostKept = 250;

    private readonly Dictionary<string, SqliteCommand> _kept = [];

    public int Mark => mark;

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }
    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;
    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);
    public override void Open() => inner.Open();
    public override void Close() => inner.Close();

    /// <summary>One state of the database for all that is read in it. It waits for no writer.</summary>
    public SqliteTransaction BeginRead() => inner.BeginTransaction(deferred: true);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);
    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _kept.Values) command.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    // A command is one reader's at a time, so it is taken out while it runs.
    private SqliteCommand Take(string text)
    {
        if (_kept.Remove(text, out var known)) return known;
        var command = inner.CreateCommand();
        command.CommandText = text;
        command.Prepare();
        return command;
    }

    private void Give(SqliteCommand command)
    {
        if (_kept.Count < MostKept && _kept.TryAdd(command.CommandText, command)) command.Parameters.Clear();
        else command.Dispose();
    }

    private sealed class KeptCommand(KeptConnection connection) : DbCommand
    {
        private readonly SqliteCommand _values = new();
        private SqliteCommand? _running;

        [AllowNull]
        public override string CommandText { get; set; } = "";
        public override int CommandTimeout { get => _values.CommandTimeout; set => _values.CommandTimeout = value; }
        public override CommandType CommandType { get => _values.CommandType; set => _values.CommandType = value; }
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }
        protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException("A command stays with its connection."); }
        protected override DbParameterCollection DbParameterCollection => _values.Parameters;
        protected override DbTransaction? DbTransaction { get; set; }

        public override void Prepare()
        {
        }

        public override void Cancel() => _running?.Cancel();
        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();
        public override object? ExecuteScalar() => Ready().ExecuteScalar();
        protected override DbParameter CreateDbParameter() => new SqliteParameter();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

        private SqliteCommand Ready()
        {
            _running ??= connection.Take(CommandText);
            _running.Transaction = (SqliteTransaction?)DbTransaction;
            _running.CommandTimeout = CommandTimeout;
            _running.Parameters.Clear();
            foreach (SqliteParameter parameter in _values.Parameters) _running.Parameters.Add(parameter);
            return _running;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && _running is not null)
            {
                connection.Give(_running);
                _running = null;
            }
            _values.Dispose();
            base.Dispose(disposing);
        }
    }
}
