using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.Jobs;

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

    /// <summary>Runs also, at once, after a committed change of this kind.</summary>
    public ChangeTopic? After { get; init; }
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

        // What every node has read of the change log is forgotten.
        new("oldLogs", async (services, cancel) =>
        {
            var rows = await services.GetRequiredService<LogPruner>().Run(cancel);
            return rows == 0 ? JobFinding.Nothing : new JobFinding("Pruned", rows);
        }) { DailyAt = new TimeOnly(3, 10) },
    ];
}
