using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Tests.Cases;

/// <summary>Cases led at random through whatever may be done to them: what was promised of every path holds after each step.</summary>
public class CaseWalkTests
{
    private const int Steps = 30;

    private static readonly Statement Next = new("SELECT NextEscalationAt FROM Cases WHERE Id = @id");

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    [Trait("Behaviour", "4"), Trait("Behaviour", "5"), Trait("Behaviour", "8"), Trait("Behaviour", "15"), Trait("Behaviour", "16")]
    public async Task Whatever_is_done_to_a_case_its_clock_and_its_judgement_keep_their_word(int seed)
    {
        var random = new Random(seed);
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var id = (await floor.Open(csat: random.Next(1, 3), customerId: await floor.Customer("k1"))).CaseId;
        var before = (await floor.Query.Read(Viewer.System, id))!;
        for (var step = 0; step < Steps; step++)
        {
            floor.Database.Time.Now = floor.Database.Time.Now.AddMinutes(random.Next(1, 1500));
            var command = Any(random, id);
            var result = await floor.Do(CaseFloor.Manager, command);
            var after = (await floor.Query.Read(Viewer.System, id))!;
            var next = await floor.Database.Db.Read(s => s.First<DateTimeOffset?>(Next, new { id }));
            Holds(before, after, command, result, next, floor.Database.Time.Now);
            before = after;
        }
    }

    private static void Holds(CaseFile before, CaseFile after, CaseCommand command, CaseResult result, DateTimeOffset? next, DateTimeOffset now)
    {
        var (was, row) = (before.Case, after.Case);
        if (result is not CaseResult.Done) Assert.Equal(was.Version, row.Version);
        // The deadline is always the target and the pauses from the start of the clock, and its working sums to it.
        Assert.Equal(after.Calendar.Deadline(row.ClockFrom, row.TargetMinutes + row.PausedMinutes), row.DueAt);
        Assert.Equal((row.TargetMinutes, row.DueAt), ((int)after.Working().Counted.TotalMinutes, after.Working().DueAt));
        Assert.Equal(row.Status == CaseStatus.Waiting, row.WaitingSince is not null);
        Assert.Equal(row.Status.IsTimed(), next is not null);
        Assert.Equal(row.Status is CaseStatus.Resolved or CaseStatus.Closed, row.RootCause is not null && row.ContactOutcome is not null && row.ResolvedAt is not null);
        Assert.Equal(row.Status == CaseStatus.Closed, row.ClosedAt is not null);
        if (row.Status == CaseStatus.New) Assert.Null(row.OwnerId);
        if (row.Status == CaseStatus.InProgress) Assert.NotNull(row.OwnerId);
        // What was judged stays.
        if (was.ResolvedInTime is not null) Assert.Equal((was.ResolvedInTime, was.ElapsedMinutes), (row.ResolvedInTime, row.ElapsedMinutes));
        if (was.FirstResponseAt is not null) Assert.Equal(was.FirstResponseAt, row.FirstResponseAt);
        if (command is ReopenCase && result is CaseResult.Done)
        {
            Assert.True(row.DueAt > now && next > now, "no instant overdue for the old deadline");
            Assert.Equal((now, 0, 0), (row.ClockFrom, row.PausedMinutes, row.EscalationLevel));
        }
        if (command is EditCase { Severity: { } severity } && result is CaseResult.Done && severity < was.Severity)
            Assert.True(row.DueAt <= was.DueAt && (was.DueAt < now || row.DueAt > now || was.Status == CaseStatus.Waiting), "raised, it gets no longer time and is not overdue at once");
        if (command is ResumeCase or ResolveCase && result is CaseResult.Done && was.WaitingSince is { } since)
            Assert.Equal((int)after.Calendar.Elapsed(since, now).TotalMinutes, row.PausedMinutes - was.PausedMinutes);
    }

    private static CaseCommand Any(Random random, long id) => random.Next(11) switch
    {
        0 => new ClaimCase { CaseId = id },
        1 => new AssignCase { CaseId = id, OwnerId = random.Next(2) == 0 ? CaseFloor.Agent : CaseFloor.Colleague },
        2 => new NoteCase { CaseId = id, Text = "heard" },
        3 or 4 => new WaitCase { CaseId = id, Reason = "the bill" },
        5 => new ResumeCase { CaseId = id },
        6 => new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.ThreeAttempts },
        7 => new ReopenCase { CaseId = id, Reason = "again" },
        8 => new CloseCase { CaseId = id },
        9 => new EditCase { CaseId = id, Severity = (CaseSeverity)random.Next(1, 5) },
        _ => new EditCase { CaseId = id, Owner = new OwnerChange(random.Next(2) == 0 ? null : CaseFloor.Agent), ProductId = random.Next(1, 3) },
    };
}
