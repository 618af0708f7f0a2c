using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Web.Digests;

namespace CxDesk.Web.Deliveries;

/// <param name="Sent">What the other side has taken.</param>
/// <param name="NotSent">What was refused, failed for now, or is in doubt.</param>
/// <param name="Dropped">What was no news any more, or waits for somebody's working hours.</param>
public readonly record struct DeliveryRun(int Sent, int NotSent, int Dropped);

/// <summary>Brings out what the outbox holds, a batch at a time, until nothing is due. Two of them at once share the work.</summary>
public sealed class DeliverySender(
    DeliveryQueue queue, DeliveryGate gate, DeliveryWords words, DigestLetters digests, MailCarrier mail, WebhookCarrier webhooks, DeliveriesOptions options, Db db, ILogger<DeliverySender> log)
{
    private const int BatchSize = 50;
    private const int AtOnce = 4;

    public async Task<DeliveryRun> Run(CancellationToken cancel = default)
    {
        var broken = await queue.EndBroken(options.MostAttempts, cancel);
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
                    var run = await Bring(lease, deliveries, stop);
                    Interlocked.Add(ref sent, run.Sent);
                    Interlocked.Add(ref notSent, run.NotSent);
                    Interlocked.Add(ref dropped, run.Dropped);
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

    /// <summary>What waits for one person goes as one mail: the night's reminders, or many cases given at once. A digest is a mail of its own.</summary>
    private static IEnumerable<IReadOnlyList<Delivery>> Together(IReadOnlyList<Delivery> batch) =>
        batch.GroupBy(d => d.Channel == DeliveryChannel.Mail ? (d.PersonId, d.IsDigest ? d.Id : 0L) : (null, d.Id)).Select(g => g.ToList());

    /// <summary>Nothing that goes wrong with one delivery leaves this: the others of the batch have nothing to do with it.</summary>
    private async Task<DeliveryRun> Bring(string lease, IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        var passed = new List<(Delivery Delivery, Passed Passed)>();
        var (failed, dropped) = (0, 0);
        // What failed together is tried again together.
        var chance = Random.Shared.NextDouble();
        foreach (var delivery in deliveries)
        {
            try
            {
                if (await gate.Pass(lease, delivery, cancel) is not { } news)
                {
                    dropped++;
                    continue;
                }
                passed.Add((delivery, news));
                // What cannot be said at all spoils no letter in which it would stand with others.
                if (deliveries.Count == 1 || delivery.Channel != DeliveryChannel.Mail) continue;
                words.ForPerson(passed.GetRange(passed.Count - 1, 1));
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                passed.RemoveAll(p => p.Delivery.Id == delivery.Id);
                failed++;
                await NoteAll(lease, [delivery], Unsent(e), chance);
            }
        }
        if (passed.Count == 0) return new DeliveryRun(0, failed, dropped);
        // From here on nothing is called off: a try that began is brought to its end and noted.
        Carried carried;
        try
        {
            carried = await Carry(passed);
        }
        catch (Exception e)
        {
            carried = Unsent(e);        // the carriers throw nothing: it is not handed over
        }
        await NoteAll(lease, passed.Select(p => p.Delivery), carried, chance);
        return carried is Carried.Arrived ? new DeliveryRun(passed.Count, failed, dropped) : new DeliveryRun(0, failed + passed.Count, dropped);
    }

    private static Carried.Later Unsent(Exception e) => new($"{e.GetType().Name}: {e.Message}") { Unforeseen = e };

    private async Task<Carried> Carry(IReadOnlyList<(Delivery Delivery, Passed Passed)> passed)
    {
        var (delivery, news) = passed[0];
        switch (delivery.Channel)
        {
            case DeliveryChannel.Mail:
                return await mail.Carry(delivery.Email!, delivery.Key, delivery.IsDigest ? await digests.Write(delivery) : words.ForPerson(passed), db.Now);
            case DeliveryChannel.Webhook:
                using (var request = WebhookMessage.Of(delivery, news.Case, words.ForRoom(delivery, news), words.Link(delivery), db.Now))
                    return await webhooks.Carry(request, delivery.Shape!.Value, db.Now);
            default:
                throw new ArgumentOutOfRangeException(nameof(passed), delivery.Channel, "not a way out of CxDesk");
        }
    }

    private async Task NoteAll(string lease, IEnumerable<Delivery> deliveries, Carried carried, double chance)
    {
        foreach (var delivery in deliveries)
        {
            if (carried.Unforeseen is { } unforeseen) log.LogError(unforeseen, "Delivery {Id}: nobody had thought of this", delivery.Id);
            else if (carried is Carried.Never or Carried.InDoubt) log.LogWarning("Delivery {Id}: {Outcome}", delivery.Id, carried);
            try
            {
                await Note(lease, delivery, carried, chance);
            }
            catch (Exception e)
            {
                // It stays as it was marked before, and is taken up when its lease runs out.
                log.LogError(e, "Delivery {Id}: what became of it could not be noted: {Outcome}", delivery.Id, carried);
            }
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
