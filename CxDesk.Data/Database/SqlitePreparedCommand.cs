using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxDesk.Data.Database;

/// <summary>
/// A prepared command that speaks to SQLite itself. Microsoft.Data.Sqlite looks each parameter up by its name and makes a
/// reader for each execution, which costs intake as much as the inserts do; this binds by position and steps.
/// </summary>
internal sealed class SqlitePreparedCommand : PreparedCommand
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;
    private readonly object?[] _values;

    public SqlitePreparedCommand(SqliteCommand command) : base(command, SqlDialect.Sqlite)
    {
        _connection = command.Connection!.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, command.CommandText, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _places = [.. command.Parameters.Cast<SqliteParameter>().Select(p => raw.sqlite3_bind_parameter_index(_statement, p.ParameterName))];
        _values = new object?[_places.Length];
    }

    public override PreparedCommand SetAt(int position, object? value)
    {
        _values[position] = value;
        var place = _places[position];
        Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, place),
            string text => raw.sqlite3_bind_text(_statement, place, text),
            int number => raw.sqlite3_bind_int(_statement, place, number),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            bool flag => raw.sqlite3_bind_int(_statement, place, flag ? 1 : 0),
            double number => raw.sqlite3_bind_double(_statement, place, number),
            decimal amount => raw.sqlite3_bind_text(_statement, place, amount.ToString(CultureInfo.InvariantCulture)),
            DateTimeOffset time => raw.sqlite3_bind_text(_statement, place, Time.Text(time)),
            DateOnly day => raw.sqlite3_bind_text(_statement, place, Time.Text(day)),
            Enum named => raw.sqlite3_bind_int(_statement, place, Convert.ToInt32(named, CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"A prepared command takes no {value.GetType().Name}."),
        });
        return this;
    }

    public override int Execute()
    {
        try
        {
            while (Step()) { }
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override long? Id()
    {
        try
        {
            if (!Step() || raw.sqlite3_column_type(_statement, 0) == raw.SQLITE_NULL) return null;
            var id = raw.sqlite3_column_int64(_statement, 0);
            while (Step()) { }
            return id;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override DbDataReader Read()
    {
        for (var i = 0; i < _values.Length; i++) base.SetAt(i, _values[i]);
        return base.Read();
    }

    public override void Dispose()
    {
        _statement.Dispose();
        base.Dispose();
    }

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
