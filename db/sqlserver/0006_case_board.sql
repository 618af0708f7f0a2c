-- The board at size
-- Open cases counted by team and by the UTC day, and the UTC month, of their deadline; never negative. Kept in the transaction that changes a case.
CREATE TABLE CaseTallies (
    Grain            tinyint NOT NULL CONSTRAINT CK_CaseTallies_Grain CHECK (Grain IN (1, 2)),      -- 1 month, 2 day
    FromDay          date NOT NULL,                                                                 -- its first day
    RegionId         int NOT NULL,
    TeamId           int NOT NULL,
    New              int NOT NULL,
    InProgress       int NOT NULL,
    Waiting          int NOT NULL,
    Critical         int NOT NULL,                                                                  -- of all three
    CONSTRAINT PK_CaseTallies PRIMARY KEY (Grain, FromDay, RegionId, TeamId)
);
GO
INSERT INTO CaseTallies (Grain, FromDay, RegionId, TeamId, New, InProgress, Waiting, Critical)
SELECT c.Grain, c.FromDay, c.RegionId, c.TeamId, SUM(CASE WHEN c.Status = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN c.Status = 2 THEN 1 ELSE 0 END),
    SUM(CASE WHEN c.Status = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END)
FROM (
    SELECT 1 AS Grain, DATEFROMPARTS(YEAR(DueAt), MONTH(DueAt), 1) AS FromDay, RegionId, TeamId, Status, Severity FROM Cases WHERE Status < 4
    UNION ALL
    SELECT 2 AS Grain, CAST(DueAt AS date) AS FromDay, RegionId, TeamId, Status, Severity FROM Cases WHERE Status < 4) c
GROUP BY c.Grain, c.FromDay, c.RegionId, c.TeamId;
GO
