using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Web.Shell;
using Microsoft.Data.Sqlite;

namespace CxDesk.Web.Database;

/// <summary>The database as the settings name it, with its schema up before anything asks it.</summary>
public static class DatabaseSetup
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<DatabaseOptions>("Database");
        if (options.Provider == DatabaseProvider.Sqlite) options.ConnectionString = UnderContentRoot(builder, options.ConnectionString);
        var services = builder.Services;
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<Db>();
        services.AddSingleton<Migrator>();
    }

    /// <summary>Brings the schema up; runs before the first request and before any verb.</summary>
    public static async Task MigrateDatabase(this WebApplication app)
    {
        var scripts = await app.Services.GetRequiredService<Migrator>().Up();
        if (scripts.Count > 0) app.Logger.LogInformation("Schema brought up: {Scripts}", string.Join(", ", scripts));
    }

    // A relative file would otherwise depend on where the command was typed.
    private static string UnderContentRoot(WebApplicationBuilder builder, string connectionString)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        if (parts.DataSource.Length > 0 && parts.DataSource != ":memory:" && !parts.DataSource.StartsWith("file:", StringComparison.Ordinal))
            parts.DataSource = Path.GetFullPath(parts.DataSource, builder.Environment.ContentRootPath);
        return parts.ConnectionString;
    }
}
