-- What is usual for a score or measure by day, frozen: the chart's limits do not follow the data. A later version is in force from when it was frozen.
CREATE TABLE Baselines (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Baselines PRIMARY KEY,
    Kind             tinyint NOT NULL,                                                              -- as in Rollups
    MetricId         int NOT NULL,                                                                  -- as in Rollups
    Axis             tinyint NOT NULL,                                                              -- 0 unit, else as in Rollups
    KeyId            int NOT NULL,
    Version          int NOT NULL,
    FromDay          date NOT NULL,
    ToDay            date NOT NULL,                                                                 -- exclusive
    Days             int NOT NULL,                                                                  -- with answers enough
    Centre           float NOT NULL,
    MeanRange        float NOT NULL,
    LeastN           bigint NOT NULL,                                                               -- a day with fewer answers is not compared
    FrozenAt         datetime2(3) NOT NULL,
    FrozenBy         nvarchar(200) NOT NULL,
    CONSTRAINT UX_Baselines UNIQUE (Kind, MetricId, Axis, KeyId, Version)
);
GO
