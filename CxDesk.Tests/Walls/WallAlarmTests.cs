using CxDesk.Data.Cases;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Tests.Live;

namespace CxDesk.Tests.Walls;

public sealed class WallAlarmTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Behaviour", "24")]
    public void A_wall_sounds_from_the_first_case_that_calls_until_somebody_has_it()
    {
        var overdue = Case(overdue: true);
        var critical = Case() with { Severity = CaseSeverity.Critical, OpenedAt = Now.AddMinutes(-30) };
        Assert.Equal(overdue.DueAt, WallAlarm.SoundsSince(Wall(true, overdue)));
        Assert.Equal(critical.OpenedAt, WallAlarm.SoundsSince(Wall(true, overdue, critical)));
        Assert.Null(WallAlarm.SoundsSince(Wall(true, overdue with { IsTaken = true }, critical with { IsTaken = true })));
        Assert.Null(WallAlarm.SoundsSince(Wall(true, Case())));
        // Off unless somebody turned it on.
        Assert.Null(WallAlarm.SoundsSince(Wall(new WallDocument { Pages = [] }.HasSound, overdue)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5.9, 3)]
    [InlineData(9, 4)]
    [InlineData(600, 5)]
    public void It_climbs(double minutes, int level) => Assert.Equal(level, WallAlarm.Level(TimeSpan.FromMinutes(minutes)));

    private static LiveUrgentCase Case(bool overdue = false) => new()
    {
        CaseId = 1, Severity = CaseSeverity.High, DueAt = Now.AddMinutes(overdue ? -5 : 60), Overdue = overdue, Owner = null, Region = "North", Product = "Net",
    };

    private static WallSnapshot Wall(bool sound, params LiveUrgentCase[] urgent) => WallSnapshot.Gone("main", 1, Now) with
    {
        Document = new WallDocument { Pages = [], HasSound = sound },
        Pages =
        [
            new WallPageFigures { DwellSeconds = 15, Tiles = [] },
            new WallPageFigures
            {
                DwellSeconds = 15,
                Tiles =
                [
                    new CasesFigure
                    {
                        Key = "cases", Subject = "", Window = "today", NewestAt = Now, Silence = null, Standing = Standing.Bad, Reason = FigureReason.CasesOverdue,
                        Spec = new WallTileSpec { Kind = WallTileKind.Cases }, Cases = Boards.Cases(urgent: urgent),
                    },
                ],
            },
        ],
    };
}
