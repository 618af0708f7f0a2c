using System.Diagnostics;
using CxDesk.Data.Jobs;
using Quartz;

namespace CxDesk.Web.Jobs;

/// <summary>
/// Runs one schedule and records how it went: start, duration, outcome, what it found. What the work throws is recorded
/// and logged, and the schedule goes on; only being told to stop is not a failure.
/// </summary>
[DisallowConcurrentExecution]
public sealed class RecordedJob(IServiceProvider services, JobRunWriter runs, TimeProvider time, ILogger<RecordedJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        // A clustered table may still hold a job that this version no longer has.
        if (Schedules.All.FirstOrDefault(s => s.Name == name) is { } schedule) await Run(schedule, cancellationToken);
        else logger.LogWarning("There is no job {Job} in this version", name);
    }

    public async Task Run(Schedule schedule, CancellationToken cancel)
    {
        var startedAt = time.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var (outcome, detail) = (JobOutcome.Done, (string?)null);
        try
        {
            detail = (await schedule.Work(services, cancel)).ToJson();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)     // whatever it is, it belongs on the page of jobs
        {
            logger.LogError(e, "Job {Job} failed", schedule.Name);
            (outcome, detail) = (JobOutcome.Failed, $"{e.GetType().Name}: {e.Message}");
        }
        await runs.Record(schedule.Name, startedAt, Stopwatch.GetElapsedTime(started), outcome, detail, cancel);
    }
}
