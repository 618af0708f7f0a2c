namespace CxDesk.Data.Database;

public enum DatabaseProvider { Sqlite, SqlServer }

/// <summary>Section <c>Database</c> of the settings.</summary>
public sealed class DatabaseOptions : ISettings
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>For SQLite a relative <c>Data Source</c> is resolved by the host before it comes here.</summary>
    public string ConnectionString { get; set; } = "Data Source=App_Data/cxdesk.db";

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString)) yield return "Database:ConnectionString: is empty.";
    }
}
