-- Tallies that are not what the open cases add up to, by month (Grain 1) and day (2) of the deadline; no rows when both agree.
-- A time as text begins with its day on both engines.
SELECT Grain, FromDay, RegionId, TeamId, SUM(New) AS New, SUM(InProgress) AS InProgress, SUM(Waiting) AS Waiting, SUM(Critical) AS Critical
FROM (
    SELECT 1 AS Grain, CONCAT(SUBSTRING(CAST(DueAt AS varchar(23)), 1, 7), '-01') AS FromDay, RegionId, TeamId,
        CASE WHEN Status = 1 THEN 1 ELSE 0 END AS New, CASE WHEN Status = 2 THEN 1 ELSE 0 END AS InProgress,
        CASE WHEN Status = 3 THEN 1 ELSE 0 END AS Waiting, CASE WHEN Severity = 1 THEN 1 ELSE 0 END AS Critical
    FROM Cases WHERE Status < 4
    UNION ALL
    SELECT 2, SUBSTRING(CAST(DueAt AS varchar(23)), 1, 10), RegionId, TeamId, CASE WHEN Status = 1 THEN 1 ELSE 0 END,
        CASE WHEN Status = 2 THEN 1 ELSE 0 END, CASE WHEN Status = 3 THEN 1 ELSE 0 END, CASE WHEN Severity = 1 THEN 1 ELSE 0 END
    FROM Cases WHERE Status < 4
    UNION ALL
    SELECT Grain, CAST(FromDay AS varchar(10)), RegionId, TeamId, -New, -InProgress, -Waiting, -Critical FROM CaseTallies
) Compared
GROUP BY Grain, FromDay, RegionId, TeamId
HAVING SUM(New) <> 0 OR SUM(InProgress) <> 0 OR SUM(Waiting) <> 0 OR SUM(Critical) <> 0
