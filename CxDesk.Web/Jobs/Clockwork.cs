using CxDesk.Data.Database;
using CxDesk.Data.People;
using Quartz;

namespace CxDesk.Web.Jobs;

/// <summary>The scheduler as people see it: when each job runs next, and running one now.</summary>
public sealed class Clockwork(ISchedulerFactory schedulers, Db db)
{
    /// <summary>By the name of the job; null for one that will not run by itself again.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset?>> NextRuns(CancellationToken cancel = default)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var next = new Dictionary<string, DateTimeOffset?>();
        foreach (var schedule in Schedules.All)
            next[schedule.Name] = (await scheduler.GetTrigger(new TriggerKey(schedule.Name), cancel))?.NextFireTimeUtc;
        return next;
    }

    /// <summary>Holds back every job until <see cref="Release"/>; what runs goes on to its end.</summary>
    public async Task Hold(CancellationToken cancel = default) => await (await schedulers.GetScheduler(cancel)).PauseAll(cancel);

    /// <summary>Lets the jobs run again. What was missed is caught up once.</summary>
    public async Task Release(CancellationToken cancel = default) => await (await schedulers.GetScheduler(cancel)).ResumeAll(cancel);

    /// <summary>Starts a job at once, beside its schedule; the audit trail says who did.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is no administrator.</exception>
    public async Task RunNow(Viewer viewer, string name, CancellationToken cancel = default)
    {
        if (viewer.Role != Role.Admin) throw new UnauthorizedAccessException("Only an administrator starts a job.");
        await db.Write(s => Audit.Write(s, viewer, "started", "job", name), cancel);
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.TriggerJob(new JobKey(name), cancellationToken: cancel);
    }
}
