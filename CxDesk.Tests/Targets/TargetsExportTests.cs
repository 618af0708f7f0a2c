using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Tests.Shell;
using CxDesk.Web.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Targets;

public sealed class TargetsExportTests : ShellContext
{
    private static readonly DateOnly Day = new(2026, 9, 1);
    private static readonly TargetSubject North = TargetSubject.Unit(10);

    private static readonly TargetBoard Board = new()
    {
        Indicator = Indicator.Csat, Rules = [], Order = TargetRules.First, MaySetRule = false, Limit = null, CalculatedAt = null,
        Rows =
        [
            new()
            {
                By = RollupBy.Region, Subject = North, SideBySide = [], Own = new Dictionary<TargetSource, TargetRow>(), Next = null, Gaps = [-.25, null, .5], MaySet = false,
                Figures = new()
                {
                    KeyId = 10, Key = "north", Name = "=North", IsNoTeam = false, N = 312, Score = 3.92, Low = 3.84, High = 4.0, Target = 4.2, Gap = -0.28,
                    Change = null, Verdict = Verdict.TooFew, Standing = Standing.Bad, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
                },
                Usual = new() { Axis = 0, KeyId = 10, Version = 1, FromDay = Day, ToDay = Day.AddDays(28), Days = 24, Centre = 4.5, MeanRange = .5, LeastN = 8, FrozenAt = At(1), FrozenBy = "Mia" },
            },
        ],
        Targets =
        [
            Set(2, 10) with { IsEnd = true, Target = 0, Note = "+formula" },
            Set(1, 10) with { BaselineFrom = Day.AddYears(-1), BaselineTo = Day.AddYears(-1).AddDays(90), BaselineN = 1204, Source = TargetSource.OwnBaseline },
            Set(3, 99),
        ],
    };

    [Fact]
    [Trait("Behaviour", "42")]
    public void What_was_set_is_there_as_it_was_set_of_what_is_seen_and_runs_as_no_formula() => Assert.Equal(
        [
            "Code,Name,First day,Target,Ended,Source,Set at,Set by,First day of the baseline,Last day of the baseline,n of the baseline,Note",
            "north,'=North,2026-09-01,,true,Management,2026-09-02T00:00:00Z,Mia,,,,'+formula",
            "north,'=North,2026-09-01,4.2,false,Own baseline,2026-09-01T00:00:00Z,Mia,2025-09-01,2025-11-29,1204,",
        ], Lines(TargetsExport.History(Board, Text)));

    [Fact]
    public void A_usual_range_is_cut_where_no_answer_can_reach() =>
        Assert.Equal($"north,'=North,{3.17.ToString(System.Globalization.CultureInfo.InvariantCulture)},4.5,5,2026-09-01,2026-09-28,24,2026-09-01T00:00:00Z,Mia", Lines(TargetsExport.Usual(Board, Text))[1]);

    [Fact]
    [Trait("Behaviour", "28")]
    public void A_day_without_a_gap_has_no_line() =>
        Assert.Equal(["Code,Name,Day,Gap", "north,'=North,2026-09-12,-0.25", "north,'=North,2026-09-14,0.5"], Lines(TargetsExport.Gaps(Board, new(2026, 9, 14), Text)));

    private IStringLocalizer<TargetsText> Text => Services.GetRequiredService<IStringLocalizer<TargetsText>>();

    private static string[] Lines(string file) => file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset At(int day) => new(2026, 9, day, 0, 0, 0, TimeSpan.Zero);

    private static TargetRow Set(int id, int unit) => new()
    {
        Id = id, UnitId = unit, ProductId = null, ChannelId = null, Kind = RollupKind.Score, MetricId = 1, FromDay = Day, Target = 4.2, Source = TargetSource.Management, Note = null, CreatedAt = At(id), CreatedBy = "Mia",
    };
}
