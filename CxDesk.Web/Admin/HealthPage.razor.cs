using CxDesk.Data.Admin;
using CxDesk.Data.Jobs;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>What needs an admin, in words, with the way to where it is put right.</summary>
public partial class HealthPage
{
    private IReadOnlyList<Check> _checks = [];

    [Inject] public required HealthQuery Query { get; set; }
    [Inject] public required CodesQuery Codes { get; set; }
    [Inject] public required JobsQuery Jobs { get; set; }

    private string? Lead => !IsLoaded ? null : _checks.Count(c => c.Standing != Standing.Good && c.Standing != Standing.Unknown) switch
    {
        0 => Text["Health.Good"].Value,
        var n => Text["Health.Bad", n].Value,
    };

    protected override async Task Read(Viewer viewer)
    {
        var health = await Query.Read(viewer);
        var open = await Codes.ToPlace();
        var jobs = await Jobs.Read(viewer);
        var failed = jobs.Where(j => j.Outcome != JobOutcome.Done).Select(j => j.Job).ToList();
        _checks =
        [
            new("Database", Standing.Good, Text["Health.DatabaseWords", health.Provider], null, ""),
            Of("Fallback", "Units", Standing.Watch, health.NoFallback),
            Of("Leaders", "Units", Standing.Watch, health.NoLeader),
            new("Codes", open.Total == 0 ? Standing.Good : Standing.Watch, open.Total == 0 ? Text["Health.CodesGood"] : Text["Health.CodesBad", open.Total], "/admin/codes", "Codes"),
            Of("People", "People", Standing.Watch, [.. health.NoPlace.Select(p => p.Name)]),
            Cases(health),
            Deliveries(health),
            jobs.Count == 0 ? new("Jobs", Standing.Unknown, Text["Health.JobsNone"], null, "") : Of("Jobs", "Jobs", Standing.Bad, failed),
        ];
    }

    private Check Of(string name, string tab, Standing worst, IReadOnlyList<string> found) => found.Count == 0
        ? new(name, Standing.Good, Text[$"Health.{name}Good"], null, tab)
        : new(name, worst, Text[$"Health.{name}Bad", string.Join(", ", found) + (found.Count == HealthQuery.Most ? ", …" : "")], $"/admin/{tab.ToLowerInvariant()}", tab);

    private Check Cases(Health health) => (health.UnownedCases, health.MisheldCases) switch
    {
        (0, 0) => new("Cases", Standing.Good, Text["Health.CasesGood"], null, ""),
        (0, var misheld) => new("Cases", Standing.Bad, Text["Health.CasesMisheld", misheld], null, ""),
        (var unowned, _) => new("Cases", Standing.Bad, Text["Health.CasesUnowned", unowned], null, ""),
    };

    private Check Deliveries(Health health) => health.Deliveries switch
    {
        { Stuck: > 0 } stuck => new("Deliveries", Standing.Bad, Text["Health.DeliveriesStuck", stuck.Stuck], "/admin/deliveries?status=Queued", "Deliveries"),
        { InTrouble: > 0 } trouble => new("Deliveries", Standing.Watch, Text["Health.DeliveriesBad", trouble.InTrouble], "/admin/deliveries?status=Failed", "Deliveries"),
        _ => new("Deliveries", Standing.Good, Text["Health.DeliveriesGood"], null, ""),
    };

    private sealed record Check(string Name, Standing Standing, string Words, string? Link, string LinkTab);
}
