using CxDesk.Web.People;
using Quartz;

namespace CxDesk.Web.Jobs;

/// <summary>The scheduler runs.</summary>
public sealed class JobsReadiness(ISchedulerFactory schedulers) : IReadiness
{
    public string Name => "jobs";

    public async Task<string?> WhyNot(CancellationToken cancel)
    {
        var status = (await schedulers.GetScheduler(cancel)).Status;
        return status == SchedulerStatus.Running ? null : status.ToString();
    }
}
