using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class RootCauseTests
{
    private static readonly Viewer Admin = Viewer.System with { Name = "Ada" };

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "15")]
    public async Task A_case_is_resolved_by_a_cause_in_use_and_keeps_it_when_the_cause_goes(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new RootCauseWriter(floor.Database.Db), new RootCauseQuery(floor.Database.Db));
        var billing = (await query.Read()).Find("billing")!;
        var own = await writer.Add(Admin, billing.Id, " Charged twice ");
        var id = (await floor.Open()).CaseId;
        Assert.Equal(new CaseResult.Refused(CaseRefusal.RootCauseUnknown, "nonsense"), await Resolve("nonsense"));
        await writer.Save(Admin, billing, billing with { IsRetired = true });
        Assert.Equal(new CaseResult.Refused(CaseRefusal.RootCauseRetired, "Charged twice"), await Resolve("Charged twice"));
        billing = (await query.Read()).Find("billing")!;
        await writer.Save(Admin, billing, billing with { IsRetired = false });
        Assert.IsType<CaseResult.Done>(await Resolve("Charged twice"));

        var row = (await query.Read()).Find(own)!;
        await writer.Save(Admin, row, row with { Name = "Double charge", IsRetired = true });
        var file = (await floor.Query.Read(Viewer.System, id))!;
        Assert.Equal("Charged twice", file.Case.RootCause);
        Assert.Equal(["billing", "Double charge"], file.RootCausePath);
        // What happened is told as it was.
        Assert.Equal(["billing", "Charged twice"], file.Events[^1].Detail.RootCausePath);

        Task<CaseResult> Resolve(string cause) =>
            floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = id, RootCause = cause, ContactOutcome = ContactOutcome.Reached });
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_tree_is_ordered_moved_and_kept_from_loops(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new RootCauseWriter(floor.Database.Db), new RootCauseQuery(floor.Database.Db));
        Assert.Equal(RootCauses.Usual, (await query.Read()).InUse.Select(c => c.Code));
        await writer.Shift(Admin, (await query.Read()).Find("notSolved")!.Id, up: true);
        await writer.Shift(Admin, (await query.Read()).Find("notSolved")!.Id, up: true);
        Assert.Equal(["notSolved", "waitTooLong"], (await query.Read()).All.Select(c => c.Code).Take(2));

        // Who read it before it was moved does not move it back.
        var stale = (await query.Read()).Find("waitTooLong")!;
        await writer.Shift(Admin, stale.Id, up: false);
        await writer.Save(Admin, stale, stale with { Name = "Waited" });
        Assert.Equal(["notSolved", "wrongInformation", "waitTooLong"], (await query.Read()).All.Select(c => c.Code).Take(3));

        var top = await writer.Add(Admin, null, "Network");
        var middle = await writer.Add(Admin, top, "Access");
        var low = await writer.Add(Admin, middle, "Line");
        await writer.Add(Admin, low, "Socket");
        Assert.Equal("Taken", (await Refused(() => writer.Add(Admin, top, "access"))).Fault);
        Assert.Equal("TooDeep", (await Refused(async () => await writer.Add(Admin, (await query.Read()).Find("Socket")!.Id, "Deeper"))).Fault);
        Assert.Equal("Missing", (await Refused(() => writer.Add(Admin, top, "  "))).Fault);
        var row = (await query.Read()).Find(top)!;
        Assert.Equal("Cycle", (await Refused(() => writer.Save(Admin, row, row with { ParentId = low }))).Fault);
        var moved = (await query.Read()).Find(low)!;
        await writer.Save(Admin, moved, moved with { ParentId = null });
        Assert.Equal(["Line", "Socket"], (await query.Read()).All.Select(c => c.Code).TakeLast(2));
        // The same name elsewhere is another cause, with a code of its own.
        await writer.Add(Admin, top, "Line");
        Assert.NotNull((await query.Read()).Find("Line 2"));
    }

    [Fact]
    public void Causes_that_belong_to_each_other_are_walked_once()
    {
        static RootCauseRow Row(int id, int? parentId) => new() { Id = id, ParentId = parentId, Code = $"c{id}", Name = null, Position = id, IsRetired = false, Version = 1 };
        var tree = new RootCauseTree([Row(1, 2), Row(2, 1), Row(3, 2), Row(4, null)]);
        Assert.Equal(["c1", "c2", "c3"], tree.PathOf(tree.Find(3)!).Select(c => c.Code));
        Assert.Equal(["c1", "c2", "c3"], tree.With(tree.Find(1)!).Select(c => c.Code));
        Assert.True(tree.IsInUse(tree.Find(1)!));
        Assert.Equal(["c4"], tree.All.Select(c => c.Code));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_causes_moved_under_each_other_at_once_form_no_ring(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new RootCauseWriter(floor.Database.Db), new RootCauseQuery(floor.Database.Db));
        for (var i = 0; i < 5; i++)
        {
            var (one, other) = (await writer.Add(Admin, null, $"One {i}"), await writer.Add(Admin, null, $"Other {i}"));
            var tree = await query.Read();
            var faults = await Task.WhenAll(Move(one, other), Move(other, one));
            Assert.Equal("Cycle", Assert.Single(faults, fault => fault is not null));
            Assert.Equal(tree.All.Count(), (await query.Read()).All.Count());

            Task<string?> Move(int id, int under) => Task.Run(async () =>
            {
                var row = tree.Find(id)!;
                try
                {
                    await writer.Save(Admin, row, row with { ParentId = under });
                    return null;
                }
                catch (InvalidField e)
                {
                    return e.Fault;
                }
            });
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "13")]
    public async Task A_second_save_of_a_cause_is_told_who_was_first(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (writer, query) = (new RootCauseWriter(floor.Database.Db), new RootCauseQuery(floor.Database.Db));
        var seen = (await query.Read()).Find("manner")!;
        await writer.Save(Admin, seen, seen with { Name = "Rude" });
        var told = await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.Save(Viewer.System, seen, seen with { Name = "Tone" }));
        Assert.Equal(("Ada", "rootCauseEdited"), (told.By, told.What));
        Assert.Equal("Rude", (await query.Read()).Find("manner")!.Name);
        // A usual cause gets its usual name back.
        var named = (await query.Read()).Find("manner")!;
        await writer.Save(Admin, named, named with { Name = " " });
        Assert.Null((await query.Read()).Find("manner")!.Name);
    }

    private static Task<InvalidField> Refused(Func<Task> work) => Assert.ThrowsAsync<InvalidField>(work);
}
