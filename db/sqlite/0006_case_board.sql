-- The board at size
-- Open cases counted by team and by the UTC day, and the UTC month, of their deadline; never negative. Kept in the transaction that changes a case.
CREATE TABLE CaseTallies (
    Grain      INTEGER NOT NULL CHECK (Grain IN (1, 2)),              -- 1 month, 2 day
    FromDay    TEXT    NOT NULL,                                      -- its first day
    RegionId   INTEGER NOT NULL,
    TeamId     INTEGER NOT NULL,
    New        INTEGER NOT NULL,
    InProgress INTEGER NOT NULL,
    Waiting    INTEGER NOT NULL,
    Critical   INTEGER NOT NULL,                                      -- of all three
    PRIMARY KEY (Grain, FromDay, RegionId, TeamId)
) WITHOUT ROWID;

INSERT INTO CaseTallies (Grain, FromDay, RegionId, TeamId, New, InProgress, Waiting, Critical)
SELECT g.Grain, CASE g.Grain WHEN 1 THEN substr(c.DueAt, 1, 7) || '-01' ELSE substr(c.DueAt, 1, 10) END AS Bucket, c.RegionId, c.TeamId,
    SUM(c.Status = 1), SUM(c.Status = 2), SUM(c.Status = 3), SUM(c.Severity = 1)
FROM Cases c CROSS JOIN (SELECT 1 AS Grain UNION ALL SELECT 2) g
WHERE c.Status < 4
GROUP BY g.Grain, Bucket, c.RegionId, c.TeamId;
