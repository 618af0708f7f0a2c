using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Demo;

/// <summary>
/// What became of the cases of history: claimed, noted, waited, resolved, closed at made-up times, each through the
/// case writer. What lies after now has not happened yet, and so the last days leave cases in every state.
/// </summary>
internal sealed class DemoLives(CaseWriter writer, CasesOptions options, DemoStaff staff, Random random)
{
    private static readonly TimeSpan ThisWeek = TimeSpan.FromDays(5);

    private static readonly Statement Opened = new("SELECT Id, OpenedAt, Severity, DueAt, TeamId FROM Cases WHERE Id IN @ids ORDER BY Id");

    public async Task Live(Session session, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0) return;
        foreach (var item in await session.Query<OpenedRow>(Opened, new { ids }))
        {
            if (staff.AnyOf(item.TeamId, random, live: false) is not { } agent) continue;
            foreach (var (at, actor, command) in Plan(item, agent, session.Now).TakeWhile(step => step.At <= session.Now))
                if (await writer.Do(session, actor, command, at) is not CaseResult.Done) break;
        }
    }

    private IEnumerable<(DateTimeOffset At, Viewer Actor, CaseCommand Command)> Plan(OpenedRow item, Viewer agent, DateTimeOffset now)
    {
        var (claimHours, workHours) = item.Severity switch
        {
            CaseSeverity.Critical => (1.0, 4.0),
            CaseSeverity.High => (3.0, 8.0),
            CaseSeverity.Medium => (8.0, 18.0),
            CaseSeverity.Low => (16.0, 36.0),
        };
        if (staff.IsVisitorsTeam(item.TeamId)) claimHours *= 2;
        var at = item.OpenedAt + Spread(claimHours, .7);
        yield return (at, agent, new ClaimCase { CaseId = item.Id });
        if (random.NextDouble() < .3)
            yield return (at += Spread(.3, .5), agent, new NoteCase { CaseId = item.Id, Text = Note(item) });
        if (random.NextDouble() < .12)
        {
            yield return (at += Spread(.4, .5), agent, new WaitCase { CaseId = item.Id, Reason = Note(item) });
            yield return (at += Spread(20, .6), agent, new ResumeCase { CaseId = item.Id });
        }
        at += Spread(workHours, .6);
        // A few are late, and some of this week nobody has thought of yet: most of them where it went wrong.
        if (random.NextDouble() < .07) at = Later(at, item.DueAt.AddHours(2 + 68 * random.NextDouble()));
        if (item.DueAt < now && now - item.DueAt < ThisWeek && random.NextDouble() < (staff.IsOfSlippedRegion(item.TeamId) ? .05 : .015)) yield break;
        yield return (at, agent, Resolved(item.Id, Note(item), random));
        yield return (at.AddDays(options.CloseAfterDays), Viewer.System, new CloseCase { CaseId = item.Id });
    }

    public static ResolveCase Resolved(long caseId, string note, Random random) => new()
    {
        CaseId = caseId,
        RootCause = RootCauses.Usual[(int)(RootCauses.Usual.Count * random.NextDouble() * random.NextDouble())],
        ContactOutcome = random.NextDouble() switch { < .8 => ContactOutcome.Reached, < .96 => ContactOutcome.ThreeAttempts, _ => ContactOutcome.NoContact },
        Note = note,
    };

    private string Note(OpenedRow item) => DemoComments.Note(random, staff.IsChinese(item.TeamId));

    private TimeSpan Spread(double medianHours, double sigma) => TimeSpan.FromHours(medianHours * Math.Exp(DemoCustomers.Gauss(random) * sigma));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record OpenedRow
    {
        public required long Id { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int TeamId { get; init; }
    }
}
