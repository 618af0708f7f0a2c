using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Targets;

public sealed class TargetWriterTests
{
    private static readonly DateOnly Today = new(2026, 9, 14);
    private static readonly SetTarget Aim = new() { Subject = TargetSubject.Unit(Floor.North), Indicator = Indicator.Csat, FromDay = Today, Target = 4, Source = TargetSource.Management };

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_industry_figure_says_where_it_comes_from(DatabaseProvider engine)
    {
        await using var database = (await Floor.Create(engine)).Database;
        var writer = Writer(database);
        await Refused("note", "Origin", () => writer.Set(Floor.Executive, Aim with { Source = TargetSource.Industry }));
        await Refused("note", "Origin", () => writer.Set(Floor.Executive, Aim with { Source = TargetSource.Industry, Note = " " }));
        await writer.Set(Floor.Executive, Aim with { Source = TargetSource.Industry, Note = "ACSI 2025" });
        Assert.Equal("ACSI 2025", Assert.Single(await database.Db.Read(TargetQuery.All)).Note);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_own_baseline_is_of_whatever_past_days_are_named_and_keeps_them_with_its_n(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, Enumerable.Range(0, 10).Select(i => new FloorAnswer(new DateOnly(2026, 5, 1).AddDays(i), Floor.NorthA, Csat: i < 6 ? 4 : 5)));
        await using var database = floor.Database;
        var writer = Writer(database);
        var baseline = Aim with { Source = TargetSource.OwnBaseline, Target = null, Baseline = (new DateOnly(2026, 5, 2), new DateOnly(2026, 5, 9)) };
        await writer.Set(Floor.Executive, baseline);
        await writer.Set(Floor.Executive, baseline with { Indicator = Indicator.CsatTopTwo });
        var set = (await database.Db.Read(TargetQuery.All)).OrderBy(t => t.Id).ToList();
        Assert.Equal((30.0 / 7, 7, new DateOnly(2026, 5, 2), new DateOnly(2026, 5, 9)), (set[0].Target, set[0].BaselineN, set[0].BaselineFrom, set[0].BaselineTo));
        Assert.Equal((1.0, Indicator.CsatTopTwo), (set[1].Target, set[1].Measure));
        foreach (var (from, to, fault) in ((DateOnly, DateOnly, string)[])[
            (Today.AddDays(-3), Today.AddDays(1), "NotOver"), (Today.AddDays(-3), Today.AddDays(-3), "Days"), (new(2020, 1, 1), new(2026, 1, 1), "Days"), (new(2026, 5, 1), new(2026, 5, 4), "NoBaseline")])
            await Refused("baseline", fault, () => writer.Set(Floor.Executive, baseline with { Baseline = (from, to) }));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "34")]
    public async Task A_target_ends_from_a_day_on_and_what_was_in_force_stays(DatabaseProvider engine)
    {
        await using var database = (await Floor.Create(engine)).Database;
        var writer = Writer(database);
        var end = new EndTarget { Subject = Aim.Subject, Indicator = Aim.Indicator, Source = Aim.Source, FromDay = Today.AddDays(2) };
        await Refused("source", "NothingToEnd", () => writer.End(Floor.Executive, end));
        await writer.Set(Floor.Executive, Aim with { FromDay = Today.AddDays(-5) });
        await Refused("from", "PastEnd", () => writer.End(Floor.Executive, end with { FromDay = Today.AddDays(-1) }));
        await Refused("of", "NotYours", () => writer.End(Floor.ManagerOf(Floor.South), end));
        await writer.End(Floor.ManagerOf(Floor.North), end);
        await Refused("source", "NothingToEnd", () => writer.End(Floor.Executive, end));
        var resolver = await database.Db.Read(async s => await TargetQuery.Resolver(s, await UnitTree.Read(s)));
        Assert.Equal([4.0, 4.0, null], ((int[])[-5, 1, 2]).Select(day => resolver.On(Aim.Subject, Indicator.Csat, Today.AddDays(day))?.Target));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "34")]
    public async Task A_rule_begins_today_or_later_and_is_the_companys(DatabaseProvider engine)
    {
        await using var database = (await Floor.Create(engine)).Database;
        var writer = Writer(database);
        var rule = new SetTargetRule { FromDay = Today, Order = [TargetSource.Industry, TargetSource.Management, TargetSource.OwnBaseline], SeenId = 0 };
        await Refused("from", "PastRule", () => writer.SetRule(Floor.Executive, rule with { FromDay = Today.AddDays(-1) }));
        await Refused("rule", "Each", () => writer.SetRule(Floor.Executive, rule with { Order = [TargetSource.Industry, TargetSource.Industry, TargetSource.Management] }));
        await Refused("rule", "NotYourRule", () => writer.SetRule(Floor.ManagerOf(Floor.North), rule));
        var id = await writer.SetRule(Floor.Executive, rule);
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.SetRule(Floor.Executive, rule));
        await writer.SetRule(Floor.Executive, rule with { SeenId = id, Order = TargetRules.First });
        var rules = new TargetRules(await database.Db.Read(TargetQuery.Rules));
        Assert.Equal(TargetRules.First, rules.On(Today));
    }

    [Fact]
    public async Task Who_sets_a_target_second_is_told()
    {
        await using var database = (await Floor.Create(DatabaseProvider.Sqlite)).Database;
        var writer = Writer(database);
        var id = await writer.Set(Floor.Executive, Aim with { SeenId = 0 });
        Assert.Equal("Executive", (await Assert.ThrowsAsync<ChangedMeanwhile>(() => writer.Set(Floor.Executive, Aim with { Target = 4.5, SeenId = 0 }))).By);
        await writer.Set(Floor.Executive, Aim with { Target = 4.5, SeenId = id });
    }

    private static TargetWriter Writer(TestDatabase database) => new(database.Db, database.Company);

    private static async Task Refused(string field, string fault, Func<Task> write)
    {
        var refused = await Assert.ThrowsAsync<InvalidField>(write);
        Assert.Equal((field, fault), (refused.Field, refused.Fault));
        Assert.StartsWith(field + ":", refused.Message, StringComparison.Ordinal);
    }
}
