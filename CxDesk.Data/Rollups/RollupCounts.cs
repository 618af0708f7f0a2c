namespace CxDesk.Data.Rollups;

/// <summary>Which index finds what is to be counted.</summary>
internal enum RollupCountLead { Period, Team, Product, Agent }

/// <summary>
/// Answers, ratings and measurements as if each were a rollup row: for what no rollup knows together, as an agent's
/// answers about a product. The days and the row policy are conditions of whoever reads it.
/// </summary>
internal static class RollupCounts
{
    /// <summary>The narrowest one.</summary>
    public static RollupCountLead LeadOf(RollupFilter filter) =>
        filter.AgentId is not null ? RollupCountLead.Agent
        : filter.TeamId is not null ? RollupCountLead.Team
        : filter.ProductId is not null ? RollupCountLead.Product
        : RollupCountLead.Period;

    public static string Source(RollupKind kind, RollupBy by, RollupCountLead lead)
    {
        var (at, region, team) = kind == RollupKind.Measure ? ("MeasuredAt", "COALESCE(a.RegionId, 0)", "COALESCE(a.TeamId, 0)") : ("RespondedAt", "a.RegionId", "a.TeamId");
        return $"""
            (SELECT x.MetricId, x.Day, x.RegionId, x.TeamId, x.AgentId, x.KeyId, x.Observations AS N, x.Observations * x.X AS SumX, x.Observations * x.X * x.X AS SumXX,
                    {string.Join(", ", Enumerable.Range(0, 11).Select(v => kind == RollupKind.Measure ? $"0 AS V{v}" : $"CASE WHEN x.X = {v} THEN 1 ELSE 0 END AS V{v}"))}, x.At AS NewestAt,
                    COALESCE(x.Value12m, 0) AS SumValue, CASE WHEN x.Value12m IS NULL THEN 0 ELSE 1 END AS NValue
             FROM (SELECT {MetricOf(kind)} AS MetricId, a.Day, {region} AS RegionId, {team} AS TeamId, a.AgentId, {KeyOf(kind, by)} AS KeyId, {Of(kind)}.Value12m, a.{at} AS At,
                          {ValueOf(kind)} AS X, {(kind == RollupKind.Measure ? "a.Observations" : "1")} AS Observations
                   FROM {From(kind)}
                   WHERE {(kind == RollupKind.Measure ? "a.MeasureId IN @metrics AND " : "")}a.{at} >= @fromAt AND a.{at} < @toAt
                     AND {Is("Agent", lead == RollupCountLead.Agent)} AND {Is("Product", lead == RollupCountLead.Product)} AND {Is("Channel", false)} AND {Is("Segment", false, Of(kind))}
                     AND {Is("Team", lead == RollupCountLead.Team)} AND {Is("Region", false)}) x
             WHERE x.X IS NOT NULL)
            """;
    }

    // An index is of use only to a condition that is there in any case.
    private static string Is(string what, bool leads, string of = "a")
    {
        var name = what.ToLowerInvariant();
        return leads ? $"{of}.{what}Id = @{name}" : $"(@{name} IS NULL OR {of}.{what}Id = @{name})";
    }

    // A measurement knows no customer; the answer that it came with does.
    private static string Of(RollupKind kind) => kind == RollupKind.Measure ? "w" : "a";

    private static string KeyOf(RollupKind kind, RollupBy by) => by switch
    {
        RollupBy.Company or RollupBy.Region or RollupBy.Team => "0",
        RollupBy.Agent => "a.AgentId",
        RollupBy.Product => "a.ProductId",
        RollupBy.Channel => "a.ChannelId",
        RollupBy.Segment => $"{Of(kind)}.SegmentId",
    };

    private static string MetricOf(RollupKind kind) => kind switch
    {
        RollupKind.Score => "m.MetricId",
        RollupKind.Rating => "v.AttributeId",
        RollupKind.Measure => "a.MeasureId",
    };

    private static string ValueOf(RollupKind kind) => kind switch
    {
        RollupKind.Score => $"CASE m.MetricId WHEN {(int)Metric.Csat} THEN a.Csat WHEN {(int)Metric.Nps} THEN a.Nps ELSE a.Ces END",
        RollupKind.Rating => "v.Value",
        RollupKind.Measure => "a.Value",
    };

    private static string From(RollupKind kind) => kind switch
    {
        RollupKind.Score => $"Answers a JOIN (SELECT {(int)Metric.Csat} AS MetricId UNION ALL SELECT {(int)Metric.Nps} UNION ALL SELECT {(int)Metric.Ces}) m ON m.MetricId IN @metrics",
        RollupKind.Rating => "Answers a JOIN AnswerRatings v ON v.AnswerId = a.Id AND v.AttributeId IN @metrics",
        RollupKind.Measure => "Measurements a LEFT JOIN Answers w ON w.Id = a.AnswerId",
    };
}
