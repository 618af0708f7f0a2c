-- Rollups that are not what the answers, ratings and measurements add up to; no rows when both agree.
-- Sums of ratings and measures are floating point: they may differ by rounding.
WITH Facts AS (
    SELECT 1 AS Kind, 1 AS MetricId, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Value12m, RespondedAt AS CountedAt,
           CAST(Csat AS float) AS X, 1 AS C, Csat AS Slot
    FROM Answers WHERE Csat IS NOT NULL
    UNION ALL
    SELECT 1, 2, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Value12m, RespondedAt, Nps, 1, Nps
    FROM Answers WHERE Nps IS NOT NULL
    UNION ALL
    SELECT 1, 3, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Value12m, RespondedAt, Ces, 1, Ces
    FROM Answers WHERE Ces IS NOT NULL
    UNION ALL
    SELECT 2, r.AttributeId, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, a.RespondedAt, r.Value, 1,
           CASE WHEN r.Value IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) THEN CAST(r.Value AS int) END
    FROM AnswerRatings r JOIN Answers a ON a.Id = r.AnswerId
    UNION ALL
    SELECT 3, m.MeasureId, m.Day, COALESCE(m.RegionId, 0), COALESCE(m.TeamId, 0), m.AgentId, m.ProductId, m.ChannelId, a.SegmentId, a.Value12m,
           m.MeasuredAt, m.Value, m.Observations, NULL
    FROM Measurements m LEFT JOIN Answers a ON a.Id = m.AnswerId
),
Keyed AS (
    SELECT 1 AS Axis, 0 AS KeyId, Kind, MetricId, Day, RegionId, TeamId, Value12m, CountedAt, X, C, Slot FROM Facts
    UNION ALL
    SELECT 2, AgentId, Kind, MetricId, Day, RegionId, TeamId, Value12m, CountedAt, X, C, Slot FROM Facts WHERE AgentId IS NOT NULL
    UNION ALL
    SELECT 3, ProductId, Kind, MetricId, Day, RegionId, TeamId, Value12m, CountedAt, X, C, Slot FROM Facts WHERE ProductId IS NOT NULL
    UNION ALL
    SELECT 4, ChannelId, Kind, MetricId, Day, RegionId, TeamId, Value12m, CountedAt, X, C, Slot FROM Facts WHERE ChannelId IS NOT NULL
    UNION ALL
    SELECT 5, SegmentId, Kind, MetricId, Day, RegionId, TeamId, Value12m, CountedAt, X, C, Slot FROM Facts WHERE SegmentId IS NOT NULL
),
Compared AS (
    SELECT Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, CAST(C AS bigint) AS N, COALESCE(Value12m, 0) AS SumValue, CASE WHEN Value12m IS NULL THEN 0 ELSE 1 END AS NValue, C * X AS SumX, C * X * X AS SumXX,
           CASE WHEN Slot = 0 THEN 1 ELSE 0 END AS V0, CASE WHEN Slot = 1 THEN 1 ELSE 0 END AS V1, CASE WHEN Slot = 2 THEN 1 ELSE 0 END AS V2,
           CASE WHEN Slot = 3 THEN 1 ELSE 0 END AS V3, CASE WHEN Slot = 4 THEN 1 ELSE 0 END AS V4, CASE WHEN Slot = 5 THEN 1 ELSE 0 END AS V5,
           CASE WHEN Slot = 6 THEN 1 ELSE 0 END AS V6, CASE WHEN Slot = 7 THEN 1 ELSE 0 END AS V7, CASE WHEN Slot = 8 THEN 1 ELSE 0 END AS V8,
           CASE WHEN Slot = 9 THEN 1 ELSE 0 END AS V9, CASE WHEN Slot = 10 THEN 1 ELSE 0 END AS V10,
           CountedAt AS Counted, CAST(NULL AS datetime2(3)) AS Stored
    FROM Keyed
    UNION ALL
    SELECT Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, -N, -SumValue, -NValue, -SumX, -SumXX,
           -V0, -V1, -V2, -V3, -V4, -V5, -V6, -V7, -V8, -V9, -V10, NULL, NewestAt
    FROM Rollups
)
SELECT Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, SUM(N) AS N, SUM(SumX) AS SumX, MAX(Counted) AS Counted, MAX(Stored) AS Stored
FROM Compared
GROUP BY Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId
HAVING SUM(N) <> 0 OR SUM(NValue) <> 0 OR ABS(SUM(SumValue)) >= 0.005 OR ABS(SUM(SumX)) > 1e-9 * SUM(ABS(SumX)) OR ABS(SUM(SumXX)) > 1e-9 * SUM(ABS(SumXX))
    OR SUM(V0) <> 0 OR SUM(V1) <> 0 OR SUM(V2) <> 0 OR SUM(V3) <> 0 OR SUM(V4) <> 0 OR SUM(V5) <> 0
    OR SUM(V6) <> 0 OR SUM(V7) <> 0 OR SUM(V8) <> 0 OR SUM(V9) <> 0 OR SUM(V10) <> 0
    OR COUNT(Counted) = 0 OR COUNT(Stored) <> 1 OR MAX(Counted) <> MAX(Stored)
