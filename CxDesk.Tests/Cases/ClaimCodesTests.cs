using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public sealed class ClaimCodesTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Whoever_scans_a_code_owns_the_case_and_it_works_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var codes = new ClaimCodes(floor.Database.Db, floor.Writer);
        var caseId = (await floor.Open()).CaseId;
        var code = await codes.Of(caseId, floor.Database.Time.Now);
        Assert.Equal(new ClaimOutcome.Yours(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));
        Assert.Equal("Ann", (await floor.Read(caseId)).OwnerName);
        // A page that is loaded again.
        Assert.Equal(new ClaimOutcome.Yours(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));
        Assert.Equal(new ClaimOutcome.Used(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Colleague), code));

        // Given back, the case waits for a code that is not used yet.
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = caseId, Owner = new OwnerChange(null) });
        Assert.Equal(new ClaimOutcome.Used(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Colleague), code));
        Assert.Equal(new ClaimOutcome.Used(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));
        Assert.Null((await floor.Read(caseId)).OwnerName);
        var next = await codes.Of(caseId, floor.Database.Time.Now + ClaimCodes.SlotLength);
        Assert.Equal(new ClaimOutcome.Yours(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Colleague), next));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_code_holds_between_five_and_ten_minutes_and_on_every_node(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (here, there) = (new ClaimCodes(floor.Database.Db, floor.Writer), new ClaimCodes(floor.Database.Db, floor.Writer));
        var start = floor.Database.Time.Now;
        var old = (await floor.Open()).CaseId;
        var code = await here.Of(old, start);
        Assert.Equal(code, await there.Of(old, start.AddMinutes(4.9)));
        Assert.NotEqual(code, await there.Of(old, start.AddMinutes(5)));
        floor.Database.Time.Now = start.AddMinutes(10);
        Assert.Equal(new ClaimOutcome.Expired(old), await there.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));
        floor.Database.Time.Now = start.AddMinutes(9.9);
        Assert.Equal(new ClaimOutcome.Yours(old), await there.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_code_gives_nobody_a_case_that_they_may_not_have(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var codes = new ClaimCodes(floor.Database.Db, floor.Writer);
        var caseId = (await floor.Open()).CaseId;
        var code = await codes.Of(caseId, floor.Database.Time.Now);
        Assert.Equal(new ClaimOutcome.OutOfReach(), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Stranger), code));
        // That burnt nothing.
        Assert.Equal(new ClaimOutcome.Yours(caseId), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), code));

        var taken = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = taken });
        var late = await codes.Of(taken, floor.Database.Time.Now);
        Assert.Equal(new ClaimOutcome.Refused(taken, CaseRefusal.AlreadyTaken, "Ann"), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Supervisor), late));
        Assert.Equal(new ClaimOutcome.Yours(taken), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), late));
    }

    [Fact]
    public async Task What_this_house_did_not_seal_is_foreign()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var codes = new ClaimCodes(floor.Database.Db, floor.Writer);
        var (one, other) = ((await floor.Open()).CaseId, (await floor.Open()).CaseId);
        var parts = (await codes.Of(one, floor.Database.Time.Now)).Split('-');
        foreach (var forged in (string[])["", "1", "--", "x-y-z", $"{other:x}-{parts[1]}-{parts[2]}", $"{parts[0]}-{parts[1]}-{parts[2][..^1]}", string.Join('-', parts) + "-1"])
            Assert.Equal(new ClaimOutcome.Foreign(), await codes.Claim(CaseFloor.ViewerOf(CaseFloor.Agent), forged));
    }

    [Fact]
    public async Task Of_two_who_scan_at_once_one_owns_it_and_the_other_hears_whose_it_is()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var codes = new ClaimCodes(floor.Database.Db, floor.Writer);
        var caseId = (await floor.Open()).CaseId;
        var code = await codes.Of(caseId, floor.Database.Time.Now);
        var outcomes = await Task.WhenAll(new[] { CaseFloor.Agent, CaseFloor.Colleague, CaseFloor.Supervisor, CaseFloor.Manager }
            .Select(person => Task.Run(() => codes.Claim(CaseFloor.ViewerOf(person), code))));
        Assert.Single(outcomes, o => o is ClaimOutcome.Yours);
        Assert.Equal(3, outcomes.Count(o => o is ClaimOutcome.Used));
    }
}
