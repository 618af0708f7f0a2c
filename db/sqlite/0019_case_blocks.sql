-- Cases resolved, summed over whole days, weeks and four weeks (of UTC) that are over. A block counts only while the versions of its days add up to its own.
CREATE TABLE ResolvedDays (
    Day     TEXT    NOT NULL PRIMARY KEY,                             -- a day without a row is at version 0
    Version INTEGER NOT NULL                                          -- how often a case became one of those resolved on it, or another than it was
) WITHOUT ROWID;

CREATE TABLE CaseBlocks (
    Days    INTEGER NOT NULL,                                         -- 1, 7 from a Monday on, 28
    FromDay TEXT    NOT NULL,
    ToDay   TEXT    NOT NULL,                                         -- the day after the last
    Version INTEGER NOT NULL,                                         -- the versions of ResolvedDays when it was summed, added up
    PRIMARY KEY (Days, FromDay)
) WITHOUT ROWID;

CREATE TABLE BlockCases (
    Days      INTEGER NOT NULL,
    FromDay   TEXT    NOT NULL,
    Level     INTEGER NOT NULL,                                       -- 2: all teams of a region together, TeamId is 0; 3: team by team
    Axis      INTEGER NOT NULL,                                       -- as in Rollups
    RegionId  INTEGER NOT NULL,
    TeamId    INTEGER NOT NULL,
    KeyId     INTEGER NOT NULL,
    NResolved INTEGER NOT NULL,
    NInTime   INTEGER NOT NULL,
    PRIMARY KEY (Days, FromDay, Level, Axis, RegionId, TeamId, KeyId)
) WITHOUT ROWID;

-- As before, and whose cases they are and whether they were in time: the days at either end of a period are counted in the index alone.
DROP INDEX IX_Cases_Resolved;
CREATE INDEX IX_Cases_ResolvedAt ON Cases (ResolvedAt, Id, RegionId, TeamId, OwnerId, ProductId, Severity, AgentId, ResolvedInTime, AnswerId) WHERE ResolvedAt IS NOT NULL;
