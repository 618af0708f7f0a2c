namespace CxDesk.Web.Feed;

/// <summary>How the database fails: it cannot be read, or another process holds its write lock and nothing can be stored.</summary>
public enum DatabaseFault { Unread, Locked }

/// <param name="SinceAt">Since when, without a break.</param>
public sealed record DatabaseTrouble(DatabaseFault Fault, DateTimeOffset SinceAt);
