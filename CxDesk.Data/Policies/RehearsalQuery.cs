using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Policies;

/// <summary>
/// Runs a policy over the answers of the last days as intake would have, in the order in which they came in, and over the
/// cases that are open. Nothing is stored. It gives what a real replay gives, with these things held fixed: customers
/// (their value, tier and segment) are known as they are now, places as they were, and cases end as
/// <see cref="RehearsedDesk"/> has it.
/// </summary>
public sealed class RehearsalQuery(Db db, PolicyBook policies, CaseRejudger rejudger)
{
    /// <summary>How far back a rehearsal looks.</summary>
    public const int Days = 90;

    private const int Stretch = 5000, OpenStretch = 500;
    private const double AnswersShare = 0.7;

    // Nothing but the customers: with a million old cases that nobody ended they and the two desks' dictionaries come to less than 100 MB.
    private static readonly Statement HadOpen = new("SELECT CustomerId FROM Cases WHERE Status < 4 AND OpenedAt < @from AND CustomerId IS NOT NULL");

    // What is resolved or closed has a ResolvedAt, and nothing else has: asked for its status too, every case that ever was would be looked at.
    private static readonly Statement HadEnded = new("""
        SELECT CustomerId, ResolvedAt FROM Cases WHERE ResolvedAt >= @from AND OpenedAt < @from AND CustomerId IS NOT NULL
        """);

    private static readonly Statement Closed = new("""
        SELECT TeamId, COUNT(*) AS Cases FROM Cases WHERE ResolvedAt >= @from AND ResolvedAt < @to GROUP BY TeamId
        """);

    private static readonly Statement OpenNow = new("SELECT COALESCE(SUM(New + InProgress + Waiting), 0) FROM CaseTallies WHERE Grain = 1");

    private static readonly Statement Teams = new("""
        SELECT t.Id, t.Name, r.Name AS Region, t.IsNoTeam, t.IsActive FROM Units t JOIN Units r ON r.Id = t.ParentId WHERE t.Kind = 3
        """);

    /// <param name="viewer">Must see the whole company.</param>
    /// <exception cref="InvalidField">The policy cannot be kept, so there is nothing to rehearse.</exception>
    public async Task<Rehearsal> Run(Viewer viewer, CasePolicy draft, IProgress<RehearsalProgress>? progress = null, CancellationToken cancel = default)
    {
        if (viewer.Reach != Reach.All) throw new InvalidOperationException("A rehearsal counts the cases of the whole company.");
        PolicyCheck.Demand(draft);
        var compiled = new CompiledPolicy(draft);
        var now = db.Now;
        var stage = await db.Read(s => Stage.Set(s, policies, compiled, now.AddDays(-Days), now), cancel);
        for (var first = stage.First; first < stage.Next; first += Stretch)
        {
            var next = Math.Min(stage.Next, first + Stretch);
            stage.Take(await db.Read(s => stage.Reader.Between(s, first, next, stage.From, stage.To, stage.UsesOperational), cancel));
            progress?.Report(new RehearsalProgress(AnswersShare * (next - stage.First) / (stage.Next - stage.First)));
        }
        var (changed, open) = await OpenCases(compiled, progress, cancel);
        progress?.Report(new RehearsalProgress(1));
        return stage.Sum() with { OpenCases = open, OpenCasesChanged = changed };
    }

    private async Task<(int Changed, IReadOnlyList<RehearsedOpenCase> First)> OpenCases(
        CompiledPolicy draft, IProgress<RehearsalProgress>? progress, CancellationToken cancel)
    {
        var (changed, seen, after) = (0, 0, 0L);
        var open = await db.Read(s => s.Single<long>(OpenNow), cancel);
        var kept = new List<RehearsedOpenCase>();
        while (true)
        {
            var judged = await db.Read(s => rejudger.Preview(s, draft, after, OpenStretch), cancel);
            foreach (var item in judged.Where(j => j.IsNews || j.IsSilent))
            {
                changed++;
                kept.Add(new RehearsedOpenCase
                {
                    CaseId = item.Before.Id,
                    Owner = item.Before.OwnerName,
                    Severity = item.Before.Severity,
                    NewSeverity = item.After.Severity,
                    DueAt = item.Before.DueAt,
                    NewDueAt = item.After.DueAt,
                    IsSilent = item.IsSilent,
                });
            }
            kept = [.. kept.OrderBy(c => c.NewSeverity).ThenBy(c => c.NewDueAt).Take(Rehearsal.MostOpenCases)];
            if (judged.Count < OpenStretch) return (changed, kept);
            seen += judged.Count;
            progress?.Report(new RehearsalProgress(AnswersShare + (1 - AnswersShare) * Math.Min(1, (double)seen / Math.Max(1, open))));
            after = judged[^1].Before.Id;
        }
    }

    /// <summary>What is set up once, and counts up answer by answer.</summary>
    private sealed class Stage
    {
        private readonly RehearsedDesk _draft = new(), _inForce = new();
        private readonly Dictionary<int, int> _happenedByTeam = [];
        private readonly int[] _happenedBySeverity = new int[4];
        private DateTimeOffset? _earliest;
        private int _answers, _happened, _happenedJoined;

