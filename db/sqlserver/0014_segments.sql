-- What group a customer belongs to, and what they were worth: as sent with the answer, which later changes of the customer leave as it was.
CREATE TABLE Segments (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Segments PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Segments_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Segments_IsPlaced DEFAULT 0
);
GO
INSERT INTO Segments (Code, Name)
SELECT DISTINCT Segment COLLATE Latin1_General_BIN2, Segment COLLATE Latin1_General_BIN2 FROM Customers WHERE Segment IS NOT NULL;
GO
ALTER TABLE Answers ADD SegmentId int NULL CONSTRAINT FK_Answers_SegmentId REFERENCES Segments (Id);
GO
ALTER TABLE Answers ADD Value12m decimal(18, 2) NULL;
GO

-- What was sent with earlier answers was not kept: of those the customer's record is the best knowledge there is.
UPDATE a SET SegmentId = s.Id, Value12m = c.Value12m
FROM Answers a JOIN Customers c ON c.Id = a.CustomerId LEFT JOIN Segments s ON s.Code = c.Segment COLLATE Latin1_General_BIN2
WHERE c.Segment IS NOT NULL OR c.Value12m IS NOT NULL;
GO

-- Rollups: axis 5 is the segment, and every row knows what those who answered were worth.
ALTER TABLE Rollups ADD SumValue decimal(18, 2) NOT NULL CONSTRAINT DF_Rollups_SumValue DEFAULT 0;           -- Value12m of what is counted
GO
ALTER TABLE Rollups ADD NValue bigint NOT NULL CONSTRAINT DF_Rollups_NValue DEFAULT 0;                          -- how much of it has a value
GO
CREATE VIEW SegmentFacts AS
SELECT 1 AS Kind, m.MetricId, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, a.RespondedAt AS CountedAt,
       CAST(CASE m.MetricId WHEN 1 THEN a.Csat WHEN 2 THEN a.Nps ELSE a.Ces END AS float) AS X
FROM Answers a CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
WHERE (a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL) AND CASE m.MetricId WHEN 1 THEN a.Csat WHEN 2 THEN a.Nps ELSE a.Ces END IS NOT NULL
UNION ALL
SELECT 2, r.AttributeId, a.Day, a.RegionId, a.TeamId, a.AgentId, a.ProductId, a.ChannelId, a.SegmentId, a.Value12m, a.RespondedAt, r.Value
FROM Answers a JOIN AnswerRatings r ON r.AnswerId = a.Id WHERE a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL
UNION ALL
SELECT 3, m.MeasureId, m.Day, COALESCE(m.RegionId, 0), COALESCE(m.TeamId, 0), m.AgentId, m.ProductId, m.ChannelId, a.SegmentId, a.Value12m, m.MeasuredAt, m.Value
FROM Measurements m JOIN Answers a ON a.Id = m.AnswerId WHERE a.SegmentId IS NOT NULL OR a.Value12m IS NOT NULL;
GO
UPDATE r SET SumValue = f.SumValue, NValue = f.NValue
FROM Rollups r JOIN (
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
) f ON r.Axis = f.Axis AND r.Kind = f.Kind AND r.MetricId = f.MetricId AND r.Day = f.Day
   AND r.RegionId = f.RegionId AND r.TeamId = f.TeamId AND r.KeyId = f.KeyId;
GO
INSERT INTO Rollups (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, NewestAt, SumValue, NValue)
SELECT 5, Kind, MetricId, Day, RegionId, TeamId, SegmentId, COUNT(*), SUM(X), SUM(X * X),
       SUM(CASE WHEN Kind < 3 AND X = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 2 THEN 1 ELSE 0 END),
       SUM(CASE WHEN Kind < 3 AND X = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 4 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 5 THEN 1 ELSE 0 END),
       SUM(CASE WHEN Kind < 3 AND X = 6 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 7 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 8 THEN 1 ELSE 0 END),
       SUM(CASE WHEN Kind < 3 AND X = 9 THEN 1 ELSE 0 END), SUM(CASE WHEN Kind < 3 AND X = 10 THEN 1 ELSE 0 END),
       MAX(CountedAt), COALESCE(SUM(Value12m), 0), COUNT(Value12m)
FROM SegmentFacts WHERE SegmentId IS NOT NULL
GROUP BY Kind, MetricId, Day, RegionId, TeamId, SegmentId;
GO
DROP VIEW SegmentFacts;
GO
UPDATE RollupDays SET Version = Version + 1;
GO

-- Which way a measure is good. Retention is who stayed, which answers do not tell: it is sent as a measurement.
ALTER TABLE Measures ADD IsHigherBetter bit NOT NULL CONSTRAINT DF_Measures_IsHigherBetter DEFAULT 0;
GO
INSERT INTO Measures (Code, Name, IsPlaced, Unit) SELECT N'retention', N'Retention', 1, 2 WHERE NOT EXISTS (SELECT 1 FROM Measures WHERE Code = N'retention');
GO
UPDATE Measures SET IsHigherBetter = 1 WHERE Code IN (N'uptime', N'resolved', N'retention');
GO
