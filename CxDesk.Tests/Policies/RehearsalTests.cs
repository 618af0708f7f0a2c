using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;
using FsCheck.Fluent;

namespace CxDesk.Tests.Policies;

/// <summary>
/// A hundred and twenty days of answers and resolutions by chance, lived under the first policy. A rehearsal of another policy
/// then says what living the same days under that one comes to, from the day on that the rehearsal looks back to.
/// </summary>
[Trait("Behaviour", "12")]
public class RehearsalTests
{
    private static readonly DateTimeOffset End = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset From = End.AddDays(-RehearsalQuery.Days);

    private static readonly Statement Opened = new("""
        SELECT c.Id, c.TeamId, c.Severity, c.ResolvedAt, a.ExternalId AS Opener
        FROM Cases c JOIN Answers a ON a.Id = c.AnswerId WHERE a.RespondedAt >= @from ORDER BY c.Id
        """);

    private static readonly Statement Holding = new("""
        SELECT a.ExternalId AS Answer, c.ResolvedAt FROM CaseAnswers ca JOIN Answers a ON a.Id = ca.AnswerId JOIN Cases c ON c.Id = ca.CaseId
        """);

    private static readonly Statement Joined = new("""
        SELECT COUNT(*) FROM CaseAnswers ca JOIN Answers a ON a.Id = ca.AnswerId JOIN Cases c ON c.Id = ca.CaseId
        WHERE a.RespondedAt >= @from AND c.AnswerId <> a.Id
        """);

    private static readonly Statement OpenIds = new("SELECT Id FROM Cases WHERE Status < 4 ORDER BY Id");

    private static readonly CasePolicy Strict = CasePolicy.First with
    {
        Rules =
        [
            new() { Key = "not", Name = "Not", Effect = PolicyEffect.Ignore, When = new() { Channels = ["mail"], Regions = ["east"] } },
            new() { Key = "three", Name = "CSAT 1–3", Effect = PolicyEffect.Open, Severity = CaseSeverity.Medium, When = new() { Csat = new(1, 3) } },
            new()
            {
                Key = "refund", Name = "Refund", Effect = PolicyEffect.Open, Severity = CaseSeverity.High, When = new() { Words = ["refund", "分钟"] },
                Owner = new PolicyOwner(OwnerKind.Queue, TeamId: CaseFloor.OtherTeam),
            },
            new() { Key = "waited", Name = "Waited", Effect = PolicyEffect.Raise, When = new() { Measure = new("wait", 500, null) } },
            new() { Key = "tier", Name = "Tier", Effect = PolicyEffect.Raise, When = new() { TierA = true, Segments = ["business"] } },
        ],
    };

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rehearsal_says_what_a_real_replay_comes_to(DatabaseProvider engine)
    {
        var days = Sample(seed: 5);
        await using var floor = await CaseFloor.Create(engine);
        await Live(floor, days, CasePolicy.First, null);
        var real = (await floor.Database.Db.Read(s => s.Query<HeldRow>(Holding))).ToDictionary(r => r.Answer, r => r.ResolvedAt);

        foreach (var draft in (CasePolicy[])[Strict, .. RandomPolicy.Rules.Sample(3, 20).Where(r => r.Length > 2).Take(2).Select(r => CasePolicy.First with { Rules = r })])
        {
            var rehearsal = await Rehearse(floor, draft);
            Same(rehearsal.Happened, rehearsal.InForce);
            if (draft == Strict) Assert.True(rehearsal.Draft is { Opened: > 50, Joined: > 50 });

            await using var again = await CaseFloor.Create(engine);
            await Live(again, days, draft, real);
            var cases = await again.Database.Db.Read(s => s.Query<OpenedRow>(Opened, new { from = From }));
            var joined = await again.Database.Db.Read(s => s.Single<int>(Joined, new { from = From }));
            Same(new RehearsedCases(cases.Count, joined, [.. Enum.GetValues<CaseSeverity>().Select(s => cases.Count(c => c.Severity == s))],
                cases.CountBy(c => c.TeamId).ToDictionary()), rehearsal.Draft);
        }
    }

