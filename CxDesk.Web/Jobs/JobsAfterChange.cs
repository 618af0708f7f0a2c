using System.Threading.Channels;
using CxDesk.Data.Feed;
using Quartz;

namespace CxDesk.Web.Jobs;

/// <summary>Starts the jobs that follow a change, once for however many changes came while one was being started.</summary>
public sealed class JobsAfterChange(ChangeSignal signal, ISchedulerFactory schedulers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var waiting = new HashSet<string>();
        void Hear(Change change)
        {
            lock (waiting)
                foreach (var schedule in Schedules.All.Where(s => s.After.Any(change.Topics.Contains)))
                    if (waiting.Add(schedule.Name)) due.Writer.TryWrite(true);
        }

        signal.Changed += Hear;
        try
        {
            await foreach (var _ in due.Reader.ReadAllAsync(stoppingToken))
            {
                List<string> names;
                lock (waiting)
                {
                    names = [.. waiting];
                    waiting.Clear();
                }
                var scheduler = await schedulers.GetScheduler(stoppingToken);
                foreach (var name in names) await scheduler.TriggerJob(new JobKey(name), cancellationToken: stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            signal.Changed -= Hear;
        }
    }
}
