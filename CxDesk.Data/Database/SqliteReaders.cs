using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>
/// The connections that reads of an SQLite file take turns with. A few stay open, with what they have prepared and with
/// their pages of the file: a board of forty statements spends half its time on preparing them otherwise. The one given
/// back last is taken first, so that few are warm, and no more memory is held than those take.
/// </summary>
/// <param name="connectionString">Without the driver's pooling, which gives up what a connection has prepared each time it is given back.</param>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
    private const int CacheKibibytes = 8_000;
    private static readonly int MostKept = Math.Max(4, Environment.ProcessorCount);

    private readonly SqliteFile _file = new(connectionString);
    private readonly ConcurrentStack<KeptConnection> _idle = new();
    private volatile bool _isDisposed;

    /// <exception cref="SqliteException">The file cannot be opened; it may be away.</exception>
    public KeptConnection Take()
    {
        // A file that was moved away can be read through its old handle for ever, and so can one that another has taken the place of.
        if (_file.IsAnother()) Clear();
        return _idle.TryPop(out var kept) ? kept : new KeptConnection(Open(), _file.Mark);
    }

    /// <summary>Takes back a connection whose read went well; one that failed is to be disposed instead.</summary>
    public void Give(KeptConnection connection)
    {
        if (_isDisposed || _idle.Count >= MostKept || connection.Mark != _file.Mark) connection.Dispose();
        else _idle.Push(connection);
        if (_isDisposed) Clear();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Clear();
    }

    // The system keeps the pages of the file once, for all of them; each of them keeps its own copies.
    private SqliteConnection Open()
    {
        var connection = (SqliteConnection)SqlDialect.Sqlite.Open(connectionString);
        using var settings = connection.CreateCommand();
        settings.CommandText = $"PRAGMA cache_size = -{CacheKibibytes}";
        settings.ExecuteNonQuery();
        return connection;
    }

    private void Clear()
    {
        while (_idle.TryPop(out var kept)) kept.Dispose();
    }
}

/// <summary>Knows the file of a database from another of the same name.</summary>
internal sealed class SqliteFile(string connectionString)
{
    private readonly string _path = new SqliteConnectionStringBuilder(connectionString).DataSource;
    private long _born;

    /// <summary>Changes whenever the file is found to be another, or none.</summary>
    public int Mark { get; private set; }

    /// <returns>True where the file is not the one that was there when this was last asked.</returns>
    public bool IsAnother()
    {
        var file = new FileInfo(_path);
        var born = file.Exists ? file.CreationTimeUtc.Ticks : 0;
        if (born == Interlocked.Exchange(ref _born, born)) return false;
        Mark++;
        return true;
    }
}
