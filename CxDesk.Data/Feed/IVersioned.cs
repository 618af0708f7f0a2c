namespace CxDesk.Data.Feed;

/// <summary>Something read at a known state of the database.</summary>
public interface IVersioned
{
    /// <summary>The change log's newest number at the time of reading. It never falls, across restarts and nodes.</summary>
    long Version { get; }
}
