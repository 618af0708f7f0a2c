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
    private const int BatchSize = 20;
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
                await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (delivery, stop) =>
                {
                    switch (await Bring(lease, delivery, stop))
                    {
                        case null: Interlocked.Increment(ref dropped); break;
                        case Carried.Arrived: Interlocked.Increment(ref sent); break;
                        default: Interlocked.Increment(ref notSent); break;
                    }
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

    private async Task<Carried?> Bring(string lease, Delivery delivery, CancellationToken cancel)
    {
        if (await gate.Pass(lease, delivery, cancel) is not { } passed) return null;
        // From here on nothing is called off: a try that began is brought to its end and noted.
        var carried = await Carry(delivery, passed);
        if (carried is Carried.Never or Carried.InDoubt) log.LogWarning("Delivery {Id}: {Outcome}", delivery.Id, carried);
        await Note(lease, delivery, carried);
        return carried;
    }

    private async Task<Carried> Carry(Delivery delivery, Passed passed)
    {
        switch (delivery.Channel)
        {
            case DeliveryChannel.Mail:
                return await mail.Carry(delivery.Email!, delivery.Key, words.ForPerson(delivery, passed), db.Now);
            case DeliveryChannel.Webhook:
                using (var request = WebhookMessage.Of(delivery, passed.Case, words.ForRoom(delivery, passed), words.Link(delivery), db.Now))
                    return await webhooks.Carry(request, delivery.Shape!.Value, db.Now);
            default:
                throw new ArgumentOutOfRangeException(nameof(delivery), delivery.Channel, "not a way out of CxDesk");
        }
    }

    private Task Note(string lease, Delivery delivery, Carried carried) => carried switch
    {
        Carried.Arrived => queue.Sent(lease, delivery.Id),
        Carried.Never never => queue.Failed(lease, delivery.Id, never.Error),
        Carried.Later later => Retry(lease, delivery, later.Error, later.Wait),
        Carried.InDoubt doubt => delivery.IsSafeTwice ? Retry(lease, delivery, doubt.Error, null) : queue.InDoubt(lease, delivery.Id, doubt.Error),
        _ => throw new ArgumentOutOfRangeException(nameof(carried), carried, "not an outcome"),
    };

    private Task Retry(string lease, Delivery delivery, string error, TimeSpan? asked)
    {
        var attempts = delivery.Attempts + 1;
        if (attempts >= options.MostAttempts) return queue.Failed(lease, delivery.Id, error);
        var wait = RetryDelay.After(attempts, TimeSpan.FromSeconds(options.FirstRetrySeconds), Random.Shared.NextDouble());
        // Who asks for more than its news lives is asked once more while it does.
        var most = TimeSpan.FromHours(options.NewsForHours) / 2;
        return queue.Again(lease, delivery.Id, db.Now + (asked > wait ? asked < most ? asked.Value : most : wait), error);
    }
}
