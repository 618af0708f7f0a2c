using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Tests.Targets;

public sealed class TargetResolverTests
{
    private const int Company = 1, North = 10, NorthA = 11, NorthB = 12;
    private static readonly DateOnly Day = new(2026, 9, 14);
    private static readonly UnitTree Units = new([
        new UnitRow { Id = Company, ParentId = null, Kind = UnitKind.Company, Code = "company", Name = "Company", IsNoTeam = false, IsActive = true },
        new UnitRow { Id = North, ParentId = Company, Kind = UnitKind.Region, Code = "north", Name = "North", IsNoTeam = false, IsActive = true },
        new UnitRow { Id = NorthA, ParentId = North, Kind = UnitKind.Team, Code = "a", Name = "A", IsNoTeam = false, IsActive = true },
        new UnitRow { Id = NorthB, ParentId = North, Kind = UnitKind.Team, Code = "b", Name = "B", IsNoTeam = false, IsActive = true }]);

    private int _id;

    [Fact]
    [Trait("Behaviour", "34")]
    public void A_target_holds_from_its_day_and_changes_nothing_before()
    {
        var resolver = Of(Target(4.0, Day), Target(4.5, Day.AddDays(10)));
        Assert.Null(On(resolver, Company, Day.AddDays(-1)));
        Assert.Equal(4.0, On(resolver, Company, Day));
        Assert.Equal(4.0, On(resolver, Company, Day.AddDays(9)));
        Assert.Equal(4.5, On(resolver, Company, Day.AddDays(10)));
    }

    [Fact]
    public void A_team_takes_its_own_then_its_regions_then_the_companys()
    {
        var resolver = Of(Target(4.0, Day), Target(4.2, Day, unit: North), Target(4.4, Day, unit: NorthA));
        Assert.Equal(4.4, On(resolver, NorthA, Day));
        Assert.Equal(4.2, On(resolver, NorthB, Day));
        Assert.Equal(4.0, On(Of(Target(4.0, Day)), NorthB, Day));
    }

    [Fact]
    public void A_product_takes_its_own_then_the_companys()
    {
        var resolver = Of(Target(4.0, Day), new TargetRow
        {
            Id = 50, UnitId = null, ProductId = 7, ChannelId = null, Kind = RollupKind.Score, MetricId = (int)Metric.Csat, FromDay = Day, Target = 4.3,
            Source = TargetSource.Management, Note = null, CreatedAt = default, CreatedBy = "",
        });
        Assert.Equal(4.3, resolver.On(TargetSubject.Product(7), Metric.Csat, Day)?.Target);
        Assert.Equal(4.0, resolver.On(TargetSubject.Product(8), Metric.Csat, Day)?.Target);
        Assert.Equal(4.0, resolver.On(TargetSubject.Channel(7), Metric.Csat, Day)?.Target);
    }

    [Fact]
    public void Management_goes_before_the_own_baseline_and_that_before_the_industry()
    {
        var industry = Target(4.6, Day.AddDays(2), source: TargetSource.Industry);
        var baseline = Target(4.1, Day.AddDays(1), source: TargetSource.OwnBaseline);
        var management = Target(4.3, Day, source: TargetSource.Management);
        Assert.Equal(4.3, On(Of(industry, baseline, management), Company, Day.AddDays(5)));
        Assert.Equal(4.1, On(Of(industry, baseline), Company, Day.AddDays(5)));
    }

    [Fact]
    public void Of_two_for_the_same_day_the_one_set_last_holds() =>
        Assert.Equal(4.2, On(Of(Target(4.1, Day), Target(4.2, Day)), Company, Day));

    [Fact]
    public void A_target_of_one_metric_is_none_of_another() =>
        Assert.Null(Of(Target(4.1, Day)).On(TargetSubject.Unit(Company), Metric.Ces, Day));

