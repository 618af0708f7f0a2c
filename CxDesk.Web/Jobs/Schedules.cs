using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Digests;
using CxDesk.Data.Feed;
using CxDesk.Data.Jobs;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Web.Deliveries;

namespace CxDesk.Web.Jobs;

/// <summary>
/// One thing that CxDesk does by itself. Its sentence for people is <c>Job.{Name}</c> in JobsText. The work says what it
/// found; it may run twice, late, or on two nodes, so it rests on constraints of the database and on nothing here.
/// </summary>
public sealed record Schedule(string Name, Func<IServiceProvider, CancellationToken, Task<JobFinding>> Work)
{
    /// <summary>Repeats this often; or null for once a night.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Runs once a day at this time in the company's zone.</summary>
    public TimeOnly? DailyAt { get; init; }

    /// <summary>Runs also, at once, after a committed change of one of these kinds.</summary>
    public IReadOnlyList<ChangeTopic> After { get; init; } = [];
}

/// <summary>All schedules of CxDesk.</summary>
public static class Schedules
{
    public static readonly IReadOnlyList<Schedule> All =
    [
        // Cases past their deadline climb to the next manager up.
        new("overdueCases", async (services, cancel) =>
        {
            var sweep = await services.GetRequiredService<EscalationWriter>().Sweep(cancel);
            return sweep.Cases == 0 ? JobFinding.Nothing : new JobFinding("Escalated", sweep.Cases, sweep.Levels, sweep.People);
        }) { Every = TimeSpan.FromSeconds(10) },

        // Owners are reminded of what is due and of customers whose time is over.
        new("reminders", async (services, cancel) =>
        {
            var sweep = await services.GetRequiredService<ReminderWriter>().Sweep(cancel);
            return sweep.Cases == 0 ? JobFinding.Nothing : new JobFinding("Reminded", sweep.Cases, sweep.People);
        }) { Every = TimeSpan.FromSeconds(10) },

        // Open cases of whoever is gone go to the next responsible person.
        new("handOver", async (services, cancel) =>
        {
            var handed = await services.GetRequiredService<HandOverWriter>().Run(cancel);
            return handed.Cases == 0 ? JobFinding.Nothing : new JobFinding("HandedOver", handed.Cases, handed.People);
        }) { Every = TimeSpan.FromSeconds(30), After = [ChangeTopic.Units] },

        // Mail and webhook messages leave.
        new("deliveries", async (services, cancel) =>
        {
            var run = await services.GetRequiredService<DeliverySender>().Run(cancel);
            return run == default ? JobFinding.Nothing : new JobFinding("Delivered", run.Sent, run.NotSent, run.Dropped);
        }) { Every = TimeSpan.FromSeconds(10), After = [ChangeTopic.Deliveries] },

        // People are mailed what their day or week came to, when the company's business day begins.
        new("digests", async (services, cancel) =>
        {
            var digests = await services.GetRequiredService<DigestWriter>().Run(cancel);
            return digests == 0 ? JobFinding.Nothing : new JobFinding("Digests", digests);
        }) { Every = TimeSpan.FromMinutes(5) },

        // The gaps between scores and targets follow the answers, and at once a new target.
        new("targetGaps", async (services, cancel) =>
        {
            var gaps = await services.GetRequiredService<GapWriter>().Recalculate(cancel);
            return gaps == 0 ? JobFinding.Nothing : new JobFinding("Gaps", gaps);
        }) { Every = TimeSpan.FromMinutes(5), After = [ChangeTopic.Targets] },

        // What is usual is frozen for whatever has days enough by now, and then stays.
        new("baselines", async (services, cancel) =>
        {
            var frozen = await services.GetRequiredService<BaselineWriter>().FreezeNew(cancel);
            return frozen == 0 ? JobFinding.Nothing : new JobFinding("Frozen", frozen);
        }) { Every = TimeSpan.FromMinutes(10), After = [ChangeTopic.Targets] },

        // The deadlines of open cases follow the calendars and policies that they go by.
        new("caseTimes", async (services, cancel) =>
        {
            var judged = await services.GetRequiredService<CaseRejudger>().Run(cancel);
            var retimed = await services.GetRequiredService<CaseRetimer>().Run(cancel);
            var (cases, moved) = (judged.Cases + retimed.Cases, judged.Moved + retimed.Moved);
            return cases == 0 ? JobFinding.Nothing : new JobFinding("Recomputed", cases, moved);
        }) { Every = TimeSpan.FromMinutes(1), After = [ChangeTopic.Calendars, ChangeTopic.Policies] },

        // A resolved case closes when nobody reopened it for seven days (Cases:CloseAfterDays).
        new("resolvedCases", async (services, cancel) =>
        {
            var days = services.GetRequiredService<CasesOptions>().CloseAfterDays;
            var closed = await services.GetRequiredService<CaseWriter>().CloseResolved(services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-days), cancel);
            return closed == 0 ? JobFinding.Nothing : new JobFinding("Closed", closed);
        }) { Every = TimeSpan.FromMinutes(10) },

