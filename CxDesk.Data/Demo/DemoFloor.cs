using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;

namespace CxDesk.Data.Demo;

/// <summary>
/// Keeps the demo company at work: answers come in, some late, some twice, some bad; the wait rises and falls; agents
/// take cases and resolve them, but leave enough for visitors. One caller at a time.
/// </summary>
public sealed class DemoFloor(Db db, IngestWriter ingest, CaseWriter cases, DemoOptions options)
{
    private const int LeftForVisitors = 10, LeftElsewhere = 3, InWork = 50;
    private static readonly TimeSpan Surge = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan WorkedOn = TimeSpan.FromMinutes(3);

    private static readonly Statement Open = new("""
        SELECT Id, TeamId, OwnerId, Status, UpdatedAt FROM Cases WHERE Status IN (1, 2, 3) ORDER BY Id
        """);

    private static readonly Statement IsDemo = new("SELECT COUNT(*) FROM Sources WHERE Code = @code");

    private readonly Random _random = new(options.Seed + 2);
    private DemoAnswers? _answers;
    private DateTimeOffset _start;
    private IncomingResponse? _last;

    /// <summary>Whether the database holds the demo company, from now or from before.</summary>
    public Task<bool> IsThere(CancellationToken cancel = default) =>
        db.Read(async s => await s.Single<long>(IsDemo, new { code = DemoCast.Source }) > 0, cancel);

    /// <summary>One answer comes in.</summary>
    public async Task<IntakeResult> Answer(CancellationToken cancel = default)
    {
        var now = db.Now;
        if (_answers is null) (_answers, _start) = (new DemoAnswers(options, now), now);
        var batch = new IntakeBatch<IncomingResponse>();
        var chance = _random.NextDouble();
        if (chance < .03 && _last is not null) batch.Add(_last);
        else if (chance < .05) AddBad(batch, now);
        else
        {
            var respondedAt = chance < .09 ? now.AddHours(-1 - 20 * _random.NextDouble()) : now.AddSeconds(-1 - 5 * _random.NextDouble());
            var surge = 1 + .8 * Math.Sin(2 * Math.PI * (now - _start) / Surge);
            var answer = _answers.At(respondedAt, now, surge);
            _last = answer with { ExternalId = $"live-{_start.ToUnixTimeSeconds()}-{answer.ExternalId}", ReceivedAt = null };
            batch.Add(_last);
        }
        return await ingest.WriteResponses(Viewer.System, batch, cancel: cancel);
    }

    /// <summary>An agent does one thing, if there is one to do.</summary>
    public async Task<CaseResult?> Act(CancellationToken cancel = default)
    {
        var (staff, open) = await db.Read(async s => (await DemoStaff.Load(s), await s.Query<OpenRow>(Open)), cancel);
        var step = Next(staff, open);
        return step is { } found ? await cases.Do(found.Actor, found.Command, cancel) : null;
    }

    private (Viewer Actor, CaseCommand Command)? Next(DemoStaff staff, IReadOnlyList<OpenRow> open)
    {
        var now = db.Now;
        var working = open.Where(c => c.Status == CaseStatus.InProgress && now - c.UpdatedAt > WorkedOn && c.OwnerId is { } o && staff.Moved(o) is not null).ToList();
        var queued = open.Where(c => c.OwnerId is null && c.Status == CaseStatus.New).GroupBy(c => c.TeamId)
            .Where(team => team.Count() > (staff.IsVisitorsTeam(team.Key) ? LeftForVisitors : LeftElsewhere))
            .OrderByDescending(team => team.Count()).FirstOrDefault();
        if (working.Count > InWork || (working.Count > 0 && (queued is null || _random.NextDouble() < .45))) return Work(staff, working);
        if (queued?.First() is { } next && staff.AnyOf(next.TeamId, _random, live: true) is { } agent) return (agent, new ClaimCase { CaseId = next.Id });
        var waiting = open.FirstOrDefault(c => c.Status == CaseStatus.Waiting && now - c.UpdatedAt > WorkedOn && c.OwnerId is { } o && staff.Moved(o) is not null);
        return waiting is null ? null : (staff.Moved(waiting.OwnerId!.Value)!, new ResumeCase { CaseId = waiting.Id });
    }

    private (Viewer, CaseCommand) Work(DemoStaff staff, List<OpenRow> working)
    {
        var item = working[_random.Next(working.Count)];
        var agent = staff.Moved(item.OwnerId!.Value)!;
        var note = DemoComments.Note(_random, staff.IsChinese(item.TeamId));
        return (agent, _random.NextDouble() switch
        {
            < .12 => new NoteCase { CaseId = item.Id, Text = note },
            < .2 => new WaitCase { CaseId = item.Id, Reason = note },
            _ => DemoLives.Resolved(item.Id, note, _random),
        });
    }

    // What a careless sender sends: a score off the scale, no region, a day in the future.
    private void AddBad(IntakeBatch<IncomingResponse> batch, DateTimeOffset now)
    {
        var json = JsonSerializer.SerializeToElement(new
        {
            externalId = $"bad-{now.ToUnixTimeMilliseconds()}",
            source = DemoCast.Source,
            respondedAt = now.AddDays(1),
            channel = "phone",
            product = DemoCast.SlowProduct,
            scores = new { csat = 9 },
        });
        batch.Add(new JsonFields(json), new IntakeRules { Now = now }, ItemReader.Response);
    }

    private sealed record OpenRow
    {
        public required long Id { get; init; }
        public required int TeamId { get; init; }
        public required int? OwnerId { get; init; }
        public required CaseStatus Status { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }
}
