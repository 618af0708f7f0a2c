using System.Runtime.CompilerServices;

namespace CxDesk.Data.Database;

/// <summary>What holds statements: a test enumerates every static field of this type and compiles what it yields.</summary>
public interface IStatements
{
    IEnumerable<Statement> All { get; }
}

/// <summary>
/// One statement as it is sent, held in a static field. <see cref="Db"/> takes nothing else, so every text that
/// reaches a database is known before the program runs, and carries the file and line that it comes from.
/// </summary>
public sealed class Statement : IStatements
{
    private readonly string _sqlite;
    private readonly string _sqlServer;

    /// <summary>One text for both engines.</summary>
    public Statement(string text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(_ => text, file, line) { }

    /// <summary>One text with fragments of the dialect in it.</summary>
    public Statement(Func<SqlDialect, string> text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Place = $"{file[(file.LastIndexOfAny(['/', '\\']) + 1)..]}:{line}";
        _sqlite = $"/* {Place} */ {text(SqlDialect.Sqlite)}";
        _sqlServer = $"/* {Place} */ {text(SqlDialect.SqlServer)}";
    }

    /// <summary>Two texts side by side, where the engines truly differ.</summary>
    public static Statement PerEngine(string sqlite, string sqlServer, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(d => d == SqlDialect.Sqlite ? sqlite : sqlServer, file, line);

    /// <summary>File and line of the statement.</summary>
    public string Place { get; }

    public string For(SqlDialect dialect) => dialect == SqlDialect.Sqlite ? _sqlite : _sqlServer;

    public IEnumerable<Statement> All => [this];

    public override string ToString() => Place;
}

/// <summary>
/// A statement in as many shapes as its filter can take (which conditions are in it, which policy), each a text of its
/// own, so that an engine plans just what is asked.
/// </summary>
public sealed class StatementFamily<TShape>(
    IEnumerable<TShape> shapes, Func<SqlDialect, TShape, string> text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) : IStatements
    where TShape : notnull
{
    private readonly Dictionary<TShape, Lazy<Statement>> _statements =
        shapes.ToDictionary(s => s, s => new Lazy<Statement>(() => new Statement(d => text(d, s), file, line)));

    public Statement this[TShape shape] => _statements.TryGetValue(shape, out var statement)
        ? statement.Value
        : throw new ArgumentOutOfRangeException(nameof(shape), shape, "not among the shapes of this statement");

    public IEnumerable<Statement> All => _statements.Values.Select(s => s.Value);
}