    [Fact]
    public async Task It_says_what_each_team_would_have_to_do_beside_what_it_closes_a_week()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await Live(floor, Sample(seed: 8), CasePolicy.First, null);
        var rehearsal = await Rehearse(floor, Strict);
        Assert.Equal(rehearsal.Draft.Opened, rehearsal.Teams.Sum(t => t.Opens) * rehearsal.Weeks, 6);
        Assert.Equal(rehearsal.InForce.Opened, rehearsal.Teams.Sum(t => t.OpensInForce) * rehearsal.Weeks, 6);
        Assert.Contains(rehearsal.Teams, t => t is { TeamId: CaseFloor.OtherTeam, IsOverloaded: true });
        Assert.Equal(90.0 / 7, rehearsal.Weeks, 1);
    }

    [Fact]
    public async Task It_names_the_open_cases_that_would_change_as_the_change_then_changes_them()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await Live(floor, Sample(seed: 3), CasePolicy.First, null);
        var rehearsal = await Rehearse(floor, Strict);
        Assert.NotEqual(0, rehearsal.OpenCasesChanged);
        Assert.Equal(Math.Min(Rehearsal.MostOpenCases, rehearsal.OpenCasesChanged), rehearsal.OpenCases.Count);
        await SwitchOn(floor, Strict);
        await new CaseRejudger(floor.Database.Db, floor.Calendars, floor.Policies).Run();
        foreach (var item in rehearsal.OpenCases)
        {
            var now = await floor.Read(item.CaseId);
            Assert.Equal((item.NewSeverity, item.NewDueAt), (now.Severity, now.DueAt));
        }
    }

    [Fact]
    public async Task It_stores_nothing_tells_how_far_it_is_and_can_be_stopped()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await Live(floor, Sample(seed: 4), CasePolicy.First, null);
        var before = await floor.Database.Db.Read(s => s.Query<OpenedRow>(Opened, new { from = From }));
        var told = new List<double>();
        await Query(floor).Run(Viewer.System, Strict, new Told(told));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        Assert.Equal(before, await floor.Database.Db.Read(s => s.Query<OpenedRow>(Opened, new { from = From })));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Query(floor).Run(Viewer.System, Strict, cancel: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_policy_that_cannot_be_kept_is_not_rehearsed_and_nobody_of_a_unit_rehearses()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var wrong = CasePolicy.First with { Reopen = new PolicyRestart { AtLeastMinutes = 0 } };
        Assert.Equal("reopen.atLeastMinutes", (await Assert.ThrowsAsync<CxDesk.Data.InvalidField>(() => Rehearse(floor, wrong))).Field);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Query(floor).Run(CaseFloor.ViewerOf(CaseFloor.Manager), Strict));
    }

    private static void Same(RehearsedCases expected, RehearsedCases actual)
    {
        Assert.Equal((expected.Opened, expected.Joined), (actual.Opened, actual.Joined));
        Assert.Equal(expected.BySeverity, actual.BySeverity);
        Assert.Equal(expected.ByTeam.OrderBy(t => t.Key), actual.ByTeam.OrderBy(t => t.Key));
    }

    private static RehearsalQuery Query(CaseFloor floor) =>
        new(floor.Database.Db, floor.Policies, new CaseRejudger(floor.Database.Db, floor.Calendars, floor.Policies));

    private static Task<Rehearsal> Rehearse(CaseFloor floor, CasePolicy draft) => Query(floor).Run(Viewer.System, draft);

    /// <summary>Takes the answers in, each in its time; from the beginning of the window on under a policy.</summary>
    /// <param name="real">When the case that holds an answer was resolved; null: cases are resolved by chance, and that is what is real.</param>
    private static async Task Live(CaseFloor floor, IReadOnlyList<IncomingResponse> answers, CasePolicy policy, IReadOnlyDictionary<string, DateTimeOffset?>? real)
    {
        var intake = new IngestWriter(floor.Database.Db, floor.Database.Company, floor.Policies, floor.Opener, floor.Database.Signal);
        var random = new Random(11);
        var ends = new Dictionary<long, DateTimeOffset>();
        var inWindow = false;
        foreach (var answer in answers)
        {
            if (!inWindow && answer.RespondedAt >= From)
            {
                inWindow = true;
                if (policy != CasePolicy.First) await SwitchOn(floor, policy);
            }
            foreach (var (caseId, at) in ends.Where(e => e.Value <= answer.RespondedAt).OrderBy(e => e.Value).ToList())
            {
                await Resolve(floor, caseId, at);
                ends.Remove(caseId);
            }
            floor.Database.Time.Now = answer.RespondedAt;
            var stored = await intake.WriteResponses(Viewer.System, IngestFloor.Batch(answer));
            foreach (var caseId in stored.CasesOpened)
                if (real is not null && real.TryGetValue(answer.ExternalId, out var end) && end is { } resolved) ends[caseId] = resolved;
            if (real is null && random.Next(4) == 0)
            {
                var open = await floor.Database.Db.Read(s => s.Query<long>(OpenIds));
                if (open.Count > 0) await Resolve(floor, open[random.Next(open.Count)], answer.RespondedAt.AddSeconds(1));
            }
        }
        floor.Database.Time.Now = End;
    }

    private static async Task Resolve(CaseFloor floor, long caseId, DateTimeOffset at)
    {
        floor.Database.Time.Now = at;
        Assert.IsType<CaseResult.Done>(await floor.Writer.Do(Viewer.System, new ResolveCase { CaseId = caseId, RootCause = "other", ContactOutcome = ContactOutcome.Reached }));
    }

    private static async Task SwitchOn(CaseFloor floor, CasePolicy policy)
    {
        var writer = new PolicyWriter(floor.Database.Db, floor.Policies);
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, policy, 0), null);
    }

    /// <summary>All customers are known from the beginning, so that who is in tier A is the same whenever it is asked.</summary>
    private static List<IncomingResponse> Sample(int seed)
    {
        var random = new Random(seed);
        IncomingCustomer Customer(int id) => new() { Id = $"c{id}", Value12m = id * 10, Segment = RandomPolicy.Segments[id % 2] };
        var known = Enumerable.Range(1, 40).Select(i => new IncomingResponse
        {
            ExternalId = $"k{i}", Source = "survey", RespondedAt = End.AddDays(-200), Channel = "phone", Product = "net", Region = "north", Csat = 5, Customer = Customer(i),
        });
        var answers = Enumerable.Range(0, 500).Select(i =>
        {
            var agent = random.Next(1, 5);
            return new IncomingResponse
            {
                ExternalId = $"x{i}",
                Source = "survey",
                RespondedAt = End.AddDays(-120).AddMinutes(120.0 * 24 * 60 * i / 500),
                Channel = RandomPolicy.Channels[random.Next(2)],
                Product = RandomPolicy.Products[random.Next(2)],
                Region = agent == 3 ? "east" : "north",
                Agent = agent == 4 ? null : $"a{agent}",
                Customer = random.Next(3) == 0 ? null : Customer(random.Next(1, 41)),
                Csat = random.Next(1, 6),
                Nps = random.Next(3) == 0 ? random.Next(0, 11) : null,
                Comment = random.Next(5) switch { 0 => "Refund!", 1 => "等了四十分钟", 2 => "Refunded", _ => null },
                Operational = random.Next(2) == 0 ? new Dictionary<string, double>() : new() { ["wait"] = random.Next(1000) },
            };
        });
        return [.. known, .. answers];
    }

    private sealed class Told(List<double> told) : IProgress<RehearsalProgress>
    {
        public void Report(RehearsalProgress value) => told.Add(value.Share);
    }

    private sealed record OpenedRow
    {
        public required long Id { get; init; }
        public required int TeamId { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
        public required string Opener { get; init; }
    }

    private sealed record HeldRow
    {
        public required string Answer { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
    }
}
