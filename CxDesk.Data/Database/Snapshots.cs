using System.Data;
using System.Data.Common;
using Dapper;

namespace CxDesk.Data.Database;

/// <summary>
/// Lets the statements of one read on SQL Server see one state of the database without waiting for writers, as they do
/// on SQLite. Azure SQL and Babelfish always can; elsewhere it is a setting of the database.
/// </summary>
internal static class Snapshots
{
    // Only a database without schema: the setting waits for every transaction in it. Babelfish knows no such setting.
    private static readonly Statement Allow = Statement.PerEngine("SELECT 1", """
        IF OBJECT_ID(N'dbo.SchemaJournal') IS NULL AND SERVERPROPERTY('Babelfish') IS NULL AND HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'ALTER') = 1
            AND EXISTS (SELECT 1 FROM sys.databases d WHERE d.database_id = DB_ID() AND d.snapshot_isolation_state = 0)
        EXEC (N'ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON')
        """);

    private static readonly Statement Allowed = Statement.PerEngine("SELECT 1", """
        SELECT CASE WHEN CAST(SERVERPROPERTY('Babelfish') AS int) = 1
            OR EXISTS (SELECT 1 FROM sys.databases d WHERE d.database_id = DB_ID() AND d.snapshot_isolation_state = 1) THEN 1 ELSE 0 END
        """);

    public static Task AllowIn(DbConnection connection) => connection.ExecuteAsync(Allow.For(SqlDialect.SqlServer));

    /// <returns>How reads are isolated; without snapshots each statement sees a state of its own.</returns>
    public static async Task<IsolationLevel> LevelOf(DbConnection connection) =>
        await connection.ExecuteScalarAsync<int>(Allowed.For(SqlDialect.SqlServer)) == 1 ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted;
}
