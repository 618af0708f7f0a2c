using CxDesk.Data.Database;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CxDesk.Tests.Database;

/// <summary>The schema is written twice; here both are held against each other.</summary>
public class SchemaTests
{
    [Fact]
    public async Task Both_engines_have_the_same_tables_columns_and_indexes()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        var sqlite = Rows(connection, """
            SELECT t.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' NOT NULL' ELSE '' END
            FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'SchemaJournal' AND t.name NOT LIKE 'CaseWords%'
            UNION ALL
            SELECT i.tbl_name || ' ' || i.name || ' (' || (SELECT group_concat(x.name || CASE WHEN x."desc" = 1 THEN ' DESC' ELSE '' END, ', ')
                FROM pragma_index_xinfo(i.name) x WHERE x.key = 1) || ')' || CASE WHEN i.sql LIKE '% WHERE %' THEN ' WHERE' ELSE '' END
            FROM sqlite_master i WHERE i.type = 'index' AND i.sql IS NOT NULL
            """);
        var sqlServer = new SchemaReader();
        foreach (var script in Migrator.Scripts(DatabaseProvider.SqlServer))
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script.Text), out _).Accept(sqlServer);
        Assert.NotEmpty(sqlServer.Parts);
        // Words are found by FTS5 here, by an index there.
        Assert.NotEqual(0, sqlServer.Parts.RemoveAll(part => part.StartsWith("CaseWords", StringComparison.Ordinal)));
        Assert.Equal(sqlServer.Parts.Order(StringComparer.Ordinal), sqlite.Order(StringComparer.Ordinal));
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    private sealed class SchemaReader : TSqlFragmentVisitor
    {
        public List<string> Parts { get; } = [];

        public override void Visit(CreateTableStatement node) => Add(node.SchemaObjectName, node.Definition);

        public override void Visit(AlterTableAddTableElementStatement node) => Add(node.SchemaObjectName, node.Definition);

        private void Add(SchemaObjectName name, TableDefinition definition)
        {
            var table = name.BaseIdentifier.Value;
            foreach (var column in definition.ColumnDefinitions)
                Parts.Add($"{table}.{column.ColumnIdentifier.Value}{(column.Constraints.OfType<NullableConstraintDefinition>().Any(c => c.Nullable) ? "" : " NOT NULL")}");
        }

        public override void Visit(DropTableStatement node)
        {
            foreach (var table in node.Objects.Select(o => o.BaseIdentifier.Value))
                Assert.NotEqual(0, Parts.RemoveAll(part => part.StartsWith(table + ".", StringComparison.Ordinal) || part.StartsWith(table + " ", StringComparison.Ordinal)));
        }

        public override void Visit(DropIndexStatement node)
        {
            foreach (var index in node.DropIndexClauses.OfType<DropIndexClause>())
                Assert.Equal(1, Parts.RemoveAll(part => part.StartsWith($"{index.Object.BaseIdentifier.Value} {index.Index.Value} (", StringComparison.Ordinal)));
        }

        public override void Visit(CreateIndexStatement node) => Parts.Add(
            $"{node.OnName.BaseIdentifier.Value} {node.Name.Value} ({string.Join(", ", node.Columns.Select(c => c.Column.MultiPartIdentifier.Identifiers[^1].Value + (c.SortOrder == SortOrder.Descending ? " DESC" : "")))}){(node.FilterPredicate is null ? "" : " WHERE")}");
    }
}
