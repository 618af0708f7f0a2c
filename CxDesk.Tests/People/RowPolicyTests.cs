using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.People;

/// <summary>Each reach against rows of every place: what is seen, and what is counted, must be the same.</summary>
[Trait("Behaviour", "41")]
public sealed class RowPolicyTests
{
    private static readonly Statement Stamp = new("UPDATE People SET SecurityStamp = 'x'");
    private static readonly Statement Own = new("UPDATE Cases SET OwnerId = @personId WHERE Id = @id");
    private static readonly Statement Watch = new("INSERT INTO CaseWatchers (CaseId, PersonId) VALUES (@id, @personId)");

    private static readonly StatementFamily<Reach> Answers = new(RowPolicy.Reaches, (_, reach) =>
        $"SELECT a.ExternalId FROM Answers a WHERE {RowPolicy.Answers(reach, "a")} ORDER BY a.Id");

    private static readonly StatementFamily<Reach> Cases = new(RowPolicy.Reaches, (_, reach) =>
        $"SELECT c.Id FROM Cases c WHERE {RowPolicy.Cases(reach, "c")} ORDER BY c.Id");

    private static readonly StatementFamily<Reach> Count = new(RowPolicy.Reaches, (_, reach) =>
        $"SELECT COUNT(*) FROM Cases c WHERE c.Status < 4 AND {RowPolicy.Cases(reach, "c")}");

    // Answers and cases, by what CaseFloor opens below: 1 Ann's, 2 Bob's, 3 of nobody in the team, 4 of the region without a team, 5 Eve's elsewhere.
    [Theory]
    [InlineData(CaseFloor.Agent, "1", "1,3")]           // her answers; the case she owns, and the team's unclaimed one
    [InlineData(CaseFloor.Colleague, "2", "2,3")]       // the case he watches, and the unclaimed one; not Ann's
    [InlineData(CaseFloor.Supervisor, "1,2,3", "1,2,3")]
    [InlineData(CaseFloor.Manager, "1,2,3,4", "1,2,3,4,5")] // the case elsewhere that escalated to her
    [InlineData(CaseFloor.Stranger, "5", "5")]
    [InlineData(CaseFloor.Executive, "1,2,3,4,5", "1,2,3,4,5")]
    public async Task Rows_and_counts_end_where_the_place_ends(int personId, string answers, string cases)
    {
        await using var floor = await Floor();
        var viewer = (await new ViewerQuery(floor.Database.Db, floor.Database.Company).FindPerson(personId))!.Viewer;
        await Sees(floor, viewer, answers, cases);
        Assert.Equal(CaseFloor.ViewerOf(personId).Scope, viewer.Scope);
    }

    [Fact]
    public async Task A_key_of_a_unit_sees_that_unit_and_a_display_sees_no_row()
    {
        await using var floor = await Floor();
        var keys = new ApiKeyWriter(floor.Database.Db);
        var viewers = new ViewerQuery(floor.Database.Db, floor.Database.Company);
        var region = await keys.Create(Viewer.System, "region", ApiKeyScopes.Read, CaseFloor.OtherRegion);
        await Sees(floor, (await viewers.FindKey(Secret.Hash(region)))!.Viewer, "5", "5");
        await Sees(floor, new Viewer { Name = "wall", Role = Role.Wall, Reach = Reach.None }, "", "");
        await Sees(floor, new Viewer { PersonId = 99, Name = "nowhere", Role = Role.Manager, Reach = Reach.Units }, "", "");
        await Sees(floor, new Viewer { PersonId = 99, Name = "nowhere", Role = Role.Agent, Reach = Reach.Own }, "", "");
    }

    private static async Task<CaseFloor> Floor()
    {
        var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open(agentId: CaseFloor.Agent);
        await floor.Open(agentId: CaseFloor.Colleague);
        await floor.Open();
        await floor.Open(teamId: CaseFloor.NoTeam);
        await floor.Open(teamId: CaseFloor.OtherTeam, regionId: CaseFloor.OtherRegion, agentId: CaseFloor.Stranger);
        await floor.Database.Db.Write(async s =>
        {
            await s.Execute(Stamp);
            await s.Execute(Own, new { id = 1001, personId = CaseFloor.Agent });
            await s.Execute(Own, new { id = 1002, personId = CaseFloor.Supervisor });
            await s.Execute(Watch, new { id = 1002, personId = CaseFloor.Colleague });
            await s.Execute(Watch, new { id = 1005, personId = CaseFloor.Manager });
        });
        return floor;
    }

    private static async Task Sees(CaseFloor floor, Viewer viewer, string answers, string cases)
    {
        var parameters = RowPolicy.Parameters(viewer);
        var (seenAnswers, seenCases, counted) = await floor.Database.Db.Read(async s =>
            (await s.Query<string>(Answers[viewer.Reach], parameters), await s.Query<int>(Cases[viewer.Reach], parameters), await s.Single<int>(Count[viewer.Reach], parameters)));
        Assert.Equal(answers, string.Join(',', seenAnswers.Select(x => x[1..])));
        Assert.Equal(cases, string.Join(',', seenCases.Select(id => id - 1000)));
        Assert.Equal(seenCases.Count, counted);
        var page = await floor.Board.Read(viewer, new CaseBoardFilter(), CaseSort.Urgency, 50);
        Assert.Equal(seenCases.Count, page.Rows.Count);
        Assert.Equal(seenCases.Count, page.Counts.New);
    }
}
