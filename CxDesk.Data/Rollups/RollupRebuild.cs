using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Throws the rollups away and counts them anew, in one transaction: readers see the old ones until it is done. It
/// counts as intake does, by <see cref="RollupWriter"/>; <see cref="RollupCheck"/> counts differently.
/// </summary>
public static class RollupRebuild
{
    private const int Page = 50_000;

    private static readonly Statement Clear = new("DELETE FROM Rollups");

    // Those too of which nothing may be left.
    private static readonly Statement AllAnew = new("UPDATE RollupDays SET Version = Version + 1");

    private static readonly Statement Answers = new(d => $"""
        SELECT Id, RespondedAt AS At, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Value12m, Csat, Nps, Ces
        FROM Answers WHERE Id > @after ORDER BY Id {d.Limit("@page")}
        """);

    private static readonly Statement Ratings = new("""
        SELECT a.Id, a.RespondedAt AS At, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, r.AttributeId AS MetricId, r.Value
        FROM Answers a JOIN AnswerRatings r ON r.AnswerId = a.Id WHERE a.Id > @after AND a.Id <= @to
        """);

    private static readonly Statement Measurements = new(d => $"""
        SELECT m.Id, m.MeasuredAt AS At, m.Day, m.RegionId, m.TeamId, m.AgentId, m.ProductId, m.ChannelId, a.SegmentId, a.Value12m,
               m.MeasureId AS MetricId, m.Value, m.Observations
        FROM Measurements m LEFT JOIN Answers a ON a.Id = m.AnswerId WHERE m.Id > @after ORDER BY m.Id {d.Limit("@page")}
        """);

    /// <returns>How many answers and measurements were counted.</returns>
    public static Task<long> Run(Db db, CancellationToken cancel = default) => db.Write(async s =>
    {
        await s.Execute(Clear);
        await s.Execute(AllAnew);
        var counted = await CountAnswers(s) + await CountMeasurements(s);
        s.Changed(ChangeTopic.Answers);
        return counted;
    }, cancel);

    private static async Task<long> CountAnswers(Session s)
    {
        var counted = 0L;
        for (var after = 0L; await s.Query<AnswerRow>(Answers, new { after, page = Page }) is { Count: > 0 } rows; after = rows[^1].Id)
        {
            var rollups = new RollupWriter();
            foreach (var row in rows)
            {
                if (row.Csat is { } csat) rollups.AddScore(row.Counted, Metric.Csat, csat);
                if (row.Nps is { } nps) rollups.AddScore(row.Counted, Metric.Nps, nps);
                if (row.Ces is { } ces) rollups.AddScore(row.Counted, Metric.Ces, ces);
            }
            foreach (var row in await s.Query<ValueRow>(Ratings, new { after, to = rows[^1].Id }))
                rollups.AddRating(row.Counted, row.MetricId, row.Value);
            rollups.Write(s);
            counted += rows.Count;
        }
        return counted;
    }

    private static async Task<long> CountMeasurements(Session s)
    {
        var counted = 0L;
        for (var after = 0L; await s.Query<ValueRow>(Measurements, new { after, page = Page }) is { Count: > 0 } rows; after = rows[^1].Id)
        {
            var rollups = new RollupWriter();
            foreach (var row in rows) rollups.AddMeasurement(row.Counted, row.MetricId, row.Value, row.Observations);
            rollups.Write(s);
            counted += rows.Count;
        }
        return counted;
    }

    private abstract record CountedRow
    {
        public required long Id { get; init; }
        public required DateTimeOffset At { get; init; }
        public required DateOnly Day { get; init; }
        public int? RegionId { get; init; }
        public int? TeamId { get; init; }
        public int? AgentId { get; init; }
        public int? ProductId { get; init; }
        public int? ChannelId { get; init; }
        public int? SegmentId { get; init; }
        public decimal? Value12m { get; init; }
        public Counted Counted => new(At, Day, RegionId ?? 0, TeamId ?? 0, AgentId, ProductId, ChannelId, SegmentId, Value12m);
    }

    private sealed record AnswerRow : CountedRow
    {
        public int? Csat { get; init; }
        public int? Nps { get; init; }
        public int? Ces { get; init; }
    }

    private sealed record ValueRow : CountedRow
    {
        public required int MetricId { get; init; }
        public required double Value { get; init; }
        public int Observations { get; init; } = 1;
    }
}