        public required CompiledPolicy Draft { get; init; }
        public required CompiledPolicy InForce { get; init; }
        public required DateTimeOffset From { get; init; }
        public required DateTimeOffset To { get; init; }
        public required long First { get; init; }
        public required long Next { get; init; }
        public required PolicyAnswers Reader { get; init; }
        public required decimal TierALimit { get; init; }
        public required IReadOnlyDictionary<int, TeamRow> AllTeams { get; init; }
        public required IReadOnlyDictionary<int, int> ClosedByTeam { get; init; }

        public bool UsesOperational => Draft.UsesOperational || InForce.UsesOperational;

        public static async Task<Stage> Set(Session session, PolicyBook policies, CompiledPolicy draft, DateTimeOffset from, DateTimeOffset to)
        {
            var (first, next) = await PolicyAnswers.Ids(session, from);
            var stage = new Stage
            {
                Draft = draft,
                InForce = await policies.Present(session),
                From = from,
                To = to,
                First = first,
                Next = first == 0 ? 0 : next,
                Reader = await PolicyAnswers.Create(session),
                TierALimit = await ValueTier.Limit(session),
                AllTeams = (await session.Query<TeamRow>(Teams)).ToDictionary(t => t.Id),
                ClosedByTeam = (await session.Query<ClosedRow>(Closed, new { from, to })).ToDictionary(c => c.TeamId, c => c.Cases),
            };
            foreach (var customer in await session.Query<long>(HadOpen, new { from }))
            {
                stage._draft.Had(customer, null);
                stage._inForce.Had(customer, null);
            }
            foreach (var had in await session.Query<HadRow>(HadEnded, new { from }))
            {
                stage._draft.Had(had.CustomerId, had.ResolvedAt);
                stage._inForce.Had(had.CustomerId, had.ResolvedAt);
            }
            return stage;
        }

        public void Take(IReadOnlyList<PolicyAnswers.AnswerRow> answers)
        {
            foreach (var answer in answers)
            {
                _answers++;
                _earliest ??= answer.ReceivedAt;
                var facts = Reader.Facts(answer);
                Take(_draft, Draft, answer, facts);
                Take(_inForce, InForce, answer, facts);
                if (answer.CaseId is null) continue;
                if (answer.OpenerId != answer.AnswerId)
                {
                    _happenedJoined++;
                    continue;
                }
                _happened++;
                _happenedBySeverity[(int)answer.CaseSeverity! - 1]++;
                _happenedByTeam[answer.CaseTeamId!.Value] = _happenedByTeam.GetValueOrDefault(answer.CaseTeamId.Value) + 1;
            }
        }

        public Rehearsal Sum()
        {
            var weeks = Math.Max(1, (To - (_earliest is { } earliest && earliest > From ? earliest : From)).TotalDays / 7);
            var (draft, inForce) = (_draft.Sum(), _inForce.Sum());
            return new Rehearsal
            {
                From = From,
                To = To,
                Weeks = weeks,
                Answers = _answers,
                Draft = draft,
                InForce = inForce,
                Happened = new RehearsedCases(_happened, _happenedJoined, _happenedBySeverity, _happenedByTeam),
                Teams = [.. AllTeams.Values
                    .Select(t => new RehearsedTeam
                    {
                        TeamId = t.Id,
                        Name = t.Name,
                        Region = t.Region,
                        IsNoTeam = t.IsNoTeam,
                        Opens = draft.ByTeam.GetValueOrDefault(t.Id) / weeks,
                        OpensInForce = inForce.ByTeam.GetValueOrDefault(t.Id) / weeks,
                        Closes = ClosedByTeam.GetValueOrDefault(t.Id) / weeks,
                    })
                    .Where(t => t.Opens > 0 || t.OpensInForce > 0 || t.Closes > 0)
                    .OrderByDescending(t => t.Opens - t.Closes).ThenBy(t => t.TeamId)
                    .Take(Rehearsal.MostTeams)],
                OpenCases = [],
                OpenCasesChanged = 0,
            };
        }

        private void Take(RehearsedDesk desk, CompiledPolicy policy, PolicyAnswers.AnswerRow answer, in AnswerFacts facts)
        {
            if (!policy.MayOpen(facts)) return;
            var customer = answer.CustomerId is null ? default : new CustomerFacts(answer.Value12m, ValueTier.IsA(answer.Value12m, TierALimit), answer.Segment);
            if (policy.Judge(facts, customer) is not { } judgement) return;
            var team = judgement.Owner is { Kind: OwnerKind.Queue, TeamId: { } queue } && AllTeams.TryGetValue(queue, out var named) && named.IsActive ? queue : answer.TeamId;
            desk.Take(answer.CustomerId, answer.ReceivedAt, judgement.Severity, team, answer.ResolvedAt);
        }
    }

    private sealed record HadRow
    {
        public required long CustomerId { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
    }

    private sealed record ClosedRow
    {
        public required int TeamId { get; init; }
        public required int Cases { get; init; }
    }

    private sealed record TeamRow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
        public required string Region { get; init; }
        public required bool IsNoTeam { get; init; }
        public required bool IsActive { get; init; }
    }
}
