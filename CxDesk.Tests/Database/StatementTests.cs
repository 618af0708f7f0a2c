using System.Reflection;
using System.Text.RegularExpressions;
using CxDesk.Data.Database;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CxDesk.Tests.Database;

/// <summary>Every statement that the code can send, compiled on each engine before anybody sends it.</summary>
public partial class StatementTests
{
    [Fact]
    public async Task Every_statement_compiles_on_SQLite()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        Assert.Empty(All().Select(s => ExplainOnSqlite(connection, s)).OfType<string>());
    }

    [Fact]
    public void Every_statement_parses_as_TSql()
    {
        Assert.Empty(All().Select(s => ParseAsTSql(s.Place, OneElementLists(s.For(SqlDialect.SqlServer)))).OfType<string>());
        Assert.Empty(Migrator.Scripts(DatabaseProvider.SqlServer).Select(s => ParseAsTSql(s.Name, s.Text)).OfType<string>());
    }

    [Fact]
    public void No_statement_for_SQL_Server_holds_words_that_only_SQLite_knows() =>
        Assert.Empty(All().SelectMany(s => SqliteWordsIn(s.For(SqlDialect.SqlServer)).Select(word => $"{s.Place}: {word}")));

    [Theory]
    [InlineData("SELECT Id FROM Cases ORDER BY Id LIMIT 5", "LIMIT")]
    [InlineData("SELECT 'a' || Name FROM Units", "||")]
    [InlineData("SELECT IFNULL(Name, '') FROM Units", "IFNULL")]
    [InlineData("SELECT substr(Name, 1, 2) FROM Units", "substr")]
    [InlineData("SELECT datetime('now')", "datetime")]
    [InlineData("INSERT INTO Units (Name) VALUES (@name) RETURNING Id", "RETURNING")]
    [InlineData("INSERT INTO Units (Id) VALUES (1) ON CONFLICT DO NOTHING", "ON CONFLICT")]
    [InlineData("SELECT instr(Name, 'a') FROM Units", "instr")]
    [InlineData("SELECT strftime('%Y', AsOf) FROM Customers", "strftime")]
    [InlineData("SELECT MAX(a.Id, b.Id) FROM Units a JOIN Units b ON b.Id = a.ParentId", "MAX of several")]
    [InlineData("SELECT Id FROM Cases c WHERE c.Value12m = true", "true")]
    [InlineData("SELECT group_concat(Name) FROM Units", "group_concat")]
    public void A_word_that_only_SQLite_knows_is_found(string text, string word) => Assert.Contains(word, SqliteWordsIn(new Statement(text).For(SqlDialect.SqlServer)));

    [Fact]
    public void What_looks_like_such_a_word_is_let_through() =>
        Assert.Empty(SqliteWordsIn("SELECT UpperLimit, MAX(Id) AS limit1, 'LIMIT || RETURNING' AS Note FROM Measures WHERE Name = @limit -- true"));

    [Fact]
    public async Task A_broken_statement_is_found_on_both_engines()
    {
        var broken = new Statement("SELECT Nothing FROM Nowhere WHERE");
        await using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Assert.NotNull(ExplainOnSqlite(connection, broken));
        Assert.NotNull(ParseAsTSql(broken.Place, broken.For(SqlDialect.SqlServer)));
    }

    [Fact]
    public void Every_statement_is_written_out_for_other_checkers()
    {
        if (Environment.GetEnvironmentVariable("CXDESK_DUMP_TSQL") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        var number = 0;
        foreach (var statement in All())
            File.WriteAllText(Path.Combine(folder, $"{++number:D4}_{statement.Place.Replace(':', '_')}.sql"), OneElementLists(statement.For(SqlDialect.SqlServer)));
    }

    [Theory, OnSqlServer]
    public async Task Every_statement_compiles_on_SQL_Server(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var connection = new SqlConnection(database.Options.ConnectionString);
        await connection.OpenAsync();
        var faults = new List<string>();
        foreach (var statement in All())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SET NOEXEC ON; " + OneElementLists(statement.For(SqlDialect.SqlServer)) + "; SET NOEXEC OFF;";
            foreach (var name in Names(command.CommandText)) command.Parameters.AddWithValue(name, DBNull.Value);
            try { await command.ExecuteNonQueryAsync(); }
            catch (SqlException e) { faults.Add($"{statement.Place}: {e.Message}"); }
        }
        Assert.Empty(faults);
    }

    /// <summary>All static fields of the product that hold statements.</summary>
    public static IReadOnlyList<Statement> All() =>
        [.. typeof(Db).Assembly.GetTypes()
            .Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => typeof(IStatements).IsAssignableFrom(f.FieldType))
            .SelectMany(f => ((IStatements)f.GetValue(null)!).All)];

    private static IEnumerable<string> SqliteWordsIn(string sql)
    {
        var bare = TextsAndComments().Replace(sql, " ");
        return SqliteWords().Matches(bare).Select(m => m.Groups["max"].Success ? m.Groups["max"].Value + " of several" : Blanks().Replace(m.Value.TrimEnd('('), " "));
    }

    private static string? ExplainOnSqlite(SqliteConnection connection, Statement statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN " + OneElementLists(statement.For(SqlDialect.Sqlite));
        foreach (var name in Names(command.CommandText)) command.Parameters.AddWithValue(name, DBNull.Value);
        try
        {
            command.ExecuteNonQuery();
            return null;
        }
        catch (SqliteException e)
        {
            return $"{statement.Place}: {e.Message}\n{command.CommandText}";
        }
    }

    private static string? ParseAsTSql(string place, string text)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Count == 0 ? null : $"{place}: {string.Join("; ", errors.Select(e => $"({e.Line},{e.Column}) {e.Message}"))}\n{text}";
    }

    // Dapper expands `IN @list`; to a compiler it is a list of one.
    private static string OneElementLists(string sql) => Lists().Replace(sql, "IN ($1)");

    private static IEnumerable<string> Names(string sql) => Parameters().Matches(sql).Select(m => m.Value).Distinct();

    [GeneratedRegex(@"'[^']*'|--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex TextsAndComments();

    [GeneratedRegex(@"\s+|\($")]
    private static partial Regex Blanks();

    // Words, then functions, then the two aggregates that SQLite also takes for the greatest and the least of several.
    [GeneratedRegex(@"(?<![\w@.])(LIMIT|RETURNING|ON\s+CONFLICT|IFNULL|GLOB|AUTOINCREMENT|PRAGMA|true|false)(?!\w)|\|\||(?<!\w)(substr|instr|datetime|date|julianday|strftime|unixepoch|group_concat|printf|json_\w+|last_insert_rowid|length|random|typeof)\(|(?<!\w)(?<max>MAX|MIN)\([\w.]+\s*,", RegexOptions.IgnoreCase)]
    private static partial Regex SqliteWords();

    [GeneratedRegex(@"(?<!@)@\w+")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Lists();
}
