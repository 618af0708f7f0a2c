using CxDesk.Data.Admin;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Tests.People;

namespace CxDesk.Tests.Admin;

public sealed class OrgImportTests
{
    private const string Header = "type,kind,code,name,parent,timezone,user,role,agent,unit,from,to\n";

    private const string Company = Header + """"
        place,,,,,,wangfang,agent,,west-web,2026-01-01,
        unit,region,west,West,,America/New_York,,,,,,
        unit,team,west-web,"Web, ""the second""",west,,,,,,,
        unit,team,west-mail,Mail,west,,,,,,,
        person,,,王芳,,,WangFang,agent,A-17,,,
        person,,,Joe,,,,,A-18,,,
        person,,,Mia,,,mia,manager,,,,
        place,,,,,,mia,manager,,west,2026-01-01,
        place,,,,,,,agent,A-18,west-web,2026-01-01,
        place,,,,,,,agent,A-18,west-mail,2026-03-01,2026-12-01

        """";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_company_comes_from_one_file_and_a_second_run_changes_nothing(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var import = new OrgImport(staff.Database.Db, staff.Database.Company);
        var first = await import.Run(Viewer.System, new StringReader(Company));
        Assert.Empty(first.Faults);
        Assert.Equal((3, 3, 4), (first.Units, first.People, first.Places));
        var second = await import.Run(Viewer.System, new StringReader(Company));
        Assert.Empty(second.Faults);
        Assert.Equal((0, 0, 0), (second.Units, second.People, second.Places));
        var units = await new UnitTreeQuery(staff.Database.Db, staff.Database.Company).All();
        Assert.Equal(["West", "Mail", "Web, \"the second\"", "no team"], units.SkipWhile(u => u.Code != "west").Take(4).Select(u => u.Name));
        Assert.Equal(["Mia"], units.Single(u => u.Code == "west").Leaders);
        Assert.Equal(1, units.Single(u => u.Code == "west-mail").Agents);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("kind,code\n", 1, "type: the column is missing")]
    [InlineData("type,colour\n", 1, "colour: is no column")]
    [InlineData(Header + "robot,,,,,,,,,,,\n", 2, "type: 'robot'")]
    [InlineData(Header + "unit,planet,x,X,,,,,,,,\n", 2, "kind: 'planet'")]
    [InlineData(Header + "unit,region,x,,,,,,,,,\n", 2, "name: is missing")]
    [InlineData(Header + "unit,region,x,X,,Mars/Base,,,,,,\n", 2, "timeZone: Mars/Base")]
    [InlineData(Header + "unit,team,x,X,nowhere,,,,,,,\n", 2, "parent: there is no region")]
    [InlineData(Header + "person,,,Ann,,,ann,,,,,\n", 2, "role: whoever signs in")]
    [InlineData(Header + "person,,,Ann,,,an n,agent,,,,\n", 2, "user: a user name holds no spaces")]
    [InlineData(Header + "person,,,,,,ann,agent,,,,\n", 2, "name: is missing")]
    [InlineData(Header + "place,,,,,,nobody,agent,,phone,2026-01-01,\n", 2, "user: there is nobody")]
    [InlineData(Header + "person,,,Ann,,,ann,agent,,,,\nplace,,,,,,ann,agent,,moon,2026-01-01,\n", 3, "unit: there is no unit")]
    [InlineData(Header + "person,,,Ann,,,ann,agent,,,,\nplace,,,,,,ann,agent,,north,2026-01-01,\n", 3, "unit: North is no place for this role")]
    [InlineData(Header + "person,,,Ann,,,ann,agent,,,,\nplace,,,,,,ann,agent,,phone,01/02/2026,\n", 3, "from: '01/02/2026'")]
    [InlineData(Header + "person,,,Ann,,,ann,agent,,,,\nplace,,,,,,ann,agent,,phone,2026-02-01,2026-01-01\n", 3, "to: is not after from")]
    [InlineData(Header + "unit,region,\"x,X,,,,,,,,\n", 2, "a quote")]
    public async Task A_fault_is_told_with_its_line_and_nothing_is_stored(string file, int line, string words)
    {
        await using var staff = await Staff.Create();
        var import = new OrgImport(staff.Database.Db, staff.Database.Company);
        var result = await import.Run(Viewer.System, new StringReader(file));
        Assert.Contains(result.Faults, f => f.Line == line && f.Message.Contains(words, StringComparison.Ordinal));
        var people = await new PeopleListQuery(staff.Database.Db, staff.Database.Company).Find(new PeopleFilter(PeopleShown.Accounts, null), 0);
        Assert.Equal(0, people.Total);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_in_the_order_of_their_lines()
    {
        await using var staff = await Staff.Create();
        var result = await new OrgImport(staff.Database.Db, staff.Database.Company).Run(Viewer.System, new StringReader(Header + "person,,,,,,ann,agent,,,,\nunit,region,x,X,,Mars/Base,,,,,,\nrobot,,,,,,,,,,,\n"));
        Assert.Equal([2, 3, 4], result.Faults.Select(f => f.Line));
    }

    [Fact]
    public async Task A_broken_quote_hides_no_other_fault_and_a_line_may_end_early()
    {
        await using var staff = await Staff.Create();
        var result = await new OrgImport(staff.Database.Db, staff.Database.Company).Run(Viewer.System, new StringReader(Header + "unit,region,\"x,X,,,,,,,,\nrobot\nunit,region,y,Y\nunit,,,,,,,,,,,,,\n"));
        Assert.Equal([2, 3, 5], result.Faults.Select(f => f.Line));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_code_that_intake_brought_is_placed_and_keeps_its_id(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var agent = await staff.People.Create(Viewer.System, new NewPerson { Name = "A-9", AgentCode = "A-9", Role = Role.Agent });
        var result = await new OrgImport(staff.Database.Db, staff.Database.Company).Run(Viewer.System, new StringReader(Header + "person,,,Ann,,,ann,agent,A-9,,,\n"));
        Assert.Empty(result.Faults);
        Assert.Equal("Ann", (await staff.ViewerOf(agent))!.Name);
    }
}
