using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>A whole copy of the embedded database, taken while others read and write.</summary>
public static class Backup
{
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static void Write(DatabaseOptions options, string file)
    {
        var part = file + ".part";
        File.Delete(part);
        using (var from = new SqliteConnection(options.ConnectionString))
        using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ConnectionString))
        {
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }
        // Under its name only once it is whole.
        File.Move(part, file);
    }
}
