using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Calendars;

public sealed class CalendarWriterTests
{
    private const int CompanyUnit = 1;

    private static readonly Statement Versions = new("SELECT Version FROM Calendars WHERE UnitId = @unitId ORDER BY Version");
    private static readonly Statement AuditRows = new("SELECT Detail FROM AuditLog WHERE Entity = 'calendar' ORDER BY Id");
    private static readonly Statement UnitVersion = new("SELECT RowVersion FROM Units WHERE Id = @unitId");

    private static readonly CalendarDay Closed = new() { Date = new(2026, 9, 15), Kind = CalendarDayKind.Holiday, Name = "Founders' day" };

    private static WeekdayHours[] Week(int from, int to) => [.. Enumerable.Range(1, 5).Select(day => new WeekdayHours((DayOfWeek)day, BusinessHours.Between(from, to)))];

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "1")]
    public async Task Hours_and_days_inherit_each_by_itself(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Save(floor, CompanyUnit, Week(8, 12), [Closed]);
        await Save(floor, CaseFloor.Region, Week(10, 16), null);

        var north = await Present(floor, CaseFloor.Region);
        Assert.Equal("Europe/Paris", north.Zone.Id);
        Assert.Equal(TimeSpan.FromHours(6), north.Elapsed(Utc(14, 0), Utc(15, 0)));
        Assert.Equal(TimeSpan.Zero, north.Elapsed(Utc(15, 0), Utc(16, 0)));
        Assert.Equal("Founders' day", north.Days[Closed.Date].Name);
        var east = await Present(floor, CaseFloor.OtherRegion);
        Assert.Equal("Asia/Shanghai", east.Zone.Id);
        Assert.Equal(TimeSpan.FromHours(4), east.Elapsed(Utc(14, 0), Utc(15, 0)));

        // A region may also say that it has none of the company's days.
        await Save(floor, CaseFloor.Region, null, [], version: 1);
        Assert.Equal(TimeSpan.FromHours(4), (await Present(floor, CaseFloor.Region)).Elapsed(Utc(15, 0), Utc(16, 0)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task Each_region_that_a_change_touches_gets_a_new_version_and_the_old_ones_stay(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        Assert.Equal((null, 0), await Number(floor, CaseFloor.Region));

        await Save(floor, CaseFloor.Region, Week(10, 16), null);
        Assert.Equal([1, 2], await floor.Read<int>(Versions, new { unitId = CaseFloor.Region }));      // what held before, and what holds now
        Assert.Equal([1], await floor.Read<int>(Versions, new { unitId = CaseFloor.OtherRegion }));
        Assert.Equal(2, (await Number(floor, CaseFloor.Region)).Version);

        await Save(floor, CompanyUnit, Week(8, 12), [Closed]);       // the region has its own hours, but takes the days
        Assert.Equal([1, 2, 3], await floor.Read<int>(Versions, new { unitId = CaseFloor.Region }));
        Assert.Equal([1, 2], await floor.Read<int>(Versions, new { unitId = CaseFloor.OtherRegion }));
        await Save(floor, CompanyUnit, Week(9, 12), [Closed], version: 1);
        Assert.Equal([1, 2, 3], await floor.Read<int>(Versions, new { unitId = CaseFloor.Region }));
        Assert.Equal([1, 2, 3], await floor.Read<int>(Versions, new { unitId = CaseFloor.OtherRegion }));
        Assert.Equal(3, (await floor.Read<string>(AuditRows)).Count);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task Another_zone_of_a_unit_is_another_calendar_of_its_regions(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var units = new UnitWriter(floor.Database.Db, floor.Database.Company);
        await units.Edit(Viewer.System, new EditUnit { Id = CaseFloor.Region, Version = 1, Name = "North", ParentId = CompanyUnit, TimeZone = "Europe/London" });
        Assert.Equal([1, 2], await floor.Read<int>(Versions, new { unitId = CaseFloor.Region }));
        Assert.Equal("Europe/London", (await Present(floor, CaseFloor.Region)).Zone.Id);
        Assert.Equal([1], await floor.Read<int>(Versions, new { unitId = CaseFloor.OtherRegion }));

        // The company's reaches only regions without one of their own.
        await units.Edit(Viewer.System, new EditUnit { Id = CaseFloor.Region, Version = 2, Name = "North", ParentId = CompanyUnit, TimeZone = null });
        await units.Edit(Viewer.System, new EditUnit { Id = CompanyUnit, Version = 1, Name = "Company", TimeZone = "America/New_York" });
        Assert.Equal("America/New_York", (await Present(floor, CaseFloor.Region)).Zone.Id);
        Assert.Equal([1], await floor.Read<int>(Versions, new { unitId = CaseFloor.OtherRegion }));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "13")]
    public async Task Second_save_is_told_who_came_first_and_changes_nothing(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Save(floor, CaseFloor.Region, Week(10, 16), null, actor: CaseFloor.ViewerOf(CaseFloor.Executive));
        var conflict = await Assert.ThrowsAsync<ChangedMeanwhile>(() => Save(floor, CaseFloor.Region, Week(8, 9), null));
        Assert.Equal(("Max", "calendarSaved"), (conflict.By, conflict.What));
        Assert.Equal([1, 2], await floor.Read<int>(Versions, new { unitId = CaseFloor.Region }));

        await floor.Database.Db.Write(s => s.Execute(new Statement("UPDATE Units SET RowVersion = 9 WHERE Id = 2")));
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => new CalendarWriter(floor.Database.Db, floor.Database.Company).Save(Viewer.System,
            new SaveCalendar { UnitId = CaseFloor.Region, Version = 1, UnitVersion = 1, Zone = "UTC", Hours = null, Days = null }));
        Assert.Equal("Europe/Paris", (await Present(floor, CaseFloor.Region)).Zone.Id);
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "hours", "EmptyWeek", "" },
        { "monday", "Overlap", "monday 09:00-12:00 11:00-13:00" },
        { "monday", "Overlap", "monday 22:00-06:00 23:00-23:30" },
        { "friday", "Short", "friday 09:00-09:10" },
        { "friday", "NoLength", "friday 09:00-09:00" },
        { "2026-10-01", "Name", "monday 09:00-17:00; 2026-10-01 holiday" },
        { "2026-10-01", "TwoDays", "monday 09:00-17:00; 2026-10-01 holiday A; 2026-10-01 holiday B" },
        { "2026-10-01", "NoHours", "monday 09:00-17:00; 2026-10-01 shortDay A" },
        { "1999-10-01", "Year", "monday 09:00-17:00; 1999-10-01 holiday A" },
    };

    [Theory, MemberData(nameof(Faults))]
    [Trait("Behaviour", "2")]
    public void What_cannot_be_a_calendar_is_refused_by_its_field(string field, string fault, string written)
    {
        var save = Written(written);
        var refused = Assert.Throws<InvalidField>(() => CalendarRules.Check(save));
        Assert.Equal((field, fault), (refused.Field, refused.Fault));
        Assert.StartsWith(field, refused.Message);
    }

    [Theory]
    [Trait("Behaviour", "2")]
    [InlineData("monday 09:00-12:00 12:00-18:00")]
    [InlineData("monday 22:00-06:00; ")]
    [InlineData("monday 22:00-06:00 tuesday 05:00-09:00")]
    [InlineData("sunday 00:00-00:00")]
    public void Hours_that_meet_or_run_into_the_next_day_are_fine(string written) => CalendarRules.Check(Written(written));

    [Fact]
    public void Document_reads_as_it_was_written()
    {
        var document = new CalendarDocument
        {
            Zone = "Asia/Shanghai", Hours = Week(9, 18),
            Days =
            [
                new() { Date = new(2026, 10, 1), Kind = CalendarDayKind.Holiday, Name = "国庆节" },
                new() { Date = new(2026, 10, 10), Kind = CalendarDayKind.WorkingDay, Name = "国庆节调休上班", Hours = [BusinessHours.Between(9, 12)] },
            ],
        };
        Assert.Equal(document, CalendarDocument.FromJson(document.ToJson()));
        Assert.Contains("国庆节", document.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Make_up_day_without_hours_works_as_the_first_working_weekday()
    {
        var calendar = new CalendarDocument
        {
            Zone = "UTC", Hours = [new(DayOfWeek.Tuesday, BusinessHours.Between(9, 11)), new(DayOfWeek.Wednesday, BusinessHours.Between(9, 18))],
            Days = [new() { Date = new(2026, 9, 19), Kind = CalendarDayKind.WorkingDay, Name = "Make-up" }],
        }.ToCalendar(null, 0);
        Assert.Equal(TimeSpan.FromHours(2), calendar.Elapsed(Utc(19, 0), Utc(20, 0)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task Region_that_intake_brings_later_goes_by_the_companys_calendar_and_keeps_what_its_cases_were_timed_by(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Save(floor, CompanyUnit, Week(8, 12), null);
        var regionId = await new UnitWriter(floor.Database.Db, floor.Database.Company).Add(Viewer.System, new NewUnit { Kind = UnitKind.Region, Code = "south", Name = "South", ParentId = CompanyUnit });
        var south = await Present(floor, regionId);
        Assert.Equal((null, TimeSpan.FromHours(4)), (south.Id, south.Elapsed(Utc(14, 0), Utc(15, 0))));

        await Save(floor, CompanyUnit, Week(8, 10), null, version: 1);
        var (before, now) = await floor.Database.Db.Read(async s => (await floor.Calendars.Of(s, regionId, null), await floor.Calendars.Of(s, regionId)));
        Assert.Equal((1, TimeSpan.FromHours(4)), (before.Version, before.Elapsed(Utc(14, 0), Utc(15, 0))));
        Assert.Equal((2, TimeSpan.FromHours(2)), (now.Version, now.Elapsed(Utc(14, 0), Utc(15, 0))));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_would_be_touched_is_said_before_a_save(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        await floor.Open(csat: 1);
        var query = new CalendarQuery(floor.Database.Db, floor.Database.Company);
        var save = new SaveCalendar { UnitId = CompanyUnit, Version = 0, UnitVersion = 1, Zone = null, Hours = Week(8, 12), Days = null };
        Assert.Equal([new CalendarEffect(CaseFloor.OtherRegion, "East", 0), new CalendarEffect(CaseFloor.Region, "North", 2)],
            (await query.Effects(Viewer.System, save)).OrderBy(e => e.RegionName));
        Assert.Empty(await query.Effects(Viewer.System, save with { Hours = CalendarDocument.StandardHours }));

        await Save(floor, CaseFloor.Region, Week(10, 16), null);
        Assert.Equal(["East"], (await query.Effects(Viewer.System, save)).Select(e => e.RegionName));
        Assert.Equal([2, 1], (await query.ReadVersions(CaseFloor.Region)).Select(v => v.Version));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_write_read_and_rolled_back_is_not_remembered(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Assert.ThrowsAsync<OperationCanceledException>(() => floor.Database.Db.Write(async s =>
        {
            await s.Execute(new Statement("UPDATE Units SET TimeZone = 'Asia/Tokyo' WHERE Id = 2"));
            Assert.Equal("Asia/Tokyo", (await floor.Calendars.Of(s, CaseFloor.Region)).Zone.Id);
            throw new OperationCanceledException();
        }));
        Assert.Equal("Europe/Paris", (await Present(floor, CaseFloor.Region)).Zone.Id);
    }

    private static SaveCalendar Written(string text)
    {
        var (hours, days) = (new List<WeekdayHours>(), new List<CalendarDay>());
        DayOfWeek? day = null;
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ');
            if (DateOnly.TryParse(words[0], System.Globalization.CultureInfo.InvariantCulture, out var date))
            {
                days.Add(new() { Date = date, Kind = Enum.Parse<CalendarDayKind>(words[1], ignoreCase: true), Name = words.Length > 2 ? words[2] : "" });
                continue;
            }
            foreach (var word in words)
                if (Enum.TryParse<DayOfWeek>(word, ignoreCase: true, out var named)) day = named;
                else hours.Add(new(day!.Value, new(TimeOnly.Parse(word[..5], System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(word[6..], System.Globalization.CultureInfo.InvariantCulture))));
        }
        return new() { UnitId = 2, Version = 0, UnitVersion = 1, Zone = null, Hours = hours, Days = days };
    }

    private static async Task Save(CaseFloor floor, int unitId, IReadOnlyList<WeekdayHours>? hours, IReadOnlyList<CalendarDay>? days, int version = 0, Viewer? actor = null)
    {
        var unitVersion = (await floor.Read<int>(UnitVersion, new { unitId })).Single();
        var zone = unitId switch { CaseFloor.Region => "Europe/Paris", CaseFloor.OtherRegion => "Asia/Shanghai", _ => null };
        await new CalendarWriter(floor.Database.Db, floor.Database.Company).Save(actor ?? Viewer.System,
            new SaveCalendar { UnitId = unitId, Version = version, UnitVersion = unitVersion, Zone = zone, Hours = hours, Days = days });
    }

    private static Task<BusinessCalendar> Present(CaseFloor floor, int regionId) => floor.Database.Db.Read(async s => await floor.Calendars.Of(s, regionId));

    private static async Task<(int? Id, int Version)> Number(CaseFloor floor, int regionId) => (await Present(floor, regionId)) is var c ? (c.Id, c.Version) : default;

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);
}
