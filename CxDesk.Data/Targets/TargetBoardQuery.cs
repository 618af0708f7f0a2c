using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Targets;

/// <summary>What each unit, product and channel aims at, and how far it is from it by the gaps of the last days.</summary>
public static class TargetBoardQuery
{
    private static readonly Statement GapSums = new($"""
        SELECT g.Axis, g.KeyId, SUM(g.N) AS {nameof(GapSumRow.N)}, SUM(g.N * g.Score) AS {nameof(GapSumRow.Scores)},
               SUM(g.N * g.Target) AS {nameof(GapSumRow.Targets)}, MAX(g.CalculatedAt) AS {nameof(GapSumRow.CalculatedAt)}
        FROM TargetGaps g
        WHERE g.Kind = {(int)RollupKind.Score} AND g.MetricId = @metric AND g.Day >= @from AND g.Day < @to
        GROUP BY g.Axis, g.KeyId
        """);

    private static readonly Statement Products = new("SELECT Id, Name FROM Products ORDER BY Name, Id");
    private static readonly Statement Channels = new("SELECT Id, Name FROM Channels ORDER BY Name, Id");

    /// <param name="days">How many days, of which today is the last, the gaps are taken over.</param>
    public static async Task<TargetBoard> Read(Session session, Viewer viewer, Metric metric, DateOnly today, int days = 30)
    {
        var units = await UnitTree.Read(session);
        var targets = await TargetQuery.Scores(session);
        var resolver = new TargetResolver(targets, units);
        var gaps = (await session.Query<GapSumRow>(GapSums, new { metric = (int)metric, from = today.AddDays(1 - days), to = today.AddDays(1) }))
            .ToDictionary(g => (g.Axis, g.KeyId));
        var groups = new List<(RollupBy By, List<Named> Rows)>
        {
            (RollupBy.Company, Units(UnitKind.Company, null)),
            (RollupBy.Region, Units(UnitKind.Region, null)),
        };
        groups.AddRange(units.Units.Where(u => u.Kind == UnitKind.Region).Select(region => (RollupBy.Team, Units(UnitKind.Team, region.Id))));
        // Figures of the whole company by product are nothing for whoever sees one part of it.
        if (RollupSights.Of(viewer, RollupBy.Product) == RollupSight.All)
        {
            groups.Add((RollupBy.Product, [.. (await session.Query<NamedRow>(Products)).Select(p => new Named(TargetSubject.Product(p.Id), p.Name, units.Company))]));
            groups.Add((RollupBy.Channel, [.. (await session.Query<NamedRow>(Channels)).Select(c => new Named(TargetSubject.Channel(c.Id), c.Name, units.Company))]));
        }
        return new TargetBoard
        {
            Rows = InTree([.. groups.SelectMany(g => Rows(g.By, g.Rows))], units),
            Recent = [.. targets.Where(t => t.Metric == metric)],
            CalculatedAt = gaps.Values.Max(g => (DateTimeOffset?)g.CalculatedAt),
        };

        List<Named> Units(UnitKind kind, int? parent) =>
        [
            .. units.Units
                .Where(u => u.Kind == kind && (parent is null || u.ParentId == parent) && u is { IsActive: true, IsNoTeam: false })
                .Where(u => ScorecardQuery.IsOpen(viewer, u, units))
                .Select(u => new Named(TargetSubject.Unit(u.Id), u.Name, u)),
        ];

        IEnumerable<TargetBoardRow> Rows(RollupBy by, List<Named> rows)
        {
            var mayOpen = rows.Select(r => ScorecardQuery.MayOpen(viewer, by, r.Unit, units)).ToList();
            var sums = rows.Select(r => gaps.GetValueOrDefault(((int?)r.Subject.Axis ?? 0, r.Subject.Id))).ToList();
            var withheld = Suppression.Withheld([.. sums.Zip(mayOpen, (g, open) => (g?.N ?? 0, open))]);
            return rows.Select((row, i) =>
            {
                var (shown, inForce) = (withheld[i] ? null : sums[i], resolver.On(row.Subject, metric, today));
                return new TargetBoardRow
                {
                    By = by, Subject = row.Subject, Name = row.Name, InForce = inForce, IsInherited = inForce is not null && inForce.Subject != row.Subject,
                    Next = targets.LastOrDefault(t => t.Subject == row.Subject && t.Metric == metric && t.FromDay > today),
                    N = sums[i]?.N ?? 0, Score = shown?.Scores / shown?.N, Gap = (shown?.Scores - shown?.Targets) / shown?.N, Withheld = withheld[i],
                    MaySet = TargetWriter.MaySet(viewer, row.Subject, units),
                };
            });
        }
    }

    // Siblings are withheld together, but stand below their parent.
    private static IReadOnlyList<TargetBoardRow> InTree(IReadOnlyList<TargetBoardRow> rows, UnitTree units)
    {
        var teams = rows.Where(r => r.By == RollupBy.Team).ToLookup(r => units.Find(r.Subject.Id)?.ParentId);
        var shown = rows.Where(r => r.By == RollupBy.Region).Select(r => (int?)r.Subject.Id).ToHashSet();
        return
        [
            .. rows.Where(r => r.By is RollupBy.Company),
            .. rows.Where(r => r.By is RollupBy.Region).SelectMany(r => teams[r.Subject.Id].Prepend(r)),
            .. teams.Where(t => !shown.Contains(t.Key)).SelectMany(t => t),
            .. rows.Where(r => r.By is RollupBy.Product or RollupBy.Channel),
        ];
    }

    private sealed record Named(TargetSubject Subject, string Name, UnitRow Unit);

    private sealed record NamedRow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
    }

    private sealed record GapSumRow
    {
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required long N { get; init; }
        public required double Scores { get; init; }
        public required double Targets { get; init; }
        public required DateTimeOffset CalculatedAt { get; init; }
    }
}

public sealed record TargetBoard
{
    /// <summary>The company, each region with its teams, then products and channels.</summary>
    public required IReadOnlyList<TargetBoardRow> Rows { get; init; }

    /// <summary>Every target of the metric as it was set, the latest first day first.</summary>
    public required IReadOnlyList<TargetRow> Recent { get; init; }

    /// <summary>When the newest of the gaps was worked out; null where there is none.</summary>
    public required DateTimeOffset? CalculatedAt { get; init; }
}

public sealed record TargetBoardRow
{
    public required RollupBy By { get; init; }
    public required TargetSubject Subject { get; init; }
    public required string Name { get; init; }

    /// <summary>The target in force today; null where there is none on any level.</summary>
    public required TargetRow? InForce { get; init; }

    /// <summary>It is that of a level above.</summary>
    public required bool IsInherited { get; init; }

    /// <summary>The own target that comes next.</summary>
    public required TargetRow? Next { get; init; }

    /// <summary>Answers of the last days on which a target was in force.</summary>
    public required long N { get; init; }
    public required double? Score { get; init; }
    public required double? Gap { get; init; }
    public required bool Withheld { get; init; }

    /// <summary>The viewer may set a target here.</summary>
    public required bool MaySet { get; init; }
}
