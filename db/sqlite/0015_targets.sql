-- Targets of any indicator and segment, what an own baseline was worked out from, the end of a target
ALTER TABLE Targets ADD COLUMN SegmentId INTEGER NULL REFERENCES Segments (Id);
ALTER TABLE Targets ADD COLUMN Statistic INTEGER NOT NULL DEFAULT 0;           -- 0 the metric's own, 1 the share of the top two
ALTER TABLE Targets ADD COLUMN IsEnd INTEGER NOT NULL DEFAULT 0;               -- from FromDay on the source has no number here
ALTER TABLE Targets ADD COLUMN BaselineFrom TEXT NULL;                         -- an own baseline is the value of these days
ALTER TABLE Targets ADD COLUMN BaselineTo TEXT NULL;                           -- exclusive
ALTER TABLE Targets ADD COLUMN BaselineN INTEGER NULL;                         -- of so many answers

-- Which source counts where several have a number, from which day on
CREATE TABLE TargetRules (
    Id        INTEGER PRIMARY KEY,
    FromDay   TEXT    NOT NULL,
    Source1   INTEGER NOT NULL,                                       -- as in Targets; the first that has a number counts
    Source2   INTEGER NOT NULL,
    Source3   INTEGER NOT NULL,
    CreatedAt TEXT    NOT NULL,
    CreatedBy TEXT    NOT NULL
);

-- The number that counts on a subject's own level, from day to day: what Targets and TargetRules come to, kept by the gap job
CREATE TABLE TargetSpans (
    Kind      INTEGER NOT NULL,
    MetricId  INTEGER NOT NULL,
    Statistic INTEGER NOT NULL,
    Axis      INTEGER NOT NULL,                                       -- 0 unit, else as in Rollups
    KeyId     INTEGER NOT NULL,
    FromDay   TEXT    NOT NULL,
    ToDay     TEXT    NOT NULL,                                       -- exclusive
    Target    REAL    NOT NULL,
    PRIMARY KEY (Kind, MetricId, Statistic, Axis, KeyId, FromDay)
) WITHOUT ROWID;

-- The gaps are worked out anew, each day against the target that was in force on it
DROP TABLE TargetGaps;
CREATE TABLE TargetGaps (
    Kind      INTEGER NOT NULL,
    MetricId  INTEGER NOT NULL,
    Statistic INTEGER NOT NULL,                                       -- as in Targets
    Day       TEXT    NOT NULL,
    Axis      INTEGER NOT NULL,                                       -- 0 unit, else as in Rollups
    KeyId     INTEGER NOT NULL,
    N         INTEGER NOT NULL,
    Score     REAL    NOT NULL,
    Target    REAL    NOT NULL,                                       -- the gap is Score - Target
    PRIMARY KEY (Kind, MetricId, Statistic, Day, Axis, KeyId)
) WITHOUT ROWID;

-- Of which rollups the gaps of a day are
CREATE TABLE GapDays (
    Kind         INTEGER NOT NULL,
    MetricId     INTEGER NOT NULL,
    Statistic    INTEGER NOT NULL,
    Day          TEXT    NOT NULL,
    Version      INTEGER NOT NULL,                                    -- of RollupDays
    CalculatedAt TEXT    NOT NULL,
    PRIMARY KEY (Kind, MetricId, Statistic, Day)
) WITHOUT ROWID;
DELETE FROM Settings WHERE Name = 'targetGaps.seen';
