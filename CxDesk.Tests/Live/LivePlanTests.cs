using CxDesk.Data.Database;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Live;

public sealed class LivePlanTests
{
    [Fact]
    public async Task The_last_hour_is_a_seek_and_never_a_scan_of_all_answers()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        var plans = StatementTests.All().Where(s => s.Place.StartsWith("LiveHourQuery.cs", StringComparison.Ordinal)).Select(s => Plan(floor, s)).ToList();
        Assert.NotEmpty(plans);
        Assert.All(plans, plan => Assert.True(
            plan.Contains("RespondedAt>?", StringComparison.Ordinal) || plan.Contains("IX_Measurements_At (MeasureId=? AND MeasuredAt>?", StringComparison.Ordinal), plan));
    }

    private static string Plan(LiveFloor floor, Statement statement)
    {
        using var connection = new SqliteConnection(floor.Database.Options.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + statement.For(SqlDialect.Sqlite).Replace("IN @policyRegions", "IN (1, 2)").Replace("IN @policyTeams", "IN (3)").Replace("IN @measures", "IN (1, 2)");
        command.Parameters.AddWithValue("@since", "2026-09-14 11:00:00.000");
        command.Parameters.AddWithValue("@policyPerson", 1);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read()) plan.Add(reader.GetString(3));
        return string.Join('\n', plan);
    }
}
