using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>
/// Brings the schema up: the numbered scripts under <c>db/</c>, each once, in order, journalled, under a lock, so that
/// two nodes that start together do it once. The scripts travel inside this assembly.
/// </summary>
public sealed partial class Migrator(DatabaseOptions options, TimeProvider time)
{
    private static readonly Statement Journal = Statement.PerEngine(
        "CREATE TABLE IF NOT EXISTS SchemaJournal (Number INTEGER PRIMARY KEY, Name TEXT NOT NULL, AppliedAt TEXT NOT NULL)",
        """
        IF OBJECT_ID(N'dbo.SchemaJournal') IS NULL
        CREATE TABLE SchemaJournal (Number int NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY, Name nvarchar(200) NOT NULL, AppliedAt datetime2(3) NOT NULL)
        """);

    private static readonly Statement Lock = Statement.PerEngine(
        "SELECT 1",     // an immediate transaction is the lock
        // It says by its result, not by an error, that it did not get the lock.
        """
        DECLARE @got int;
        EXEC @got = sp_getapplock @Resource = N'CxDesk schema', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 120000;
        IF @got < 0 THROW 50001, N'Another node is bringing the schema up and did not end in two minutes.', 1;
        """);

    // Sent before the table is there to compile against, so it stands outside the enumerated fields.
    private const string Applied = "SELECT Number FROM SchemaJournal";
    private const string Add = "INSERT INTO SchemaJournal (Number, Name, AppliedAt) VALUES (@number, @name, @at)";

    /// <returns>The scripts that were run now, in order; empty when the schema was already up.</returns>
    public async Task<IReadOnlyList<string>> Up(CancellationToken cancel = default)
    {
        Time.Register();
        var dialect = SqlDialect.Of(options.Provider);
        if (options.Provider == DatabaseProvider.Sqlite) MakeFolder();
        await using var connection = dialect.Open(options.ConnectionString);
        if (connection is SqliteConnection)
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL;");
        else
            await Snapshots.AllowIn(connection);

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(Lock.For(dialect), transaction: transaction, commandTimeout: 150);
        await connection.ExecuteAsync(Journal.For(dialect), transaction: transaction);
        var applied = (await connection.QueryAsync<int>(Applied, transaction: transaction)).ToHashSet();
        var now = new List<string>();
        foreach (var script in Scripts(options.Provider).Where(s => !applied.Contains(s.Number)))
        {
            foreach (var batch in Batches().Split(script.Text).Where(b => b.Trim().Length > 0))
                await Run(connection, transaction, script, batch, cancel);
            await connection.ExecuteAsync(Add, new { number = script.Number, name = script.Name, at = time.GetUtcNow() }, transaction);
            now.Add(script.Name);
        }
        await transaction.CommitAsync(cancel);
        return now;
    }

    /// <summary>The scripts of an engine, in order.</summary>
    public static IReadOnlyList<SchemaScript> Scripts(DatabaseProvider provider)
    {
        var folder = $"db/{provider.ToString().ToLowerInvariant()}/";
        return [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => new SchemaScript(int.Parse(n[folder.Length..(folder.Length + 4)], CultureInfo.InvariantCulture), n[folder.Length..^4], Embedded.Text(n)))];
    }

    private static async Task Run(DbConnection connection, DbTransaction transaction, SchemaScript script, string batch, CancellationToken cancel)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(batch, transaction: transaction, commandTimeout: 0, cancellationToken: cancel));
        }
        catch (DbException e)
        {
            throw new InvalidOperationException($"Migration {script.Name} failed and was rolled back: {e.Message}", e);
        }
    }

    private void MakeFolder()
    {
        var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
    }

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Batches();
}

public sealed record SchemaScript(int Number, string Name, string Text);
