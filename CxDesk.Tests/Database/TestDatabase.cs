using System.Reflection;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Xunit.Sdk;

namespace CxDesk.Tests.Database;

/// <summary>A row of a data test for SQLite: <c>[Theory, OnSqlite, OnSqlServer] Task X(DatabaseProvider engine)</c>.</summary>
public sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.Sqlite]];
}

/// <summary>The same test on the SQL Server that CXDESK_TEST_SQLSERVER names; skipped, with that reason, where it names none.</summary>
public sealed class OnSqlServerAttribute : DataAttribute
{
    public static readonly string? Server = Environment.GetEnvironmentVariable("CXDESK_TEST_SQLSERVER");

    public OnSqlServerAttribute() => Skip = string.IsNullOrEmpty(Server) ? "CXDESK_TEST_SQLSERVER names no SQL Server" : null;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.SqlServer]];
}

/// <summary>An empty database of its own with the schema up, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim TemplateGate = new(1, 1);
    private static string? _template;
    private readonly string _name;

    private TestDatabase(DatabaseOptions options, string name, TestTime time)
    {
        (Options, _name, Time) = (options, name, time);
        Db = new Db(options, time, Signal);
    }

    public DatabaseOptions Options { get; }
    public TestTime Time { get; }
    public ChangeSignal Signal { get; } = new();
    public Db Db { get; }
    public Company Company { get; } = new(new CompanyOptions());

    public static async Task<TestDatabase> Create(DatabaseProvider provider = DatabaseProvider.Sqlite, TestTime? time = null)
    {
        time ??= new TestTime();
        var name = "cxdesk_test_" + Guid.NewGuid().ToString("N");
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(Folder(), name + ".db");
            File.Copy(await Template(time), file);
            return new TestDatabase(new DatabaseOptions { ConnectionString = $"Data Source={file}" }, name, time);
        }
        await OnMaster($"CREATE DATABASE {name}");
        var options = new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = new SqlConnectionStringBuilder(OnSqlServerAttribute.Server) { InitialCatalog = name }.ConnectionString,
        };
        await new Migrator(options, time).Up();
        return new TestDatabase(options, name, time);
    }

    /// <summary>A file of SQLite with the schema up, for who opens it in another process. It stays, as the template does.</summary>
    public static async Task<string> NewFile(string name)
    {
        var file = Path.Combine(Folder(), $"{name}_{Environment.ProcessId}.db");
        File.Copy(await Template(new TestTime()), file, overwrite: true);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        Db.Dispose();
        if (Options.Provider == DatabaseProvider.SqlServer)
        {
            SqlConnection.ClearAllPools();
            await OnMaster($"DROP DATABASE {_name}");
            return;
        }
        using (var connection = new SqliteConnection(Options.ConnectionString)) SqliteConnection.ClearPool(connection);
        foreach (var file in Directory.EnumerateFiles(Folder(), _name + ".db*")) File.Delete(file);
    }

    // Migrated once a run; a copy of a file is a hundred times faster than the scripts.
    private static async Task<string> Template(TimeProvider time)
    {
        await TemplateGate.WaitAsync();
        try
        {
            if (_template is not null) return _template;
            var file = Path.Combine(Folder(), $"template_{Environment.ProcessId}.db");
            File.Delete(file);
            await new Migrator(new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" }, time).Up();
            return _template = file;
        }
        finally
        {
            TemplateGate.Release();
        }
    }

    private static string Folder() => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "cxdesk-tests")).FullName;

    private static async Task OnMaster(string sql)
    {
        await using var connection = new SqlConnection(OnSqlServerAttribute.Server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A clock that stands still until a test moves it. Timers made from it go by the machine's.</summary>
public sealed class TestTime : TimeProvider
{
    /// <summary>A Monday noon, UTC.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