    [Fact]
    public void A_target_of_the_top_two_is_none_of_the_mean()
    {
        var resolver = Of(Target(0.8, Day) with { Statistic = 1 });
        Assert.Equal(0.8, resolver.On(TargetSubject.Unit(NorthA), Indicator.CsatTopTwo, Day)?.Target);
        Assert.Null(resolver.On(TargetSubject.Unit(NorthA), Indicator.Csat, Day));
    }

    [Fact]
    public void A_source_that_ended_leaves_the_number_to_the_next_one()
    {
        var (industry, management) = (Target(4.0, Day, source: TargetSource.Industry), Target(4.4, Day, unit: NorthA));
        var resolver = Of(industry, management, Target(0, Day.AddDays(3), unit: NorthA) with { IsEnd = true });
        Assert.Equal(4.4, On(resolver, NorthA, Day.AddDays(2)));
        Assert.Equal(4.0, On(resolver, NorthA, Day.AddDays(3)));
        Assert.Equal(4.5, On(Of(industry, management, Target(0, Day.AddDays(3), unit: NorthA) with { IsEnd = true }, Target(4.5, Day.AddDays(9), unit: NorthA)), NorthA, Day.AddDays(9)));
    }

    [Fact]
    [Trait("Behaviour", "34")]
    public void Another_rule_says_from_its_day_on_which_source_counts_and_changes_nothing_before()
    {
        var (industry, management) = (Target(4.0, Day, source: TargetSource.Industry), Target(4.4, Day));
        var rules = new TargetRules([Rule(Day.AddDays(5), TargetSource.Industry, TargetSource.Management, TargetSource.OwnBaseline)]);
        var resolver = new TargetResolver([industry, management], Units, rules);
        Assert.Equal(4.4, On(resolver, NorthA, Day.AddDays(4)));
        Assert.Equal(4.0, On(resolver, NorthA, Day.AddDays(5)));
        Assert.Equal([industry, management], resolver.SideBySide(TargetSubject.Unit(NorthA), Indicator.Csat, Day.AddDays(5)));
        Assert.Equal([(Day, Day.AddDays(5), 4.4), (Day.AddDays(5), DateOnly.MaxValue, 4.0)], resolver.Spans().Select(s => (s.FromDay, s.ToDay, s.Target)));
    }

    [Fact]
    [Trait("Behaviour", "34")]
    public void The_target_of_a_period_is_the_mean_weighted_by_answers()
    {
        var resolver = Of(Target(4.0, Day), Target(4.5, Day.AddDays(1)));
        var company = TargetSubject.Unit(Company);
        Assert.Equal((30 * 4.0 + 10 * 4.5) / 40, Over((company, Day.AddDays(-1), 500), (company, Day, 30), (company, Day.AddDays(1), 10)));
        Assert.Equal(4.5, Over((company, Day.AddDays(1), 7), (company, Day.AddDays(2), 3)));
        Assert.Null(Over((company, Day.AddDays(-1), 500)));
        Assert.Equal(4.5, Over());

        double? Over(params (TargetSubject, DateOnly, long)[] answers) => resolver.Over(answers, company, Metric.Csat, Day.AddDays(5));
    }

    private static TargetRuleRow Rule(DateOnly from, TargetSource first, TargetSource second, TargetSource third) => new()
    {
        Id = 1, FromDay = from, Source1 = first, Source2 = second, Source3 = third, CreatedAt = default, CreatedBy = "",
    };

    private static double? On(TargetResolver resolver, int unit, DateOnly day) => resolver.On(TargetSubject.Unit(unit), Metric.Csat, day)?.Target;

    private static TargetResolver Of(params TargetRow[] targets) => new(targets, Units);

    private TargetRow Target(double target, DateOnly from, int unit = Company, TargetSource source = TargetSource.Management) => new()
    {
        Id = ++_id, UnitId = unit, ProductId = null, ChannelId = null, Kind = RollupKind.Score, MetricId = (int)Metric.Csat, FromDay = from, Target = target,
        Source = source, Note = null, CreatedAt = default, CreatedBy = "",
    };
}
