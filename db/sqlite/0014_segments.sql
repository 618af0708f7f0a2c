-- What group a customer belongs to, and what they were worth: as sent with the answer, which later changes of the customer leave as it was.
CREATE TABLE Segments (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Segments_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0
);
INSERT INTO Segments (Code, Name) SELECT DISTINCT Segment, Segment FROM Customers WHERE Segment IS NOT NULL;
ALTER TABLE Answers ADD COLUMN SegmentId INTEGER NULL REFERENCES Segments (Id);
ALTER TABLE Answers ADD COLUMN Value12m NUMERIC NULL;

-- What was sent with earlier answers was not kept: of those the customer's record is the best knowledge there is.
UPDATE Answers SET SegmentId = s.Id, Value12m = c.Value12m
FROM Customers c LEFT JOIN Segments s ON s.Code = c.Segment
WHERE c.Id = Answers.CustomerId AND (c.Segment IS NOT NULL OR c.Value12m IS NOT NULL);

-- Rollups: axis 5 is the segment, and every row knows what those who answered were worth.
ALTER TABLE Rollups ADD COLUMN SumValue NUMERIC NOT NULL DEFAULT 0;  -- Value12m of what is counted
ALTER TABLE Rollups ADD COLUMN NValue INTEGER NOT NULL DEFAULT 0;    -- how much of it has a value

CREATE TEMP TABLE SegmentFacts AS
SELECT 1 AS Kind, m.MetricId, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, a.RespondedAt AS At,
       CASE m.MetricId WHEN 1 THEN a.Csat WHEN 2 THEN a.Nps ELSE a.Ces END AS X
FROM Answers a CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
WHERE (a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL) AND CASE m.MetricId WHEN 1 THEN a.Csat WHEN 2 THEN a.Nps ELSE a.Ces END IS NOT NULL
UNION ALL
SELECT 2, r.AttributeId, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, a.RespondedAt, r.Value
FROM Answers a JOIN AnswerRatings r ON r.AnswerId = a.Id WHERE a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL
UNION ALL
SELECT 3, m.MeasureId, m.Day, COALESCE(m.RegionId, 0), COALESCE(m.TeamId, 0), m.AgentId, m.ProductId, m.ChannelId, a.SegmentId, a.Value12m, m.MeasuredAt, m.Value
FROM Measurements m JOIN Answers a ON a.Id = m.AnswerId WHERE a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL;

UPDATE Rollups SET SumValue = f.SumValue, NValue = f.NValue
FROM (
    SELECT 1 AS Axis, 0 AS KeyId, Kind, MetricId, Day, RegionId, TeamId, SUM(Value12m) AS SumValue, COUNT(Value12m) AS NValue
    FROM SegmentFacts WHERE Value12m IS NOT NULL GROUP BY Kind, MetricId, Day, RegionId, TeamId
    UNION ALL
    SELECT 2, AgentId, Kind, MetricId, Day, RegionId, TeamId, SUM(Value12m), COUNT(Value12m)
    FROM SegmentFacts WHERE Value12m IS NOT NULL AND AgentId IS NOT NULL GROUP BY Kind, MetricId, Day, RegionId, TeamId, AgentId
    UNION ALL
    SELECT 3, ProductId, Kind, MetricId, Day, RegionId, TeamId, SUM(Value12m), COUNT(Value12m)
    FROM SegmentFacts WHERE Value12m IS NOT NULL AND ProductId IS NOT NULL GROUP BY Kind, MetricId, Day, RegionId, TeamId, ProductId
    UNION ALL
    SELECT 4, ChannelId, Kind, MetricId, Day, RegionId, TeamId, SUM(Value12m), COUNT(Value12m)
    FROM SegmentFacts WHERE Value12m IS NOT NULL AND ChannelId IS NOT NULL GROUP BY Kind, MetricId, Day, RegionId, TeamId, ChannelId
) f
WHERE Rollups.Axis = f.Axis AND Rollups.Kind = f.Kind AND Rollups.MetricId = f.MetricId AND Rollups.Day = f.Day
  AND Rollups.RegionId = f.RegionId AND Rollups.TeamId = f.TeamId AND Rollups.KeyId = f.KeyId;

INSERT INTO Rollups (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, NewestAt, SumValue, NValue)
SELECT 5, Kind, MetricId, Day, RegionId, TeamId, SegmentId, COUNT(*), SUM(X), SUM(1.0 * X * X),
       SUM(Kind < 3 AND X = 0), SUM(Kind < 3 AND X = 1), SUM(Kind < 3 AND X = 2), SUM(Kind < 3 AND X = 3), SUM(Kind < 3 AND X = 4), SUM(Kind < 3 AND X = 5),
       SUM(Kind < 3 AND X = 6), SUM(Kind < 3 AND X = 7), SUM(Kind < 3 AND X = 8), SUM(Kind < 3 AND X = 9), SUM(Kind < 3 AND X = 10),
       MAX(At), COALESCE(SUM(Value12m), 0), COUNT(Value12m)
FROM SegmentFacts WHERE SegmentId IS NOT NULL
GROUP BY Kind, MetricId, Day, RegionId, TeamId, SegmentId;
DROP TABLE SegmentFacts;
UPDATE RollupDays SET Version = Version + 1;

-- Which way a measure is good. Retention is who stayed, which answers do not tell: it is sent as a measurement.
ALTER TABLE Measures ADD COLUMN IsHigherBetter INTEGER NOT NULL DEFAULT 0;
INSERT INTO Measures (Code, Name, IsPlaced, Unit) SELECT 'retention', 'Retention', 1, 2 WHERE NOT EXISTS (SELECT 1 FROM Measures WHERE Code = 'retention');
UPDATE Measures SET IsHigherBetter = 1 WHERE Code IN ('uptime', 'resolved', 'retention');
