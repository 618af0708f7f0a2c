namespace CxDesk.Data.Database;

/// <summary>What a check of <c>db/checks</c> consists of.</summary>
public interface IDatabaseCheck
{
    /// <summary>Gives the rows that are wrong; none when all is well.</summary>
    static abstract Statement Differences { get; }

    /// <summary>What so many of them are said to be.</summary>
    static abstract string Wrong { get; }
}

/// <summary>Proves, from the other side, that what is kept is what it is kept of. It reads everything: once a night.</summary>
public abstract class DatabaseCheck<TCheck, TDifference> where TCheck : IDatabaseCheck
{
    /// <returns>What is wrong; nothing when all is well.</returns>
    public static Task<IReadOnlyList<TDifference>> Run(Db db, CancellationToken cancel = default) =>
        db.Read(s => s.Query<TDifference>(TCheck.Differences), cancel);

    /// <exception cref="InvalidDataException">Something is wrong.</exception>
    public static async Task Prove(Db db, CancellationToken cancel = default)
    {
        if (await Run(db, cancel) is [var first, ..] all) throw new InvalidDataException($"{all.Count} {TCheck.Wrong}. The first: {first}");
    }
}
