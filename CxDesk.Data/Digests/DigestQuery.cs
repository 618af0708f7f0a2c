using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Digests;

/// <summary>
/// What a digest tells one person. It has no SQL of its own: the figures are the scorecard's and the cases the board's, under
/// the same policy and with the same withheld, so that a mail says what the page says.
/// </summary>
public sealed class DigestQuery(Db db, ScorecardQuery scorecards, CaseBoardQuery cases, RegionCalendars calendars, Company company)
{
    /// <summary>So many overdue cases are named, the most urgent first.</summary>
    public const int MostNamed = 5;

    public static readonly IReadOnlyList<Indicator> Told = [Indicator.Csat, Indicator.Nps, Indicator.Ces];

    private static readonly Statement ZoneOf = new("SELECT COALESCE(u.TimeZone, r.TimeZone, m.TimeZone) FROM Units u LEFT JOIN Units r ON r.Id = u.ParentId JOIN Units m ON m.Id = 1 WHERE u.Id = @id");

    /// <summary>The period that the digest of today is about, due already or not.</summary>
    public Task<DigestPeriod> Period(DigestRhythm rhythm, CancellationToken cancel = default) =>
        db.Read(async s => DigestPeriod.Latest(rhythm, company.DayOf(s.Now), await calendars.Of(s, DigestWriter.CompanyId), company), cancel);

    public async Task<Digest> Read(Viewer viewer, DigestPeriod period, CancellationToken cancel = default)
    {
        var (looked, zone) = await db.Read(async s =>
        {
            var tree = await UnitTree.Read(s);
            var own = Own(viewer, tree);
            List<DigestUnit> read = [];
            foreach (var unit in own) read.Add(await Read(s, viewer, unit, period));
            return (read, own.Count == 0 ? null : await s.First<string?>(ZoneOf, new { id = own[0].Id }));
        }, cancel);
        // An agent answers for the cases they own, not for what nobody has taken yet.
        var filter = new CaseBoardFilter { Overdue = true, Owner = viewer.Reach == Reach.Own ? CaseBoardFilter.Me : null };
        var board = await cases.Read(viewer, filter, CaseSort.Urgency, MostNamed, cancel: cancel);
        var units = Certain(looked);
        return new Digest
        {
            Looked = looked.Sum(u => u.Changes.Count), Viewer = viewer, Period = period, Zone = TimeZoneInfo.FindSystemTimeZoneById(zone ?? company.Zone.Id), AsOf = board.AsOf, Units = units,
            Overdue = board.Counts.Overdue, OverdueIsAtLeast = board.Counts.AtLeast.Contains("overdue"), Cases = [.. board.Rows.Select(OverdueCase.Of)],
        };
    }

    /// <summary>The units that a person stands for: what they lead, or where they work.</summary>
    private static IReadOnlyList<UnitRow> Own(Viewer viewer, UnitTree tree) => viewer.Reach switch
    {
        Reach.All => [tree.Company],
        Reach.None => [],
        Reach.Own or Reach.Units => [.. viewer.RegionIds.Concat(viewer.TeamIds.Where(t => !viewer.RegionIds.Contains(tree.Find(t)?.ParentId ?? 0))).Distinct().Select(tree.Find).OfType<UnitRow>()],
    };

    private async Task<DigestUnit> Read(Session s, Viewer viewer, UnitRow unit, DigestPeriod period)
    {
        var by = unit.Kind switch { UnitKind.Company => RollupBy.Region, UnitKind.Region => RollupBy.Team, UnitKind.Team => RollupBy.Agent };
        List<DigestFigure> figures = [];
        List<DigestChange> changes = [];
        foreach (var indicator in Told)
        {
            if (await scorecards.Read(s, viewer, new ScorecardFilter(by, indicator, period.From, period.To) { Parent = unit.Code }) is not { } card || card.Total.N == 0) continue;
            figures.Add(new DigestFigure(indicator, card.Total));
            // An agent is told of the team and of themselves.
            if (viewer.Reach == Reach.Own && card.Rows.FirstOrDefault(r => r.KeyId == viewer.PersonId) is { N: > 0 } self) figures.Add(new DigestFigure(indicator, self) { IsSelf = true });
            changes.AddRange(card.Rows.Prepend(card.Total).Where(r => r is { Withheld: false, Change: not null, Chance: not null }).Select(r => new DigestChange(indicator, r, r == card.Total)));
        }
        return new DigestUnit(unit, by, figures, changes);
    }

    // Nobody asked for one of these figures: all were looked at for what changed, so each has to hold against all.
    private static IReadOnlyList<DigestUnit> Certain(IReadOnlyList<DigestUnit> looked)
    {
        var chances = StepDown.Holm([.. looked.SelectMany(u => u.Changes).Select(c => c.Row.Chance!.Value)]);
        var at = 0;
        return [.. looked.Select(u => u with { Changes = [.. u.Changes.Where(c => chances[at++] < ScoreStatistics.Significance && c.Row.Verdict is Verdict.Better or Verdict.Worse)] })];
    }
}

/// <summary>What one person is told of a period, as they may see it.</summary>
public sealed record Digest
{
    public required Viewer Viewer { get; init; }
    public required DigestPeriod Period { get; init; }

    /// <summary>In which clock times are told: that of their first unit.</summary>
    public required TimeZoneInfo Zone { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required IReadOnlyList<DigestUnit> Units { get; init; }

    /// <summary>How many figures were looked at for a change; what is told as certain is so in view of all of them.</summary>
    public required int Looked { get; init; }
    public required int Overdue { get; init; }
    public required bool OverdueIsAtLeast { get; init; }

    /// <summary>The most urgent of the overdue ones.</summary>
    public required IReadOnlyList<OverdueCase> Cases { get; init; }
}

/// <param name="By">What its scorecard is broken down by.</param>
/// <param name="Changes">Of the unit and of what is right below it; those alone that are certain.</param>
public sealed record DigestUnit(UnitRow Unit, RollupBy By, IReadOnlyList<DigestFigure> Figures, IReadOnlyList<DigestChange> Changes);

public sealed record DigestFigure(Indicator Indicator, ScorecardRow Row)
{
    /// <summary>The reader's own figure rather than the unit's.</summary>
    public bool IsSelf { get; init; }
}

/// <param name="IsWhole">It is the unit itself that changed.</param>
public sealed record DigestChange(Indicator Indicator, ScorecardRow Row, bool IsWhole);

/// <summary>An overdue case without anything about the customer: mail lies around.</summary>
public sealed record OverdueCase(string Reference, CaseSeverity Severity, DateTimeOffset DueAt, string Product, string Region, string? Owner)
{
    public static OverdueCase Of(CaseBoardRow row) => new(row.Reference, row.Severity, row.DueAt, row.ProductName, row.RegionName, row.OwnerName);
}