        // Days, weeks and four weeks that are over are summed, so that a year is read as fast as a day.
        new("rollupBlocks", async (services, cancel) =>
        {
            var summed = await services.GetRequiredService<RollupBlockWriter>().Run(cancel) + await services.GetRequiredService<CaseBlockWriter>().Run(cancel);
            return summed == 0 ? JobFinding.Nothing : new JobFinding("Summed", summed);
        }) { Every = TimeSpan.FromMinutes(5) },

        // The sums behind every score are held against the answers that they count.
        new("rollupCheck", async (services, cancel) =>
        {
            await RollupCheck.Prove(services.GetRequiredService<Db>(), cancel);
            return new JobFinding("Agrees");
        }) { DailyAt = new TimeOnly(2, 30) },

        // Cases from before there was a search get their words, and ended ones of customers who were renamed; others get them where they are written.
        new("caseSearch", async (services, cancel) =>
        {
            var db = services.GetRequiredService<Db>();
            var indexed = await CaseSearch.IndexOlder(db, cancel) + await CaseSearch.IndexRest(db, cancel);
            return indexed == 0 ? JobFinding.Nothing : new JobFinding("Indexed", indexed);
        }) { Every = TimeSpan.FromMinutes(1) },

        // The numbers of open cases are held against the cases, and days on which nothing is due any more are forgotten.
        new("caseTallies", async (services, cancel) =>
        {
            var db = services.GetRequiredService<Db>();
            await CaseTallyCheck.Prove(db, cancel);
            var emptied = await CaseTallies.Prune(db, cancel);
            return emptied == 0 ? JobFinding.Nothing : new JobFinding("Pruned", emptied);
        }) { DailyAt = new TimeOnly(2, 50) },

        // What cases were is held against what they are.
        new("caseHistory", async (services, cancel) =>
        {
            await CaseHistoryCheck.Prove(services.GetRequiredService<Db>(), cancel);
            return new JobFinding("Agrees");
        }) { DailyAt = new TimeOnly(2, 55) },

        // No open case stands with somebody who may not have it: the hand-over leaves none.
        new("caseHolders", async (services, cancel) =>
        {
            var wrong = await services.GetRequiredService<CaseInvariant>().Read(cancel);
            return wrong.Count == 0 ? new JobFinding("Held") : throw new InvalidDataException($"{wrong.Count} open cases stand with somebody who is inactive or has no access. The first: {wrong[0]}");
        }) { DailyAt = new TimeOnly(3, 0) },

        // What every node has read of the change log, and what people were told long ago, is forgotten.
        new("oldLogs", async (services, cancel) =>
        {
            var rows = await services.GetRequiredService<LogPruner>().Run(cancel);
            return rows == 0 ? JobFinding.Nothing : new JobFinding("Pruned", rows);
        }) { DailyAt = new TimeOnly(3, 10) },
    ];
}
