using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class FirstResponseTests
{
    private static readonly Statement Stored = new("SELECT FirstResponseDueAt, FirstResponseAt, FirstResponseInTime, NextWarningAt FROM Cases WHERE Id = @id");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "8")]
    public async Task A_late_first_response_stays_late_whatever_comes_after(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var late = (await floor.Open(csat: 1)).CaseId;
        var punctual = (await floor.Open(csat: 1)).CaseId;
        Assert.Equal((Utc(14, 14), null), ((await Read(floor, late)).FirstResponseDueAt, (await Read(floor, late)).FirstResponseInTime));
        floor.Database.Time.Now = Utc(14, 14);
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = punctual });
        floor.Database.Time.Now = Utc(14, 14).AddMinutes(1);
        await floor.Do(CaseFloor.Agent, new NoteCase { CaseId = late, Text = "Called" });

        foreach (var id in (long[])[late, punctual])
        {
            var given = await Read(floor, id);
            Assert.Equal(id == punctual, given.FirstResponseInTime);
            await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Severity = CaseSeverity.Low });
            await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = id, Reason = "parts" });
            await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
            await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = id, Reason = "again" });
            var after = await Read(floor, id);
            Assert.Equal((given.FirstResponseDueAt, given.FirstResponseAt, given.FirstResponseInTime), (after.FirstResponseDueAt, after.FirstResponseAt, after.FirstResponseInTime));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "8"), Trait("Behaviour", "11")]
    public async Task A_rise_brings_the_first_response_forward_and_never_puts_it_off(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        var id = (await floor.Open(csat: 2, customerId: customer)).CaseId;
        Assert.Equal(Utc(15, 11), (await Read(floor, id)).FirstResponseDueAt);         // eight business hours
        floor.Database.Time.Now = Utc(14, 13);
        await floor.Open(csat: 1, customerId: customer);
        Assert.Equal(Utc(14, 15), (await Read(floor, id)).FirstResponseDueAt);         // two from then on
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "9"), Trait("Behaviour", "21")]
    public async Task A_warning_stands_one_business_hour_before_the_deadline_and_goes_while_the_clock_stands(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        // Monday 18:00 in Paris is the end of the day: due on Tuesday at 17:00, eight hours later.
        floor.Database.Time.Now = Utc(14, 16);
        var id = (await floor.Open(csat: 1)).CaseId;
        Assert.Equal(Utc(15, 14), (await Read(floor, id)).NextWarningAt);
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = id, Reason = "parts" });
        Assert.Null((await Read(floor, id)).NextWarningAt);
        floor.Database.Time.Now = Utc(15, 8);
        await floor.Do(CaseFloor.Agent, new ResumeCase { CaseId = id });
        Assert.Equal(Utc(15, 15), (await Read(floor, id)).NextWarningAt);
        await floor.Do(CaseFloor.Agent, new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        Assert.Null((await Read(floor, id)).NextWarningAt);
    }

    private static Task<Response> Read(CaseFloor floor, long id) => floor.Database.Db.Read(s => s.Single<Response>(Stored, new { id }));

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);

    private sealed record Response
    {
        public required DateTimeOffset? FirstResponseDueAt { get; init; }
        public required DateTimeOffset? FirstResponseAt { get; init; }
        public required bool? FirstResponseInTime { get; init; }
        public required DateTimeOffset? NextWarningAt { get; init; }
    }
}
