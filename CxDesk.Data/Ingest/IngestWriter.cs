using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Ingest;

/// <summary>
/// Stores what comes in: a batch a transaction, with its codes, customers, measurements, rollups and cases, or not at
/// all. What is known already changes nothing, so whoever got no answer may send again.
/// </summary>
public sealed class IngestWriter(Db db, Company company, PolicyBook policies, CaseOpener cases, ChangeSignal signal)
{
    private readonly CodeCache _cache = new(signal);

    /// <param name="writer">Who writes: a key of a unit writes inside it only.</param>
    public Task<IntakeResult> WriteResponses(Viewer writer, IntakeBatch<IncomingResponse> batch, IntakeOptions? options = null, CancellationToken cancel = default) =>
        Write(options ?? new IntakeOptions(), batch.Rejected, async (session, codes, rollups, rejected) =>
        {
            var places = new ServicePlaces(session, codes, writer);
            var customers = new CustomerRecords(session);
            var policy = await policies.Present(session);
            var answers = new AnswerStore(session, policy, codes, customers, new MeasurementStore(session, codes, rollups), rollups);
            var (accepted, duplicates) = (0, 0);
            var candidates = new List<StoredAnswer>();
            for (var index = 0; index < batch.Items.Count; index++)
            {
                if (batch.Items[index] is not { } item) continue;
                var day = company.DayOf(item.RespondedAt);
                if (await places.Outside(item.Region, item.Agent, day) is { } field)
                    rejected.Add(new RejectedItem(index, item.ExternalId, [new ItemFault(field, FaultCode.OutsideKey)]));
                else if (answers.IsKnown(item))
                    duplicates++;
                else
                {
                    accepted++;
                    if (answers.Add(item, places.Of(item.Region, item.Agent, day), day) is { } stored) candidates.Add(stored);
                }
            }
            var opened = await OpenCases(session, policy, customers, candidates, options?.OpenCasesSince ?? DateTimeOffset.MinValue);
            await CaseSearch.FollowRenames(session);
            return (accepted, duplicates, opened);
        }, cancel);

    /// <inheritdoc cref="WriteResponses"/>
    public Task<IntakeResult> WriteMeasurements(Viewer writer, IntakeBatch<IncomingMeasurement> batch, IntakeOptions? options = null, CancellationToken cancel = default) =>
        Write(options ?? new IntakeOptions(), batch.Rejected, async (session, codes, rollups, rejected) =>
        {
            var places = new ServicePlaces(session, codes, writer);
            var measurements = new MeasurementStore(session, codes, rollups);
            var (accepted, duplicates) = (0, 0);
            for (var index = 0; index < batch.Items.Count; index++)
            {
                if (batch.Items[index] is not { } item) continue;
                var day = company.DayOf(item.At);
                if (await places.Outside(item.Region, item.Agent, day) is { } field)
                    rejected.Add(new RejectedItem(index, item.ExternalId, [new ItemFault(field, FaultCode.OutsideKey)]));
                else if (measurements.IsKnown(item))
                    duplicates++;
                else
                {
                    accepted++;
                    measurements.Add(item, places.Of(item.Region, item.Agent, day), day);
                }
            }
            return (accepted, duplicates, []);
        }, cancel);

    private delegate Task<(int Accepted, int Duplicates, IReadOnlyList<long> CasesOpened)> Store(
        Session session, CodeBook codes, RollupWriter rollups, List<RejectedItem> rejected);

    private async Task<IntakeResult> Write(IntakeOptions options, IReadOnlyList<RejectedItem> rejectedBefore, Store store, CancellationToken cancel)
    {
        IntakeResult? result = null;
        CodeBook? codes = null;
        try
        {
            await db.Write(async session =>
            {
                codes = new CodeBook(session, _cache);
                var rollups = new RollupWriter();
                var rejected = rejectedBefore.ToList();
                var (accepted, duplicates, opened) = await store(session, codes, rollups, rejected);
                rollups.Write(session);
                if (accepted > 0) session.Changed(ChangeTopic.Answers);
                if (codes.MadeAny)
                {
                    await UnitHistory.Keep(session);
                    session.Changed(ChangeTopic.Units);
                }
                rejected.Sort((a, b) => a.Index.CompareTo(b.Index));
                result = new IntakeResult { Accepted = accepted, Duplicates = duplicates, Rejected = rejected, CasesOpened = opened };
                if (options.DryRun) throw new NotKept();
            }, cancel);
        }
        catch (NotKept)
        {
            return result!;
        }
        codes!.Keep();
        return result!;
    }

    private async Task<IReadOnlyList<long>> OpenCases(
        Session session, CompiledPolicy policy, CustomerRecords customers, List<StoredAnswer> candidates, DateTimeOffset since)
    {
        var opened = new List<long>();
        foreach (var answer in candidates)
        {
            if (answer.Item.RespondedAt < since) continue;
            var customer = await customers.Facts(answer.CustomerId);
            if (policy.Judge(AnswerStore.Facts(answer.Item), customer) is not { } judgement) continue;
            var it = await cases.OpenOrJoin(session, new LowAnswer
            {
                AnswerId = answer.AnswerId,
                OpenedAt = answer.ReceivedAt,
                RegionId = answer.At.RegionId,
                TeamId = answer.At.TeamId,
                AgentId = answer.At.AgentId,
                ProductId = answer.At.ProductId!.Value,
                CustomerId = answer.CustomerId,
                Value12m = customer.Value12m,
                Judgement = judgement,
            });
            if (!it.Joined) opened.Add(it.CaseId);
        }
        return opened;
    }

    /// <summary>Takes a dry run's transaction back.</summary>
    private sealed class NotKept : Exception;
}
