using Bunit;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Calendars;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Calendars;

/// <summary>The parts of the calendar page, each by itself.</summary>
public sealed class CalendarPartsTests : ShellContext
{
    private static readonly CalendarDay NationalDay = new() { Date = new(2026, 10, 1), Kind = CalendarDayKind.Holiday, Name = "国庆节" };
    private static readonly CalendarDay MakeUp = new() { Date = new(2026, 10, 10), Kind = CalendarDayKind.WorkingDay, Name = "国庆节调休上班" };

    public CalendarPartsTests() => Services.AddSingleton<CalendarWords>();

    private static CalendarDraft Draft(IReadOnlyList<CalendarDay>? own = null) => new(
        new CalendarUnitRow { Id = 2, ParentId = 1, Kind = UnitKind.Region, Code = "north", Name = "North", Zone = null, UnitVersion = 1, HoursJson = null, DaysJson = null, Version = 0 }
            .After(new SaveCalendar { UnitId = 2, Version = 0, UnitVersion = 1, Zone = null, Hours = null, Days = own }),
        new CalendarDocument { Zone = "Asia/Shanghai", Hours = CalendarDocument.StandardHours, Days = [NationalDay] });

    [Fact]
    public void Each_day_of_the_year_says_by_word_and_shape_what_it_is()
    {
        DateOnly? chosen = null;
        var year = Render<YearView>(p => p.Add(v => v.Year, 2026).Add(v => v.Hours, CalendarDocument.StandardHours).Add(v => v.Today, new DateOnly(2026, 9, 14))
            .Add(v => v.Days, new Dictionary<DateOnly, CalendarDay> { [NationalDay.Date] = NationalDay, [MakeUp.Date] = MakeUp }).Add(v => v.OnChoose, date => chosen = date));
        string Face(string date) => year.Find($"[data-date='{date}']").GetAttribute("data-face")!;
        string Label(string date) => year.Find($"[data-date='{date}']").GetAttribute("aria-label")!;

        Assert.Equal(365, year.FindAll("[data-date]").Count);
        Assert.Equal(["holiday", "work", "off", "workingDay"], new[] { "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-10" }.Select(Face));
        Assert.Equal("Thu 1 Oct 2026, holiday: 国庆节", Label("2026-10-01"));
        Assert.Equal("Mon 14 Sep 2026, today, working day", Label("2026-09-14"));
        Assert.Single(year.FindAll("[data-date][tabindex='0']"));
        Assert.Contains("国庆节调休上班", year.FindAll("li")[1].TextContent);
        year.Find("[data-date='2026-12-31']").Click();
        Assert.Equal(new DateOnly(2026, 12, 31), chosen);
    }

    [Fact]
    public void A_draft_inherits_until_something_of_its_own_is_set()
    {
        var draft = Draft();
        Assert.False(draft.IsChanged);
        Assert.Equal([NationalDay.Date], draft.ShownDays.Keys);
        draft.Set(MakeUp);
        Assert.True(draft is { IsChanged: true, OwnsDays: true });
        Assert.Equal([NationalDay, MakeUp], draft.ToSave().Days!);       // begins as what was inherited
        draft.OwnDays(false);
        Assert.False(draft.IsChanged);
        draft.OwnHours(true);
        Assert.Equal(CalendarDocument.StandardHours, draft.ToSave().Hours!);
    }

    [Fact]
    public void The_week_takes_several_hours_a_day_nights_and_round_the_clock()
    {
        var draft = Draft();
        draft.OwnHours(true);
        var week = Render<WeekHours>(p => p.Add(w => w.Draft, draft));
        week.Find("[data-day=monday] .add").Click();
        week.Find("[aria-label='Monday, from']").Change("9");
        Assert.Equal([new BusinessHours(new(9, 0), new(18, 0)), new BusinessHours(new(19, 0), new(23, 0))], draft.ShownHours.Where(h => h.Day == DayOfWeek.Monday).Select(h => h.Hours));

        week.FindAll("[aria-label='Monday, to']")[1].Change("06:00");
        Assert.Contains("ends the next day", week.Find("[data-day=monday]").TextContent);
        week.Find("[aria-label='Tuesday, to']").Change("six");
        Assert.Equal(("tuesday", "Time"), (draft.Unreadable!.Field, draft.Unreadable.Fault));

        week.FindAll(".presets button")[1].Click();
        Assert.Equal(7, draft.ShownHours.Count(h => h.Hours == BusinessHours.WholeDay));
        Assert.Null(draft.Unreadable);
    }

    [Fact]
    public void Shipped_holidays_show_what_they_change_before_they_are_taken_and_what_is_awaited()
    {
        var draft = Draft();
        var sources = Render<HolidaySources>(p => p.Add(s => s.Draft, draft).Add(s => s.FromYear, 2026));
        sources.Find("[aria-label='Add China, mainland 2026']").Click();
        Assert.Contains("adds 38, changes 0, 1 are there already", sources.Find(".preview").TextContent);
        Assert.False(draft.OwnsDays);
        sources.Find(".preview .take").Click();
        Assert.Equal(39, draft.ShownDays.Count);

        sources.Find("[aria-label='Add China, mainland 2027']").Click();
        Assert.Contains("await the notice", sources.Find(".preview").TextContent);
    }

    [Fact]
    public void A_file_with_faults_is_refused_line_by_line()
    {
        var draft = Draft();
        var sources = Render<HolidaySources>(p => p.Add(s => s.Draft, draft).Add(s => s.FromYear, 2026));
        sources.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("date,name\n2026-02-30,Never", "days.csv"));
        sources.WaitForAssertion(() => Assert.Contains("Line 2, date: “2026-02-30” is not a date", sources.Find("[role=alert]").TextContent));
        Assert.Empty(sources.FindAll(".preview"));
    }

    [Fact]
    public void The_year_speaks_Chinese()
    {
        Speak("zh-Hans");
        var year = Render<YearView>(p => p.Add(v => v.Year, 2026).Add(v => v.Hours, CalendarDocument.StandardHours).Add(v => v.Today, new DateOnly(2026, 9, 14))
            .Add(v => v.Days, new Dictionary<DateOnly, CalendarDay> { [MakeUp.Date] = MakeUp }));
        Assert.Contains("调休上班: 国庆节调休上班", year.Find("[data-date='2026-10-10']").GetAttribute("aria-label"));
    }
}
