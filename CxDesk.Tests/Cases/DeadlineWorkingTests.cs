using System.Globalization;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.Calendars;
using CxDesk.Tests.Database;
using FsCheck;
using FsCheck.Fluent;

namespace CxDesk.Tests.Cases;

[Trait("Behaviour", "5")]
public sealed class DeadlineWorkingTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static BusinessCalendar Calendar(string zone, params CalendarDay[] days) =>
        new CalendarDocument { Zone = zone, Hours = CalendarDocument.StandardHours, Days = days }.ToCalendar(7, 3);

    private static CalendarDay Day(int month, int day, CalendarDayKind kind, string name, params BusinessHours[] hours) =>
        new() { Date = new(2026, month, day), Kind = kind, Name = name, Hours = hours };

    [Fact]
    public void Holidays_and_days_off_are_named_and_make_up_days_counted()
    {
        // Wednesday 30 September 2026 to Saturday 10 October, which makes up for the week of the National Day.
        var calendar = Calendar("Asia/Shanghai",
        [
            .. Enumerable.Range(1, 7).Select(day => Day(10, day, CalendarDayKind.Holiday, "国庆节")),
            Day(10, 10, CalendarDayKind.WorkingDay, "国庆节调休"),
        ]);
        var working = DeadlineWorking.Of(calendar, At("2026-09-30 17:00 +08:00"), 22 * 60, []);

        Assert.Equal(
            [
                "2026-09-30 Counted 60", "2026-10-01…2026-10-07 Holiday 国庆节", "2026-10-08 Counted 540", "2026-10-09 Counted 540", "2026-10-10 Counted 180 国庆节调休",
            ],
            working.Lines.Select(Said));
        Assert.Equal((TimeSpan.FromHours(22), At("2026-10-10 12:00 +08:00")), (working.Counted, working.DueAt));
    }

    [Fact]
    public void Clock_change_shows_both_offsets()
    {
        var working = DeadlineWorking.Of(Calendar("Europe/London"), At("2026-03-27 16:00Z"), 180, []);

        Assert.Equal(["2026-03-27 Counted 120", "2026-03-28…2026-03-29 DayOff", "2026-03-29 ClockChange 00:00:00→01:00:00", "2026-03-30 Counted 60"], working.Lines.Select(Said));
        Assert.Equal(At("2026-03-30 10:00 +01:00"), working.DueAt);
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public void Pauses_are_taken_out_and_shown()
    {
        var calendar = BusinessCalendar.MondayToFriday("UTC", BusinessHours.Between(9, 17));
        // From Friday's end to Monday's beginning nothing is paused that would count.
        var weekend = DeadlineWorking.Of(calendar, At("2026-09-11 16:00Z"), 120, [new(At("2026-09-11 17:00Z"), At("2026-09-14 09:00Z"))]);
        Assert.Equal((TimeSpan.Zero, At("2026-09-14 10:00Z")), (weekend.Paused, weekend.DueAt));

        var noon = DeadlineWorking.Of(calendar, At("2026-09-14 09:00Z"), 240, [new(At("2026-09-14 12:00Z"), At("2026-09-14 15:00Z"))]);
        Assert.Equal(["2026-09-14 Counted 180", "2026-09-14 Pause 180", "2026-09-14 Counted 60"], noon.Lines.Select(Said));
        Assert.Equal(TimeSpan.FromHours(4), noon.Counted);
    }

    [Fact]
    public void Ordinary_whole_days_are_folded_and_hide_nothing()
    {
        var working = DeadlineWorking.Of(Calendar("UTC", Day(9, 16, CalendarDayKind.Holiday, "Founders' day")), At("2026-09-17 12:00Z"), 72 * 60, []);

        // Half a Thursday, seven whole days over two weekends, and what is left on a Tuesday.
        Assert.Equal([0, 7, 0], working.Blocks.Select(block => block.WorkingDays));
        Assert.Equal(working.Lines, working.Blocks.SelectMany(block => block.Lines));
        Assert.Equal(TimeSpan.FromHours(63), working.Blocks[1].Counted);

        var interrupted = DeadlineWorking.Of(Calendar("UTC", Day(9, 23, CalendarDayKind.Holiday, "Founders' day")), At("2026-09-17 12:00Z"), 72 * 60, []);
        Assert.Contains(interrupted.Blocks, block => !block.IsFolded && block.Lines[0].Kind == WorkingKind.Holiday);
        Assert.Equal(interrupted.Lines, interrupted.Blocks.SelectMany(block => block.Lines));
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public void Working_of_any_case_sums_to_its_target_and_ends_at_its_deadline()
    {
        var cases =
            from s in BusinessClockProperties.Situations
            from lengths in Gen.Choose(1, 3 * 24 * 60).ArrayOf(6)
            from pauses in Gen.Choose(0, 3)
            select (Situation: s, Lengths: lengths, Pauses: pauses);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), drawn =>
        {
            var (s, calendar) = (drawn.Situation, drawn.Situation.Calendar);
            var (pauses, at) = (new List<CasePause>(), s.Start);
            for (var i = 0; i < drawn.Pauses; i++)
            {
                var from = at.AddMinutes(drawn.Lengths[2 * i]);
                at = from.AddMinutes(drawn.Lengths[2 * i + 1]);
                pauses.Add(new(from, at));
            }
            // A case waits before it is due.
            var due = s.Start;
            pauses = [.. pauses.TakeWhile(pause =>
            {
                due = calendar.Deadline(s.Start, s.Minutes + CaseClock.PausedMinutes(calendar, s.Start, pauses.TakeWhile(p => p != pause)));
                return pause.From < due;
            })];
            due = calendar.Deadline(s.Start, s.Minutes + CaseClock.PausedMinutes(calendar, s.Start, pauses));
            var working = DeadlineWorking.Of(calendar, s.Start, s.Minutes, pauses);
            return working.Counted == TimeSpan.FromMinutes(s.Minutes)
                && (s.Minutes == 0 || working.DueAt == due)
                && working.Blocks.SelectMany(block => block.Lines).SequenceEqual(working.Lines);
        }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Deadline_of_a_case_is_read_with_its_calendar_and_only_by_who_may_see_it(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        var query = new DeadlineQuery(floor.Database.Db, floor.Calendars);
        var deadline = (await query.Read(CaseFloor.ViewerOf(CaseFloor.Agent), id))!;
        Assert.Equal(("Europe/Paris", 0, deadline.Case.DueAt), (deadline.Calendar.Zone.Id, deadline.Calendar.Version, deadline.Working.DueAt));
        Assert.Equal(TimeSpan.FromMinutes(deadline.Case.TargetMinutes), deadline.Working.Counted);
        Assert.Null(await query.Read(CaseFloor.ViewerOf(CaseFloor.Stranger), id));
    }

    private static string Said(WorkingLine line)
    {
        var day = line.Day == line.LastDay ? $"{line.Day:yyyy-MM-dd}" : $"{line.Day:yyyy-MM-dd}…{line.LastDay:yyyy-MM-dd}";
        var more = line.Kind switch
        {
            WorkingKind.Counted or WorkingKind.Pause => $" {line.Length.TotalMinutes}{(line.Special is null ? "" : " " + line.Special.Name)}",
            WorkingKind.Holiday => " " + line.Special!.Name,
            WorkingKind.ClockChange => $" {line.OffsetBefore}→{line.OffsetAfter}",
            _ => "",
        };
        return $"{day} {line.Kind}{more}";
    }
}
