-- What a wall shows of a case, and from when until when it was so; never changed but for its end. A case has no gaps and no overlaps.
CREATE TABLE CaseHistory (
    CaseId          INTEGER NOT NULL REFERENCES Cases (Id),
    FromAt          TEXT    NOT NULL,
    ToAt            TEXT    NOT NULL,                                 -- exclusive; the end of all days: it is so now
    Version         INTEGER NOT NULL,                                 -- RowVersion of the case
    Status          INTEGER NOT NULL,
    Severity        INTEGER NOT NULL,
    OpenedAt        TEXT    NOT NULL,
    DueAt           TEXT    NOT NULL,
    OwnerId         INTEGER NULL REFERENCES People (Id),
    RegionId        INTEGER NOT NULL,
    TeamId          INTEGER NOT NULL,
    ProductId       INTEGER NOT NULL,
    Value12m        NUMERIC NOT NULL,
    Breach          INTEGER NOT NULL,
    EscalationLevel INTEGER NOT NULL,
    ResolvedAt      TEXT    NULL,
    PRIMARY KEY (CaseId, FromAt)
) WITHOUT ROWID;
-- What was open at an instant ended after it: the further back, the more is looked through, and never what was over before.
CREATE INDEX IX_CaseHistory_Open ON CaseHistory (ToAt, FromAt) WHERE Status < 4;
CREATE INDEX IX_CaseHistory_Resolved ON CaseHistory (ResolvedAt, FromAt) WHERE ResolvedAt IS NOT NULL;

-- Cases from before are known as they are, from when they last changed on; what they were until then is not known.
INSERT INTO CaseHistory (CaseId, FromAt, ToAt, Version, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m,
    Breach, EscalationLevel, ResolvedAt)
SELECT Id, UpdatedAt, '9999-12-31 23:59:59.999', RowVersion, Status, Severity, OpenedAt, DueAt, OwnerId,
    RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, ResolvedAt
FROM Cases;

-- How the company stood: a row from when it was so on. Units from before have always been as they are.
CREATE TABLE UnitHistory (
    UnitId   INTEGER NOT NULL REFERENCES Units (Id),
    FromAt   TEXT    NOT NULL,
    ParentId INTEGER NULL,
    Name     TEXT    NOT NULL,
    IsActive INTEGER NOT NULL,
    PRIMARY KEY (UnitId, FromAt)
) WITHOUT ROWID;
INSERT INTO UnitHistory (UnitId, FromAt, ParentId, Name, IsActive) SELECT Id, '2000-01-01 00:00:00.000', ParentId, Name, IsActive FROM Units;

-- What had come in by an instant: of a day, what was received after it. Mostly nothing, and then the day's rollups are what they were.
CREATE INDEX IX_Answers_Received ON Answers (Day, ReceivedAt);
CREATE INDEX IX_Measurements_Received ON Measurements (MeasureId, Day, ReceivedAt);
