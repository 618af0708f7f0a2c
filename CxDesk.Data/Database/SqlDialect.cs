using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>
/// The handful of fragments in which the two engines differ. A statement that needs more than these is written as two
/// texts side by side (<see cref="Statement.PerEngine"/>).
/// </summary>
public abstract class SqlDialect
{
    public static readonly SqlDialect Sqlite = new SqliteDialect();
    public static readonly SqlDialect SqlServer = new SqlServerDialect();

    public static SqlDialect Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.SqlServer => SqlServer,
    };

    public abstract DatabaseProvider Provider { get; }

    /// <summary>Ends a SELECT that has an ORDER BY: at most so many rows.</summary>
    public abstract string Limit(string count);

    /// <summary>Ends a SELECT that has an ORDER BY: one page of it.</summary>
    public abstract string Page(string offset, string count);

    /// <summary>Stands before VALUES, SELECT or WHERE of a write whose new columns are read back (SQL Server).</summary>
    public abstract string Output(params string[] columns);

    /// <summary>Ends a write whose new columns are read back (SQLite).</summary>
    public abstract string Returning(params string[] columns);

    /// <summary>True where the text has the given text inside, ignoring the case of ASCII letters at least.</summary>
    public abstract string Contains(string text, string part);

    internal abstract DbConnection Open(string connectionString);
    internal abstract bool IsDuplicateKey(DbException e);
    internal abstract bool IsWorthARetry(DbException e);
    internal abstract void SetTime(IDbDataParameter parameter, DateTimeOffset? value);
    internal abstract void SetDay(IDbDataParameter parameter, DateOnly? value);
    internal abstract void SetAmount(IDbDataParameter parameter, decimal? value);

    /// <summary>Gives a parameter a value of whatever type; a null leaves it the type that an earlier value gave it.</summary>
    public abstract void Set(IDbDataParameter parameter, object? value);

    private sealed class SqliteDialect : SqlDialect
    {
        public override DatabaseProvider Provider => DatabaseProvider.Sqlite;
        public override string Limit(string count) => $"LIMIT {count}";
        public override string Page(string offset, string count) => $"LIMIT {count} OFFSET {offset}";
        public override string Output(params string[] columns) => "";
        public override string Returning(params string[] columns) => "RETURNING " + string.Join(", ", columns);
        public override string Contains(string text, string part) => $"instr(lower({text}), lower({part})) > 0";

        internal override DbConnection Open(string connectionString)
        {
            var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var settings = connection.CreateCommand();
            // NORMAL under WAL loses no consistency on a power cut, at most the last instants.
            settings.CommandText = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;";
            settings.ExecuteNonQuery();
            return connection;
        }

        internal override bool IsDuplicateKey(DbException e) => e is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };
        internal override bool IsWorthARetry(DbException e) => e is SqliteException { SqliteErrorCode: 5 or 6 };
        internal override void SetTime(IDbDataParameter parameter, DateTimeOffset? value) =>
            parameter.Value = value is { } time ? Time.Text(time) : DBNull.Value;
        internal override void SetDay(IDbDataParameter parameter, DateOnly? value) =>
            parameter.Value = value is { } day ? Time.Text(day) : DBNull.Value;
        internal override void SetAmount(IDbDataParameter parameter, decimal? value) =>
            parameter.Value = value is { } amount ? amount : DBNull.Value;

        public override void Set(IDbDataParameter parameter, object? value) => parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => Time.Text(time),
            DateOnly day => Time.Text(day),
            _ => value,
        };
    }

    private sealed class SqlServerDialect : SqlDialect
    {
        public override DatabaseProvider Provider => DatabaseProvider.SqlServer;
        public override string Limit(string count) => Page("0", count);
        public override string Page(string offset, string count) => $"OFFSET {offset} ROWS FETCH NEXT {count} ROWS ONLY";
        public override string Output(params string[] columns) =>
            "OUTPUT " + string.Join(", ", columns.Select(c => $"inserted.{c} AS {c}"));
        public override string Returning(params string[] columns) => "";
        public override string Contains(string text, string part) => 
            // Binary, since many collations give no weight to what lies beyond the first plane: emoji would be found everywhere.
            $"CHARINDEX(LOWER({part}), LOWER({text}) COLLATE Latin1_General_BIN2) > 0";

        internal override DbConnection Open(string connectionString)
        {
            var connection = new SqlConnection(connectionString);
            connection.Open();
            return connection;
        }

        internal override bool IsDuplicateKey(DbException e) => e is SqlException { Number: 2601 or 2627 };
        // A deadlock victim, a lock time-out, a snapshot conflict.
        internal override bool IsWorthARetry(DbException e) => e is SqlException { Number: 1205 or 1222 or 3960 };

        // Types are set in full: what the client infers from a value (the length of a text, the digits of an amount) is
        // part of the command, and the server would plan the same statement anew for each.
        internal override void SetTime(IDbDataParameter parameter, DateTimeOffset? value)
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Scale = 3;
            parameter.Value = value is { } time ? Time.Cut(time).UtcDateTime : DBNull.Value;
        }

        internal override void SetDay(IDbDataParameter parameter, DateOnly? value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value is { } day ? day.ToDateTime(TimeOnly.MinValue) : DBNull.Value;
        }

        internal override void SetAmount(IDbDataParameter parameter, decimal? value)
        {
            parameter.DbType = DbType.Decimal;
            (parameter.Precision, parameter.Scale) = (18, 2);      // as every amount of the schema
            parameter.Value = value is { } amount ? amount : DBNull.Value;
        }

        public override void Set(IDbDataParameter parameter, object? value)
        {
            switch (value)
            {
                case null: parameter.Value = DBNull.Value; break;
                case DateTimeOffset time: SetTime(parameter, time); break;
                case DateOnly day: SetDay(parameter, day); break;
                case decimal amount: SetAmount(parameter, amount); break;
                case Enum named: As(DbType.Int32, Convert.ToInt32(named, CultureInfo.InvariantCulture)); break;
                case int: As(DbType.Int32, value); break;
                case long: As(DbType.Int64, value); break;
                case double: As(DbType.Double, value); break;
                case bool: As(DbType.Boolean, value); break;
                case string text:
                    As(DbType.String, text);
                    parameter.Size = text.Length <= 4000 ? 4000 : -1;
                    break;
                default: throw new NotSupportedException($"A prepared command takes no {value.GetType().Name}.");
            }

            void As(DbType type, object typed) => (parameter.DbType, parameter.Value) = (type, typed);
        }
    }
}
