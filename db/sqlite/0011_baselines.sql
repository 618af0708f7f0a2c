-- What is usual for a score or measure by day, frozen: the chart's limits do not follow the data. A later version is in force from when it was frozen.
CREATE TABLE Baselines (
    Id        INTEGER PRIMARY KEY,
    Kind      INTEGER NOT NULL,                                       -- as in Rollups
    MetricId  INTEGER NOT NULL,                                       -- as in Rollups
    Axis      INTEGER NOT NULL,                                       -- 0 unit, else as in Rollups
    KeyId     INTEGER NOT NULL,
    Version   INTEGER NOT NULL,
    FromDay   TEXT    NOT NULL,
    ToDay     TEXT    NOT NULL,                                       -- exclusive
    Days      INTEGER NOT NULL,                                       -- with answers enough
    Centre    REAL    NOT NULL,
    MeanRange REAL    NOT NULL,
    LeastN    INTEGER NOT NULL,                                       -- a day with fewer answers is not compared
    FrozenAt  TEXT    NOT NULL,
    FrozenBy  TEXT    NOT NULL,
    CONSTRAINT UX_Baselines UNIQUE (Kind, MetricId, Axis, KeyId, Version)
);
