using System.Text.RegularExpressions;
using CxDesk.Data.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Database;

/// <summary>What grows without end is sought by an index, never read through, whichever statement asks.</summary>
public sealed partial class PlanTests
{
    [Fact]
    public async Task No_statement_reads_through_a_table_that_grows()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        // The nightly check reads everything, so does once a night what forgets old notices, and the number of customers is counted in an index.
        var scans = StatementTests.All()
            .Where(s => !s.Place.StartsWith("RollupCheck.cs", StringComparison.Ordinal) && !s.Place.StartsWith("CaseHistoryCheck.cs", StringComparison.Ordinal))
            .SelectMany(s => Scans(connection, s)).Distinct()
            .Where(scan => !(scan.StartsWith("LogPruner.cs", StringComparison.Ordinal) && scan.EndsWith("SCAN Notices", StringComparison.Ordinal)))
            .Where(scan => !scan.EndsWith("SCAN Customers USING COVERING INDEX sqlite_autoindex_Customers_1", StringComparison.Ordinal));
        Assert.Equal("", string.Join("\n", scans));
    }

    [Fact]
    public async Task A_statement_that_reads_through_is_found()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        Assert.NotEmpty(Scans(connection, new Statement("SELECT COUNT(*) FROM Answers a WHERE a.Csat = @csat")));
        Assert.NotEmpty(Scans(connection, new Statement("SELECT Id FROM Cases WHERE RootCause = @cause")));
        Assert.NotEmpty(Scans(connection, new Statement("SELECT u.Name FROM Units u JOIN Rollups ON KeyId = u.Id")));
        Assert.Empty(Scans(connection, new Statement("SELECT a.Csat FROM Answers a WHERE a.Id = @id")));
    }

    [Theory]
    [InlineData("CaseRanges.cs", "IX_Cases_Newest", "IX_Cases_ResolvedAt (ResolvedAt>?)", "IX_CaseWatchers_Person (PersonId=?)")]
    [InlineData("LiveCasesQuery.cs", "IX_Cases_OpenSince", "IX_Cases_Touched", "IX_Cases_OwnedBy (OwnerId=? AND Status=?)", "IX_Cases_Team (TeamId=? AND Status=?)")]
    [InlineData("CaseSearch.cs", "IX_Cases_Customer (CustomerId=?)", "IX_CaseAnswers_Case (CaseId=?)", "IX_CaseEvents_Case (CaseId=?)", "IX_Customers_Renamed (IsRenamed=?)")]
    [InlineData("CaseWriter.cs", "IX_Cases_ToClose (Status=? AND ResolvedAt<?)")]
    [InlineData("LiveNewestQuery.cs", "IX_Answers_Low (RespondedAt>?)", "IX_Answers_Agent (AgentId=? AND RespondedAt>?)",
        "IX_Answers_Team (TeamId=? AND RespondedAt>?)", "IX_Answers_Product (ProductId=? AND RespondedAt>?)")]
    [InlineData("PresentSums.cs", "IX_Cases_ResolvedAt (ResolvedAt>?)", "IX_Answers_RespondedAt")]
    [InlineData("LiveHourQuery.cs", "IX_Answers_RespondedAt (RespondedAt>?)", "IX_Measurements_At (MeasureId=? AND MeasuredAt>?)")]
    [InlineData("AnswersQuery.cs", "IX_Answers_RespondedAt (RespondedAt>? AND RespondedAt<?)", "IX_Answers_Agent (AgentId=? AND RespondedAt>? AND RespondedAt<?)",
        "IX_Answers_Product (ProductId=? AND RespondedAt>? AND RespondedAt<?)", "IX_Answers_Team (TeamId=? AND RespondedAt>? AND RespondedAt<?)")]
    [InlineData("DriverQuery.cs", "IX_Answers_RespondedAt (RespondedAt>? AND RespondedAt<?)", "IX_Answers_Team (TeamId=? AND RespondedAt>? AND RespondedAt<?)",
        "SEARCH r USING PRIMARY KEY (AnswerId=?)", "SEARCH RollupDays USING PRIMARY KEY (Day>? AND Day<?)")]
    [InlineData("CurveQuery.cs", "IX_Measurements_At (MeasureId=? AND MeasuredAt>? AND MeasuredAt<?)", "a USING INTEGER PRIMARY KEY")]
    [InlineData("WarningQuery.cs", "IX_Measurements_At (MeasureId=? AND MeasuredAt>? AND MeasuredAt<?)", "IX_Answers_Low (RespondedAt>? AND RespondedAt<?)", "a USING INTEGER PRIMARY KEY")]
    [InlineData("BaselineQuery.cs", "(Kind=? AND MetricId=? AND Axis=? AND KeyId=?)")]
    [InlineData("LiveMomentsQuery.cs", "IX_Answers_RespondedAt (RespondedAt>? AND RespondedAt<?)")]
    [InlineData("PastDayQuery.cs", "IX_Answers_Received (Day=? AND ReceivedAt>?)", "IX_Answers_Received (Day=? AND ReceivedAt<?)", "IX_Measurements_Received (MeasureId=? AND Day=? AND ReceivedAt>?)")]
    [InlineData("SuppressionQuery.cs", "IX_Answers_Received (Day=? AND ReceivedAt>?)", "PRIMARY KEY (Axis=? AND Kind=? AND MetricId=? AND Day>? AND Day<?)")]
    [InlineData("ScorecardCasesQuery.cs", "IX_Cases_Board (Status=?)", "IX_Cases_Team (TeamId=? AND Status=?)", "USING COVERING INDEX IX_Cases_ResolvedAt (ResolvedAt>? AND ResolvedAt<?)",
        "PRIMARY KEY (Days=? AND FromDay=? AND Level=? AND Axis=?)", "PRIMARY KEY (Days=? AND FromDay=? AND Level=? AND Axis=? AND RegionId=? AND TeamId=?)")]
    [InlineData("CaseBlocks.cs", "SEARCH b USING PRIMARY KEY (Days=? AND FromDay>? AND FromDay<?)", "SEARCH d USING PRIMARY KEY (Day>? AND Day<?)")]
    [InlineData("CaseBlockWriter.cs", "IX_Cases_ResolvedAt (ResolvedAt>? AND ResolvedAt<?)")]
    [InlineData("RollupBlocks.cs", "SEARCH b USING PRIMARY KEY (Days=? AND FromDay>? AND FromDay<?)", "SEARCH d USING PRIMARY KEY (Day>? AND Day<?)")]
    [InlineData("RollupQuery.cs", "PRIMARY KEY (Axis=? AND Kind=? AND MetricId=? AND Day>? AND Day<?")]
    [InlineData("RollupSpanQuery.cs", "PRIMARY KEY (Axis=? AND Kind=? AND MetricId=?)")]
    [InlineData("EscalationWriter.cs", "IX_Cases_Escalation (NextEscalationAt<?)")]
    [InlineData("ReminderWriter.cs", "IX_Cases_Warning (NextWarningAt<?)")]
    [InlineData("DeliveryQueue.cs", "IX_Deliveries_Due (Status=? AND NextAt<?)", "IX_Deliveries_Lease (Lease=?)")]
    [InlineData("Outbox.cs", "IX_Deliveries_Case (CaseId=?)")]
    [InlineData("DeliveriesQuery.cs", "IX_Deliveries_Status (Status=?")]
    [InlineData("RehearsalQuery.cs", "IX_Cases_OpenSince (OpenedAt<?)", "IX_Cases_ResolvedAt (ResolvedAt>?)", "IX_Cases_ResolvedAt (ResolvedAt>? AND ResolvedAt<?)")]
    [InlineData("CaseOpener.cs", "UX_Cases_OpenCustomer (CustomerId=?)")]
    [InlineData("NoticesQuery.cs", "IX_Notices_Unread (PersonId=?)", "IX_Notices_Person (PersonId=?)")]
    [InlineData("TargetBoardQuery.cs", "PRIMARY KEY (Kind=? AND MetricId=? AND Statistic=? AND Day>? AND Day<?)")]
    [InlineData("GapWriter.cs", "SEARCH r USING PRIMARY KEY (Axis=? AND Kind=? AND MetricId=? AND Day=?)", "SEARCH TargetGaps USING PRIMARY KEY (Kind=? AND MetricId=? AND Statistic=? AND Day=?)",
        "SEARCH o USING PRIMARY KEY (Kind=? AND MetricId=? AND Statistic=? AND Axis=? AND KeyId=? AND FromDay<?)", "SEARCH g USING PRIMARY KEY (Kind=? AND MetricId=? AND Statistic=? AND Day=?)")]
    [InlineData("AnswerStore.cs", "(SourceId=? AND ExternalId=?)")]
    [InlineData("ViewerQuery.cs", "(KeyHash=?)")]
    public async Task A_hot_reader_goes_by_its_indexes(string file, params string[] indexes)
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        var plan = string.Join('\n', StatementTests.All().Where(s => s.Place.StartsWith(file, StringComparison.Ordinal)).SelectMany(s => Plan(connection, s)));
        Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_newest_notices_are_not_sorted_out_of_all()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        Assert.DoesNotContain(
            StatementTests.All().Where(s => s.Place.StartsWith("NoticesQuery.cs", StringComparison.Ordinal)).SelectMany(s => Plan(connection, s)),
            line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    // An index that covers nothing is walked for its order, which ends at a limit.
    private static IEnumerable<string> Scans(SqliteConnection connection, Statement statement)
    {
        var growing = Growing().Matches(statement.For(SqlDialect.Sqlite))
            .Select(m => m.Groups["alias"] is { Success: true } alias ? alias.Value : m.Groups["table"].Value).ToHashSet();
        return Plan(connection, statement)
            .Where(line => Scan().Match(line) is { Success: true } scan && growing.Contains(scan.Groups[1].Value) && !line.Contains(" USING INDEX ", StringComparison.Ordinal))
            .Select(line => $"{statement.Place}: {line}");
    }

    internal static List<string> Plan(SqliteConnection connection, Statement statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Lists().Replace(statement.For(SqlDialect.Sqlite), "IN ($1)");
        foreach (var name in Names().Matches(command.CommandText).Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(name, 51);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read()) plan.Add(reader.GetString(3));
        return plan;
    }

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\b(FROM|JOIN|UPDATE)\s+(?<table>Answers|AnswerRatings|Measurements|Rollups|TargetGaps|Cases|CaseHistory|CaseAnswers|CaseEvents|Customers|Notices|AuditLog|ChangeLog)\b(\s+(?!WHERE|JOIN|ORDER|GROUP|ON|SET|LEFT|CROSS|UNION|LIMIT)(?<alias>\w+))?")]
    private static partial Regex Growing();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Names();

    [GeneratedRegex(@"\bIN\s+(@\w+)")]
    private static partial Regex Lists();
}
