-- Targets of any indicator and segment, what an own baseline was worked out from, the end of a target
ALTER TABLE Targets ADD SegmentId int NULL CONSTRAINT FK_Targets_SegmentId REFERENCES Segments (Id);
GO
ALTER TABLE Targets ADD Statistic tinyint NOT NULL CONSTRAINT DF_Targets_Statistic DEFAULT 0;           -- 0 the metric's own, 1 the share of the top two
GO
ALTER TABLE Targets ADD IsEnd bit NOT NULL CONSTRAINT DF_Targets_IsEnd DEFAULT 0;                       -- from FromDay on the source has no number here
GO
ALTER TABLE Targets ADD BaselineFrom date NULL;                                                         -- an own baseline is the value of these days
GO
ALTER TABLE Targets ADD BaselineTo date NULL;                                                           -- exclusive
GO
ALTER TABLE Targets ADD BaselineN bigint NULL;                                                          -- of so many answers
GO

-- Which source counts where several have a number, from which day on
CREATE TABLE TargetRules (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_TargetRules PRIMARY KEY,
    FromDay          date NOT NULL,
    Source1          tinyint NOT NULL,                                                              -- as in Targets; the first that has a number counts
    Source2          tinyint NOT NULL,
    Source3          tinyint NOT NULL,
    CreatedAt        datetime2(3) NOT NULL,
    CreatedBy        nvarchar(200) NOT NULL
);
GO

-- The number that counts on a subject's own level, from day to day: what Targets and TargetRules come to, kept by the gap job
CREATE TABLE TargetSpans (
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    Statistic        tinyint NOT NULL,
    Axis             tinyint NOT NULL,                                                              -- 0 unit, else as in Rollups
    KeyId            int NOT NULL,
    FromDay          date NOT NULL,
    ToDay            date NOT NULL,                                                                 -- exclusive
    Target           float NOT NULL,
    CONSTRAINT PK_TargetSpans PRIMARY KEY (Kind, MetricId, Statistic, Axis, KeyId, FromDay)
);
GO

-- The gaps are worked out anew, each day against the target that was in force on it
DROP TABLE TargetGaps;
GO
CREATE TABLE TargetGaps (
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    Statistic        tinyint NOT NULL,                                                              -- as in Targets
    Day              date NOT NULL,
    Axis             tinyint NOT NULL,                                                              -- 0 unit, else as in Rollups
    KeyId            int NOT NULL,
    N                bigint NOT NULL,
    Score            float NOT NULL,
    Target           float NOT NULL,                                                                -- the gap is Score - Target
    CONSTRAINT PK_TargetGaps PRIMARY KEY (Kind, MetricId, Statistic, Day, Axis, KeyId)
);
GO

-- Of which rollups the gaps of a day are
CREATE TABLE GapDays (
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    Statistic        tinyint NOT NULL,
    Day              date NOT NULL,
    Version          bigint NOT NULL,                                                               -- of RollupDays
    CalculatedAt     datetime2(3) NOT NULL,
    CONSTRAINT PK_GapDays PRIMARY KEY (Kind, MetricId, Statistic, Day)
);
GO
DELETE FROM Settings WHERE Name = 'targetGaps.seen';
GO
