using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>The prepared commands of one connection, by statement.</summary>
internal sealed class PreparedCommands(DbConnection connection, SqlDialect dialect) : IDisposable
{
    private readonly Dictionary<Statement, PreparedCommand> _commands = [];
    private DbTransaction? _transaction;

    public void Enlist(DbTransaction transaction)
    {
        _transaction = transaction;
        foreach (var command in _commands.Values) command.Enlist(transaction);
    }

    public PreparedCommand Get(Statement statement, string[] parameters)
    {
        if (_commands.TryGetValue(statement, out var known)) return known;
        var command = connection.CreateCommand();
        command.CommandText = statement.For(dialect);
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }
        PreparedCommand prepared = connection is SqliteConnection ? new SqlitePreparedCommand((SqliteCommand)command) : new PreparedCommand(command, dialect);
        prepared.Enlist(_transaction!);
        return _commands[statement] = prepared;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }
}

/// <summary>One prepared command. Not for use by two at a time; it lives as long as its connection.</summary>
public class PreparedCommand : IDisposable
{
    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;
    private readonly SqlDialect _dialect;

    internal PreparedCommand(DbCommand command, SqlDialect dialect)
    {
        (_command, _dialect) = (command, dialect);
        _parameters = [.. command.Parameters.Cast<DbParameter>()];
    }

    /// <summary>Sets the parameter at a position: text, numbers, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/> or null.</summary>
    public virtual PreparedCommand SetAt(int position, object? value)
    {
        _dialect.Set(_parameters[position], value);
        return this;
    }

    /// <summary>Sets the parameters in their order, from the first.</summary>
    public PreparedCommand Set(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) SetAt(i, values[i]);
        return this;
    }

    /// <returns>How many rows it changed.</returns>
    public virtual int Execute() => _command.ExecuteNonQuery();

    /// <returns>The first column of the first row; null where there is none.</returns>
    public virtual long? Id() => _command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public virtual DbDataReader Read() => _command.ExecuteReader();

    internal void Enlist(DbTransaction transaction) => _command.Transaction = transaction;

    public virtual void Dispose()
    {
        _command.Dispose();
        GC.SuppressFinalize(this);
    }
}
