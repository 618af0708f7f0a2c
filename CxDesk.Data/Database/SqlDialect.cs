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

    /// <summary>The UTC hour of a time, as text 'yyyy-MM-dd HH'.</summary>
    public abstract string Hour(string time);

    /// <summary>True where the text has the given text inside, ignoring the case of ASCII letters.</summary>
    public abstract string Contains(string text, string part);

    internal abstract DbConnection Open(string connectionString);
    internal abstract bool IsDuplicateKey(DbException e);
    internal abstract bool IsWorthARetry(DbException e);
    internal abstract void SetTime(IDbDataParameter parameter, DateTimeOffset value);
    internal abstract void SetDay(IDbDataParameter parameter, DateOnly value);

    private sealed class SqliteDialect : SqlDialect
    {
        public override DatabaseProvider Provider => DatabaseProvider.Sqlite;
        public override string Limit(string count) => $"LIMIT {count}";
        public override string Page(string offset, string count) => $"LIMIT {count} OFFSET {offset}";
        public override string Output(params string[] columns) => "";
        public override string Returning(params string[] columns) => "RETURNING " + string.Join(", ", columns);
        public override string Hour(string time) => $"substr({time}, 1, 13)";
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
        internal override void SetTime(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = Time.Text(value);
        internal override void SetDay(IDbDataParameter parameter, DateOnly value) =>
            parameter.Value = Time.Text(value);
    }

    private sealed class SqlServerDialect : SqlDialect
    {
        public override DatabaseProvider Provider => DatabaseProvider.SqlServer;
        public override string Limit(string count) => Page("0", count);
        public override string Page(string offset, string count) => $"OFFSET {offset} ROWS FETCH NEXT {count} ROWS ONLY";
        public override string Output(params string[] columns) =>
            "OUTPUT " + string.Join(", ", columns.Select(c => $"inserted.{c} AS {c}"));
        public override string Returning(params string[] columns) => "";
        public override string Hour(string time) => $"CONVERT(char(13), {time}, 120)";
        public override string Contains(string text, string part) => $"CHARINDEX({part}, {text}) > 0";

        internal override DbConnection Open(string connectionString)
        {
            var connection = new SqlConnection(connectionString);
            connection.Open();
            return connection;
        }

        internal override bool IsDuplicateKey(DbException e) => e is SqlException { Number: 2601 or 2627 };
        // A deadlock victim, a lock time-out, a snapshot conflict.
        internal override bool IsWorthARetry(DbException e) => e is SqlException { Number: 1205 or 1222 or 3960 };

        internal override void SetTime(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Scale = 3;
            parameter.Value = Time.Cut(value).UtcDateTime;
        }

        internal override void SetDay(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value.ToDateTime(TimeOnly.MinValue);
        }
    }
}
