using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class FigureSinceTests
{
    [Fact]
    public void What_held_in_any_order_has_held_before_all_of_them()
    {
        var random = new Random(3);
        var (held, began) = (0, 0);
        for (var round = 0; round < 400; round++)
        {
            var metric = (Metric)random.Next(1, 4);
            var (lowest, highest) = metric.Range();
            var target = metric == Metric.Nps ? random.Next(-20, 60) : lowest + (highest - lowest) * (0.5 + random.NextDouble() / 2);
            ScoreSums One() => ScoreSums.Of(random.Next(lowest, highest + 1));
            var before = Enumerable.Range(0, random.Next(0, 400)).Aggregate(new ScoreSums(), (sum, _) => sum + One());
            var steps = Enumerable.Range(0, random.Next(0, 40)).Select(i => new FigureStep<ScoreSums>(DateTimeOffset.UnixEpoch.AddMinutes(i), One())).ToList();
            var came = steps.Aggregate(new ScoreSums(), (sum, step) => sum + step.Sums);
            FigureVerdict Judge(ScoreSums s) => FigureVerdict.OfScore(metric, s, target, Certainty.Days);
            var verdict = Judge(before + came);
            if (!verdict.IsAdverse) continue;
            var since = FigureSince.Of(before + came, steps, s => Judge(s) == verdict);
            if (FigureSince.HeldThroughout(metric, before + came, came, target, s => Judge(s) == verdict))
            {
                held++;
                Assert.Null(since);
            }
            else if (since is not null) began++;
        }
        // Both were seen.
        Assert.True(held > 50 && began > 10, $"{held} held, {began} began");
    }
}
