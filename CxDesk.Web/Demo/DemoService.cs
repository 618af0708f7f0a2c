using System.Diagnostics;
using CxDesk.Data.Demo;
using CxDesk.Web.Jobs;

namespace CxDesk.Web.Demo;

/// <summary>
/// Fills an empty database while pages are already served, then keeps the company at work until the app stops. A
/// database that somebody else began is left alone.
/// </summary>
public sealed class DemoService(
    DemoOptions options, DemoStatus status, DemoCompany company, DemoHistory history, DemoFloor floor, Clockwork clockwork, TimeProvider time, ILogger<DemoService> log)
    : BackgroundService
{
    private static readonly TimeSpan ActEvery = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    // Before the first request: whoever opens the page can sign in at once.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await company.IsEmpty(cancellationToken))
        {
            (status.Total, status.Phase) = (options.Answers, DemoPhase.Filling);
            await company.Create(cancellationToken);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (status.Phase == DemoPhase.Filling) await Fill(stoppingToken);
            else if (!await floor.IsThere(stoppingToken)) return;
            // Whoever was ended while filling left the jobs held back.
            else await clockwork.Release(stoppingToken);
            status.Phase = DemoPhase.Running;
            if (options.Live) await Task.WhenAll(Again(() => floor.Answer(stoppingToken), Pause, stoppingToken), Again(() => floor.Act(stoppingToken), _ => ActEvery, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            status.Phase = DemoPhase.Failed;
            log.LogError(e, "The demo company stopped. Delete the database to begin again.");
        }
    }

    private async Task Fill(CancellationToken cancel)
    {
        log.LogInformation("Filling the empty database with the demo company. Sign in as wall, supervisor, agent, manager, executive or admin, password {Password}.", DemoCompany.Password);
        var started = Stopwatch.GetTimestamp();
        int cases;
        // A sweep would take the history for cases that nobody ever looked at.
        await clockwork.Hold(cancel);
        try
        {
            cases = await Task.Run(() => history.Fill(options, status, cancel), cancel);
        }
        finally
        {
            await clockwork.Release(CancellationToken.None);
        }
        log.LogInformation("The demo company is there: {Answers} answers, {Cases} cases, in {Seconds:0.0} s.", options.Answers, cases, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    // One fault must not end the day; the log says each.
    private async Task Again<T>(Func<Task<T>> step, Func<Random, TimeSpan> pause, CancellationToken cancel)
    {
        var random = new Random(options.Seed);
        while (true)
        {
            var rest = pause(random);
            try
            {
                await step();
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogError(e, "The demo company stumbled and goes on.");
                rest = AfterFault;
            }
            await Task.Delay(rest, time, cancel);
        }
    }

    // As calls come in: at random, 1.5 s apart on average.
    private static TimeSpan Pause(Random random) => TimeSpan.FromSeconds(.6 - .9 * Math.Log(1 - random.NextDouble()));
}
