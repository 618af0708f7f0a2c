-- Cases resolved, summed over whole days, weeks and four weeks (of UTC) that are over. A block counts only while the versions of its days add up to its own.
CREATE TABLE ResolvedDays (
    Day              date NOT NULL,                                                                 -- a day without a row is at version 0
    Version          bigint NOT NULL,                                                               -- how often a case became one of those resolved on it, or another than it was
    CONSTRAINT PK_ResolvedDays PRIMARY KEY (Day)
);
GO

CREATE TABLE CaseBlocks (
    Days             int NOT NULL,                                                                  -- 1, 7 from a Monday on, 28
    FromDay          date NOT NULL,
    ToDay            date NOT NULL,                                                                 -- the day after the last
    Version          bigint NOT NULL,                                                               -- the versions of ResolvedDays when it was summed, added up
    CONSTRAINT PK_CaseBlocks PRIMARY KEY (Days, FromDay)
);
GO

CREATE TABLE BlockCases (
    Days             int NOT NULL,
    FromDay          date NOT NULL,
    Level            tinyint NOT NULL,                                                              -- 2: all teams of a region together, TeamId is 0; 3: team by team
    Axis             tinyint NOT NULL,                                                              -- as in Rollups
    RegionId         int NOT NULL,
    TeamId           int NOT NULL,
    KeyId            int NOT NULL,
    NResolved        int NOT NULL,
    NInTime          int NOT NULL,
    CONSTRAINT PK_BlockCases PRIMARY KEY (Days, FromDay, Level, Axis, RegionId, TeamId, KeyId)
);
GO

-- As before, and whose cases they are and whether they were in time: the days at either end of a period are counted in the index alone.
DROP INDEX IX_Cases_Resolved ON Cases;
GO
CREATE INDEX IX_Cases_ResolvedAt ON Cases (ResolvedAt, Id, RegionId, TeamId, OwnerId, ProductId, Severity, AgentId, ResolvedInTime, AnswerId) WHERE ResolvedAt IS NOT NULL;
