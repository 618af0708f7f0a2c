using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Targets;

/// <summary>Whatever comes in, in whatever order: the gaps are those of the answers and of the targets that people knew.</summary>
public sealed class GapHistoryTests
{
    private static readonly DateOnly First = new(2026, 9, 14);
    private static readonly Indicator[] Indicators = [Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps];
    private static readonly TargetSubject[] Subjects =
        [TargetSubject.Unit(1), TargetSubject.Unit(Floor.North), TargetSubject.Unit(Floor.NorthA), TargetSubject.Unit(Floor.SouthA), TargetSubject.Product(1), TargetSubject.Channel(2), TargetSubject.Segment(1)];

    private static readonly Statement Gaps = new("SELECT g.Kind, g.MetricId, g.Statistic, g.Axis, g.KeyId, g.Day, g.N, g.Score, g.Target FROM TargetGaps g WHERE g.Kind > 0");
    private static readonly Statement[] Forget =
        [new("DELETE FROM TargetGaps WHERE Kind > 0"), new("DELETE FROM GapDays"), new("DELETE FROM TargetSpans"), new("DELETE FROM Settings WHERE Name = 'targetGaps.targets'")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Behaviour", "34")]
    public async Task Gaps_kept_up_are_those_worked_out_from_scratch_and_the_past_is_never_held_against_another_target(int seed)
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite);
        var database = floor.Database;
        await using var owned = database;
        var (random, gaps, writer) = (new Random(seed), new GapWriter(database.Db), new TargetWriter(database.Db, database.Company));
        var today = First;
        var before = new Dictionary<(int, int, int, int, int, DateOnly), double>();
        for (var step = 0; step < 20; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1: await Set(); break;
                case 2: await Try(() => writer.End(Floor.Executive, new EndTarget { Subject = Any(Subjects), Indicator = Any(Indicators), Source = Any(Enum.GetValues<TargetSource>()), FromDay = today.AddDays(random.Next(3)) })); break;
                case 3: await writer.SetRule(Floor.Executive, new SetTargetRule { FromDay = today.AddDays(random.Next(3)), Order = [.. Enum.GetValues<TargetSource>().OrderBy(_ => random.Next())] }); break;
                case 4: (today, database.Time.Now) = (today.AddDays(1), database.Time.Now.AddDays(1)); break;
                default: await Answer(); break;
            }
            await gaps.Recalculate();
            Assert.Equal(0, await gaps.Recalculate());
            var now = await Read(database);
            // A gap may be added to the past or follow late answers, but no day passes under another target.
            Assert.All(now.Where(g => g.Day < today && before.ContainsKey(g.Key)), g => Assert.Equal(before[g.Key], g.Target));
            Assert.Empty(before.Keys.Where(k => k.Item6 < today).Except(now.Select(g => g.Key)));
            before = now.ToDictionary(g => g.Key, g => g.Target);
        }

        var kept = await Read(database);
        await database.Db.Write(async s =>
        {
            foreach (var statement in Forget) await s.Execute(statement);
        });
        await gaps.Recalculate();
        Assert.Equal(kept, await Read(database));
        Assert.NotEmpty(kept);
        await Same(floor, kept);

        async Task Set() => await Try(() => writer.Set(Floor.Executive, new SetTarget
        {
            Subject = Any(Subjects), Indicator = Any(Indicators), FromDay = today.AddDays(random.Next(-6, 3)), Target = random.NextDouble(), Source = Any(TargetSource.Industry, TargetSource.Management), Note = "From there",
        } is var command && command.Indicator == Indicator.Csat ? command with { Target = 1 + 4 * command.Target } : command));

        Task Answer() => floor.Store([.. Enumerable.Range(0, 4).Select(_ => today.AddDays(-random.Next(5))).Distinct().Select(day =>
            new FloorAnswer(day, Any(Floor.NorthA, Floor.NorthB, Floor.SouthA), Csat: random.Next(1, 6), Nps: random.Next(11), Product: Any(1, 2, 3), Channel: Any(1, 2), Segment: Any<int?>(1, 2, null)))]);

        T Any<T>(params T[] of) => of[random.Next(of.Length)];
    }

    // What the pure functions say of each.
    private static async Task Same(Floor floor, IReadOnlyList<GapRow> gaps)
    {
        var resolver = await floor.Database.Db.Read(async s => await TargetQuery.Resolver(s, await UnitTree.Read(s)));
        foreach (var gap in gaps)
        {
            var indicator = Indicators.Single(i => (TargetMeasure)i == new TargetMeasure(gap.Kind, gap.MetricId, gap.Statistic == 1));
            Assert.Equal(resolver.On(TargetSubject.Of(gap.Axis, gap.KeyId), indicator, gap.Day)?.Target, gap.Target);
            var sums = floor.Answers.Where(a => a.Day == gap.Day && (gap.Axis, gap.KeyId) switch
            {
                (0, 1) => true,
                (0, var unit) => a.Team == unit || a.Region == unit,
                (3, var product) => a.Product == product,
                (4, var channel) => a.Channel == channel,
                (_, var segment) => a.Segment == segment,
            }).SelectMany(a => a.Scores).Where(s => (int)s.Metric == gap.MetricId).Aggregate(new ScoreSums(), (sum, s) => sum + ScoreSums.Of(s.Value));
            var score = IndicatorStatistics.Of(indicator, sums);
            Assert.Equal((score.N, score.Value), (gap.N, gap.Score));
        }
    }

    private static async Task Try(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (CxDesk.Data.InvalidField)
        {
            // Refused, as much of what is tried at random must be.
        }
    }

    private static Task<IReadOnlyList<GapRow>> Read(TestDatabase database) => database.Db.Read(s => s.Query<GapRow>(Gaps));

    private sealed record GapRow
    {
        public required RollupKind Kind { get; init; }
        public required int MetricId { get; init; }
        public required int Statistic { get; init; }
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required DateOnly Day { get; init; }
        public required long N { get; init; }
        public required double Score { get; init; }
        public required double Target { get; init; }
        public (int, int, int, int, int, DateOnly) Key => ((int)Kind, MetricId, Statistic, Axis, KeyId, Day);
    }
}
