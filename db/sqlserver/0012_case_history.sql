-- What a wall shows of a case, and from when until when it was so; never changed but for its end. A case has no gaps and no overlaps.
CREATE TABLE CaseHistory (
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseHistory_CaseId REFERENCES Cases (Id),
    FromAt           datetime2(3) NOT NULL,
    ToAt             datetime2(3) NOT NULL,                                                         -- exclusive; the end of all days: it is so now
    Version          int NOT NULL,                                                                  -- RowVersion of the case
    Status           tinyint NOT NULL,
    Severity         tinyint NOT NULL,
    OpenedAt         datetime2(3) NOT NULL,
    DueAt            datetime2(3) NOT NULL,
    OwnerId          int NULL CONSTRAINT FK_CaseHistory_OwnerId REFERENCES People (Id),
    RegionId         int NOT NULL,
    TeamId           int NOT NULL,
    ProductId        int NOT NULL,
    Value12m         decimal(18, 2) NOT NULL,
    Breach           int NOT NULL,
    EscalationLevel  int NOT NULL,
    ResolvedAt       datetime2(3) NULL,
    CONSTRAINT PK_CaseHistory PRIMARY KEY (CaseId, FromAt)
);
GO
-- What was open at an instant ended after it: the further back, the more is looked through, and never what was over before.
CREATE INDEX IX_CaseHistory_Open ON CaseHistory (ToAt, FromAt) WHERE Status < 4;
GO
CREATE INDEX IX_CaseHistory_Resolved ON CaseHistory (ResolvedAt, FromAt) WHERE ResolvedAt IS NOT NULL;
GO

-- Cases from before are known as they are, from when they last changed on; what they were until then is not known.
INSERT INTO CaseHistory (CaseId, FromAt, ToAt, Version, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m,
    Breach, EscalationLevel, ResolvedAt)
SELECT Id, UpdatedAt, '9999-12-31T23:59:59.999', RowVersion, Status, Severity, OpenedAt, DueAt, OwnerId,
    RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, ResolvedAt
FROM Cases;
GO

-- How the company stood: a row from when it was so on. Units from before have always been as they are.
CREATE TABLE UnitHistory (
    UnitId           int NOT NULL CONSTRAINT FK_UnitHistory_UnitId REFERENCES Units (Id),
    FromAt           datetime2(3) NOT NULL,
    ParentId         int NULL,
    Name             nvarchar(200) NOT NULL,
    IsActive         bit NOT NULL,
    CONSTRAINT PK_UnitHistory PRIMARY KEY (UnitId, FromAt)
);
GO
INSERT INTO UnitHistory (UnitId, FromAt, ParentId, Name, IsActive) SELECT Id, '2000-01-01T00:00:00', ParentId, Name, IsActive FROM Units;
GO

-- What had come in by an instant: of a day, what was received after it. Mostly nothing, and then the day's rollups are what they were.
CREATE INDEX IX_Answers_Received ON Answers (Day, ReceivedAt);
GO
CREATE INDEX IX_Measurements_Received ON Measurements (MeasureId, Day, ReceivedAt);
GO
