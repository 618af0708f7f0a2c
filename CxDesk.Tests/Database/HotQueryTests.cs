using CxDesk.Data.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Database;

/// <summary>
/// The ten queries that run all day, and how SQLite goes about them: with no idea of the sizes, as CxDesk runs, and told
/// those of a desk with six million cases, as after somebody's ANALYZE.
/// </summary>
public sealed class HotQueryTests
{
    public static readonly TheoryData<string, string, string, string[]> Hot = new()
    {
        { "1 a page of the board, of a unit, product or owner, first and next", "CaseRanges.cs", "c.Severity = @severity AND",
            ["IX_Cases_Board (Status=? AND Severity=?", "IX_Cases_Region (RegionId=? AND Status=? AND Severity=?", "IX_Cases_Team (TeamId=? AND Status=? AND Severity=?",
             "IX_Cases_Product (ProductId=? AND Status=? AND Severity=?", "IX_Cases_OwnedBy (OwnerId=? AND Status=? AND Severity=?"] },
        { "2 the rows of a page", "CaseBoardQuery.cs", "c.Id IN @ids", ["c USING INTEGER PRIMARY KEY"] },
        { "3 the counts of the board", "CaseCounting.cs", "FROM CaseTallies", ["PRIMARY KEY (Grain=?"] },
        { "4 what falls due today", "CaseCounting.cs", "c.Status IN (1, 2)", ["IX_Cases_Board (Status=? AND Severity=? AND DueAt>? AND DueAt<?)", "IX_Cases_Region (", "IX_Cases_Team ("] },
        { "5 the counts under a filter", "CaseCounting.cs", "c.Severity = @severity AND",
            ["IX_Cases_Board (Status=? AND Severity=? AND DueAt>? AND DueAt<?)", "IX_Cases_Region (", "IX_Cases_Team (", "IX_Cases_Product (", "IX_Cases_OwnedBy ("] },
        { "6 what was resolved today", "CaseRanges.cs", "c.ResolvedAt >= @today", ["IX_Cases_ResolvedAt (ResolvedAt>?"] },
        { "7 the cases with these words", "CaseTextHits.cs", "MATCH @match", ["VIRTUAL TABLE INDEX"] },
        { "8 the open case of a customer", "CaseOpener.cs", "CustomerId = @customerId AND Status < 4", ["(CustomerId=?)"] },
        { "9 what is due to climb", "EscalationWriter.cs", "NextEscalationAt <= @now", ["IX_Cases_Escalation (NextEscalationAt<?)"] },
        { "10 the oldest open case and the newest change", "LiveCasesQuery.cs", "ORDER BY c.", ["IX_Cases_OpenSince", "IX_Cases_Touched"] },
    };

    [Theory, MemberData(nameof(Hot))]
    [Trait("Behaviour", "44")]
    public async Task A_hot_query_seeks_and_sorts_nothing(string name, string file, string part, string[] indexes)
    {
        await using var database = await TestDatabase.Create();
        foreach (var withSizes in (bool[])[false, true])
        {
            if (withSizes) TellSizes(database);
            await using var connection = new SqliteConnection(database.Options.ConnectionString + ";Pooling=False");
            connection.Open();
            var statements = StatementTests.All()
                .Where(s => s.Place.StartsWith(file, StringComparison.Ordinal) && s.For(SqlDialect.Sqlite).Contains(part, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(statements);
            foreach (var statement in statements)
            {
                var plan = PlanTests.Plan(connection, statement);
                // Whatever is walked along an index ends at a limit; what is merged or gathered before is no table.
                Assert.All(plan, line => Assert.False(IsScanOfCases(line), $"{name}: {line}\n{statement.For(SqlDialect.Sqlite)}"));
                Assert.False(SortsCases(plan), $"{name}, sizes {withSizes}: {string.Join('\n', plan)}\n{statement.For(SqlDialect.Sqlite)}");
            }
            var all = string.Join('\n', statements.SelectMany(s => PlanTests.Plan(connection, s)));
            Assert.All(indexes, index => Assert.Contains(index, all, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_query_that_scans_or_sorts_is_found()
    {
        await using var database = await TestDatabase.Create();
        TellSizes(database);
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        Assert.Contains(PlanTests.Plan(connection, new Statement("SELECT c.Id FROM Cases c WHERE c.RootCause = @cause")), IsScanOfCases);
        Assert.True(SortsCases(PlanTests.Plan(connection, new Statement("SELECT c.Id FROM Cases c WHERE c.Status = 1 ORDER BY c.UpdatedAt"))));
    }

    // The pages that a page is merged from (r0, r1, …) may be sorted: they are no longer than it.
    private static bool SortsCases(List<string> plan) =>
        plan.Zip(plan.Skip(1)).Any(pair => pair.Second.Contains("TEMP B-TREE", StringComparison.Ordinal) && !pair.First.StartsWith("SCAN r", StringComparison.Ordinal));

    private static bool IsScanOfCases(string line) =>
        line.StartsWith("SCAN c", StringComparison.Ordinal) && !line.Contains("IX_Cases_OpenSince", StringComparison.Ordinal) && !line.Contains("IX_Cases_Touched", StringComparison.Ordinal);

    // As ANALYZE would find them: how many rows share the first column of an index, the first two, and so on.
    private static void TellSizes(TestDatabase database)
    {
        const double cases = 6_000_000;
        var distinct = new Dictionary<string, double>
        {
            ["Status"] = 5, ["Severity"] = 4, ["RegionId"] = 4, ["TeamId"] = 100, ["ProductId"] = 20, ["OwnerId"] = 1_000, ["Id"] = cases, ["DueAt"] = 3_000_000, ["CustomerId"] = 4_000_000,
        };
        using var connection = new SqliteConnection(database.Options.ConnectionString + ";Pooling=False");
        connection.Open();
        Run("ANALYZE");
        Run("DELETE FROM sqlite_stat1 WHERE tbl = 'Cases'");
        foreach (var index in Texts("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Cases' AND sql IS NOT NULL"))
        {
            var left = cases;
            var shares = Texts($"SELECT name FROM pragma_index_info('{index}')").Select(column => left = Math.Max(1, left / distinct.GetValueOrDefault(column, 100_000)));
            Run($"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('Cases', '{index}', '{cases:F0} {string.Join(' ', shares.Select(share => share.ToString("F0", System.Globalization.CultureInfo.InvariantCulture)))}')");
        }

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        List<string> Texts(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var texts = new List<string>();
            while (reader.Read()) texts.Add(reader.GetString(0));
            return texts;
        }
    }
}
