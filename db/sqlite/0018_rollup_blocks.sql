-- Sums of rollups over whole days, weeks and four weeks that are over. A block counts only while the versions of its days add up to its own:
-- who writes a rollup need not know of it.
CREATE TABLE RollupBlocks (
    Days    INTEGER NOT NULL,                                         -- 1, 7 from a Monday on, 28
    FromDay TEXT    NOT NULL,
    ToDay   TEXT    NOT NULL,                                         -- the day after the last
    Version INTEGER NOT NULL,                                         -- the versions of RollupDays when it was summed, added up
    PRIMARY KEY (Days, FromDay)
) WITHOUT ROWID;

CREATE TABLE BlockRollups (
    Days     INTEGER NOT NULL,
    FromDay  TEXT    NOT NULL,
    Level    INTEGER NOT NULL,                                        -- 2: all teams of a region together, TeamId is 0; 3: team by team
    Axis     INTEGER NOT NULL,
    Kind     INTEGER NOT NULL,
    MetricId INTEGER NOT NULL,
    RegionId INTEGER NOT NULL,
    TeamId   INTEGER NOT NULL,
    KeyId    INTEGER NOT NULL,
    N        INTEGER NOT NULL,
    SumX     REAL    NOT NULL,
    SumXX    REAL    NOT NULL,
    V0       INTEGER NOT NULL,
    V1       INTEGER NOT NULL,
    V2       INTEGER NOT NULL,
    V3       INTEGER NOT NULL,
    V4       INTEGER NOT NULL,
    V5       INTEGER NOT NULL,
    V6       INTEGER NOT NULL,
    V7       INTEGER NOT NULL,
    V8       INTEGER NOT NULL,
    V9       INTEGER NOT NULL,
    V10      INTEGER NOT NULL,
    NewestAt TEXT    NOT NULL,
    SumValue NUMERIC NOT NULL,
    NValue   INTEGER NOT NULL,
    PRIMARY KEY (Days, FromDay, Level, Axis, Kind, MetricId, RegionId, TeamId, KeyId)
) WITHOUT ROWID;
