using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.People;
using CxDesk.Web.Live;

namespace CxDesk.Tests.Walls;

public sealed class WallNightTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wall_is_dim_outside_the_hours_of_its_calendar_and_on_its_holidays(DatabaseProvider engine)
    {
        await using var staff = await Staff.Create(engine);
        var sven = (await staff.ViewerOf(await staff.Add("sven", Role.Supervisor)))!;
        var writer = new WallWriter(staff.Database.Db);
        var walls = new WallQuery(staff.Database.Db, staff.Database.Company, new ScorecardsOptions());
        var ofRegion = await writer.Create(sven, "Region", WallDocumentOf(new("north", 30)));
        var ofCompany = await writer.Create(sven, "Company", WallDocumentOf(new(null, 30)));
        var never = await writer.Create(sven, "Never", WallDocumentOf(null));
        await new CalendarWriter(staff.Database.Db, staff.Database.Company).Save(Viewer.System, new SaveCalendar
        {
            UnitId = staff.North, Version = 0, UnitVersion = 1, Zone = "Europe/Paris", Hours = null,
            Days = [new() { Date = new(2026, 9, 15), Kind = CalendarDayKind.Holiday, Name = "Founders' day" }],
        });

        // Monday to Friday 9–18: in Paris, and in UTC for the company.
        await Expect("2026-09-14T06:59:59Z", region: true, company: true);
        await Expect("2026-09-14T07:00:00Z", region: false, company: true);
        await Expect("2026-09-14T09:00:00Z", region: false, company: false);
        await Expect("2026-09-14T16:00:00Z", region: true, company: false);
        await Expect("2026-09-15T09:00:00Z", region: true, company: false);
        await Expect("2026-09-19T09:00:00Z", region: true, company: true);

        async Task Expect(string at, bool region, bool company)
        {
            staff.Database.Time.Now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(region, (await walls.Read(ofRegion, LiveFeed.Display)).IsNight);
            Assert.Equal(company, (await walls.Read(ofCompany, LiveFeed.Display)).IsNight);
            Assert.False((await walls.Read(never, LiveFeed.Display)).IsNight);
        }
    }

    private static WallDocument WallDocumentOf(WallNight? night) =>
        new() { Pages = [new WallPage { Tiles = [.. Enumerable.Repeat(new WallTileSpec { Kind = WallTileKind.Score }, 4)] }], Night = night };
}
