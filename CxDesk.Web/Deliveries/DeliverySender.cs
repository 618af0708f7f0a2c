using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;

namespace CxDesk.Web.Deliveries;

/// <param name="Sent">What the other side has taken.</param>
/// <param name="NotSent">What was refused, failed for now, or is in doubt.</param>
/// <param name="Dropped">What was no news any more, or waits for somebody's working hours.</param>
public readonly record struct DeliveryRun(int Sent, int NotSent, int Dropped);

/// <summary>Brings out what the outbox holds, a batch at a time, until nothing is due. Two of them at once share the work.</summary>
public sealed class DeliverySender(
    DeliveryQueue queue, DeliveryGate gate, DeliveryWords words, MailCarrier mail, WebhookCarrier webhooks, DeliveriesOptions options, Db db, ILogger<DeliverySender> log)
{
    private const int BatchSize = 50;
    private const int AtOnce = 4;

    public async Task<DeliveryRun> Run(CancellationToken cancel = default)
    {
        var broken = await queue.EndBroken(cancel);
        if (broken > 0) log.LogWarning("{Count} deliveries were left in the middle by a sender that ended", broken);
        var (sent, notSent, dropped) = (0, 0, 0);
        while (!cancel.IsCancellationRequested)
        {
            var lease = Guid.NewGuid().ToString("N");
            var batch = await queue.Claim(lease, BatchSize, cancel);
            if (batch.Count == 0) break;
            try
            {
                await Parallel.ForEachAsync(Together(batch), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (deliveries, stop) =>
                {
                    var (carried, count) = await Bring(lease, deliveries, stop);
                    if (carried is Carried.Arrived) Interlocked.Add(ref sent, count);
                    else Interlocked.Add(ref notSent, count);
                    Interlocked.Add(ref dropped, deliveries.Count - count);
                });
            }
            finally
            {
                // What was not begun, because CxDesk is ending, is free for others at once.
                if (cancel.IsCancellationRequested) await queue.Release(lease);
            }
        }
        return new DeliveryRun(sent, notSent, dropped);
    }

    /// <summary>What waits for one person goes as one mail: the night's reminders, or many cases given at once.</summary>
    private static IEnumerable<IReadOnlyList<Delivery>> Together(IReadOnlyList<Delivery> batch) =>
        batch.GroupBy(d => d.Channel == DeliveryChannel.Mail ? (d.PersonId, 0L) : (null, d.Id)).Select(g => g.ToList());

    private async Task<(Carried?, int Count)> Bring(string lease, IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        var passed = new List<(Delivery Delivery, Passed Passed)>();
        foreach (var delivery in deliveries)
            if (await gate.Pass(lease, delivery, cancel) is { } news) passed.Add((delivery, news));
        if (passed.Count == 0) return (null, 0);
        // From here on nothing is called off: a try that began is brought to its end and noted.
        var carried = await Carry(passed);
        if (carried is Carried.Never or Carried.InDoubt) log.LogWarning("Delivery {Id}: {Outcome}", passed[0].Delivery.Id, carried);
        // What failed together is tried again together.
        var chance = Random.Shared.NextDouble();
        foreach (var (delivery, _) in passed) await Note(lease, delivery, carried, chance);
        return (carried, passed.Count);
    }

    private async Task<Carried> Carry(IReadOnlyList<(Delivery Delivery, Passed Passed)> passed)
    {
        var (delivery, news) = passed[0];
        switch (delivery.Channel)
        {
            case DeliveryChannel.Mail:
                return await mail.Carry(delivery.Email!, delivery.Key, words.ForPerson(passed), db.Now);
            case DeliveryChannel.Webhook:
                using (var request = WebhookMessage.Of(delivery, news.Case, words.ForRoom(delivery, news), words.Link(delivery), db.Now))
                    return await webhooks.Carry(request, delivery.Shape!.Value, db.Now);
            default:
                throw new ArgumentOutOfRangeException(nameof(passed), delivery.Channel, "not a way out of CxDesk");
        }
    }

    private Task Note(string lease, Delivery delivery, Carried carried, double chance) => carried switch
    {
        Carried.Arrived => queue.Sent(lease, delivery.Id),
        Carried.Never never => queue.Failed(lease, delivery.Id, never.Error),
        Carried.Later later => Retry(lease, delivery, later.Error, later.Wait, chance),
        Carried.InDoubt doubt => delivery.IsSafeTwice ? Retry(lease, delivery, doubt.Error, null, chance) : queue.InDoubt(lease, delivery.Id, doubt.Error),
        _ => throw new ArgumentOutOfRangeException(nameof(carried), carried, "not an outcome"),
    };

    private Task Retry(string lease, Delivery delivery, string error, TimeSpan? asked, double chance)
    {
        var attempts = delivery.Attempts + 1;
        if (attempts >= options.MostAttempts) return queue.Failed(lease, delivery.Id, error);
        var wait = RetryDelay.After(attempts, TimeSpan.FromSeconds(options.FirstRetrySeconds), chance);
        // Who asks for more than its news lives is asked once more while it does.
        var most = TimeSpan.FromHours(options.NewsForHours) / 2;
        return queue.Again(lease, delivery.Id, db.Now + (asked > wait ? asked < most ? asked.Value : most : wait), error);
    }
}
