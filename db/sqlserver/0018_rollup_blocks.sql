-- Sums of rollups over whole days, weeks and four weeks that are over. A block counts only while the versions of its days add up to its own:
-- who writes a rollup need not know of it.
CREATE TABLE RollupBlocks (
    Days             int NOT NULL,                                                                  -- 1, 7 from a Monday on, 28
    FromDay          date NOT NULL,
    ToDay            date NOT NULL,                                                                 -- the day after the last
    Version          bigint NOT NULL,                                                               -- the versions of RollupDays when it was summed, added up
    CONSTRAINT PK_RollupBlocks PRIMARY KEY (Days, FromDay)
);
GO

CREATE TABLE BlockRollups (
    Days             int NOT NULL,
    FromDay          date NOT NULL,
    Level            tinyint NOT NULL,                                                              -- 2: all teams of a region together, TeamId is 0; 3: team by team
    Axis             tinyint NOT NULL,
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    RegionId         int NOT NULL,
    TeamId           int NOT NULL,
    KeyId            int NOT NULL,
    N                bigint NOT NULL,
    SumX             float NOT NULL,
    SumXX            float NOT NULL,
    V0               int NOT NULL,
    V1               int NOT NULL,
    V2               int NOT NULL,
    V3               int NOT NULL,
    V4               int NOT NULL,
    V5               int NOT NULL,
    V6               int NOT NULL,
    V7               int NOT NULL,
    V8               int NOT NULL,
    V9               int NOT NULL,
    V10              int NOT NULL,
    NewestAt         datetime2(3) NOT NULL,
    SumValue         decimal(18, 2) NOT NULL,
    NValue           bigint NOT NULL,
    CONSTRAINT PK_BlockRollups PRIMARY KEY (Days, FromDay, Level, Axis, Kind, MetricId, RegionId, TeamId, KeyId)
);
GO
