using CxDesk.Data.Database;

namespace CxDesk.Tests.Database;

public class MigratorTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Scripts_run_once(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        Assert.Empty(await new Migrator(database.Options, database.Time).Up());
    }

    [Fact]
    public async Task Two_nodes_that_start_together_bring_the_schema_up_once()
    {
        var file = Path.Combine(Path.GetTempPath(), "cxdesk-tests", Guid.NewGuid().ToString("N"), "new.db");
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" };
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrator(options, new TestTime()).Up())));
        Assert.Equal(Migrator.Scripts(DatabaseProvider.Sqlite).Count, runs.Sum(r => r.Count));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Both_engines_have_the_same_scripts()
    {
        Assert.Equal(
            Migrator.Scripts(DatabaseProvider.Sqlite).Select(s => s.Name),
            Migrator.Scripts(DatabaseProvider.SqlServer).Select(s => s.Name));
    }
}
