-- Times are UTC datetime2(3), days are dates in the company's zone. Codes compare binary, as they do on SQLite.

-- Who and where
CREATE TABLE Units (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Units PRIMARY KEY,
    ParentId         int NULL CONSTRAINT FK_Units_ParentId REFERENCES Units (Id),
    Kind             tinyint NOT NULL CONSTRAINT CK_Units_Kind CHECK (Kind IN (1, 2, 3)),           -- company, region, team
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL,
    Name             nvarchar(200) NOT NULL,
    TimeZone         nvarchar(60) NULL,                                                             -- IANA; null takes the parent's
    IsPlaced         bit NOT NULL CONSTRAINT DF_Units_IsPlaced DEFAULT 1,                           -- 0: came in by intake, still to be placed
    IsNoTeam         bit NOT NULL CONSTRAINT DF_Units_IsNoTeam DEFAULT 0,                           -- the region's "no team"
    IsActive         bit NOT NULL CONSTRAINT DF_Units_IsActive DEFAULT 1,
    FallbackPersonId int NULL,                                                                      -- owns what nobody else is responsible for
    RowVersion       int NOT NULL CONSTRAINT DF_Units_RowVersion DEFAULT 1,
    CONSTRAINT UX_Units_Code UNIQUE (Kind, Code)
);
GO
CREATE INDEX IX_Units_Parent ON Units (ParentId);
GO
SET IDENTITY_INSERT Units ON;
INSERT INTO Units (Id, ParentId, Kind, Code, Name) VALUES (1, NULL, 1, N'company', N'Company');
SET IDENTITY_INSERT Units OFF;
GO

CREATE TABLE People (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_People PRIMARY KEY,
    Name             nvarchar(200) NOT NULL,
    AgentCode        nvarchar(200) COLLATE Latin1_General_BIN2 NULL,                                -- the code that intake sends
    UserName         nvarchar(200) COLLATE Latin1_General_BIN2 NULL,                                -- lower case; null cannot sign in
    Role             tinyint NULL CONSTRAINT CK_People_Role CHECK (Role BETWEEN 1 AND 6),           -- agent, supervisor, manager, executive, admin, wall
    PasswordHash     nvarchar(400) NULL,
    SecurityStamp    nvarchar(64) NULL,                                                             -- changes when every session must end
    FailedSignIns    int NOT NULL CONSTRAINT DF_People_FailedSignIns DEFAULT 0,
    LockedUntil      datetime2(3) NULL,
    LastSignInAt     datetime2(3) NULL,
    Language         nvarchar(35) NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_People_IsPlaced DEFAULT 1,
    IsActive         bit NOT NULL CONSTRAINT DF_People_IsActive DEFAULT 1,
    RowVersion       int NOT NULL CONSTRAINT DF_People_RowVersion DEFAULT 1
);
GO
CREATE UNIQUE INDEX UX_People_AgentCode ON People (AgentCode) WHERE AgentCode IS NOT NULL;
GO
CREATE UNIQUE INDEX UX_People_UserName ON People (UserName) WHERE UserName IS NOT NULL;
GO

CREATE TABLE Places (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Places PRIMARY KEY,
    PersonId         int NOT NULL CONSTRAINT FK_Places_PersonId REFERENCES People (Id),
    UnitId           int NOT NULL CONSTRAINT FK_Places_UnitId REFERENCES Units (Id),
    Role             tinyint NOT NULL CONSTRAINT CK_Places_Role CHECK (Role BETWEEN 1 AND 5),
    FromDay          date NOT NULL,
    ToDay            date NULL,                                                                     -- exclusive
    CONSTRAINT UX_Places UNIQUE (PersonId, UnitId, Role, FromDay)
);
GO
CREATE INDEX IX_Places_Unit ON Places (UnitId, Role);
GO

CREATE TABLE SetupLinks (
    TokenHash        nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT PK_SetupLinks PRIMARY KEY,-- SHA-256, hexadecimal
    PersonId         int NULL CONSTRAINT FK_SetupLinks_PersonId REFERENCES People (Id),             -- null: makes the first admin
    ExpiresAt        datetime2(3) NOT NULL,
    UsedAt           datetime2(3) NULL
);
GO

CREATE TABLE ApiKeys (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_ApiKeys PRIMARY KEY,
    Name             nvarchar(200) NOT NULL,
    KeyHash          nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_ApiKeys_Hash UNIQUE,-- SHA-256, hexadecimal
    Scopes           int NOT NULL,                                                                  -- 1 ingest, 2 read, 4 desk
    UnitId           int NULL CONSTRAINT FK_ApiKeys_UnitId REFERENCES Units (Id),
    CreatedAt        datetime2(3) NOT NULL,
    LastUsedAt       datetime2(3) NULL,
    RevokedAt        datetime2(3) NULL
);
GO
CREATE UNIQUE INDEX UX_ApiKeys_Name ON ApiKeys (Name) WHERE RevokedAt IS NULL;
GO

-- What answers are about
CREATE TABLE Sources (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Sources PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Sources_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Sources_IsPlaced DEFAULT 0,
    ExpectedSilenceMinutes int NOT NULL CONSTRAINT DF_Sources_ExpectedSilenceMinutes DEFAULT 30     -- longer silence in business hours is stale
);
GO

CREATE TABLE Products (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Products PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Products_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Products_IsPlaced DEFAULT 0
);
GO

CREATE TABLE Channels (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Channels PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Channels_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Channels_IsPlaced DEFAULT 0
);
GO

CREATE TABLE Touchpoints (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Touchpoints PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Touchpoints_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Touchpoints_IsPlaced DEFAULT 0
);
GO

CREATE TABLE Attributes (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Attributes PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Attributes_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Attributes_IsPlaced DEFAULT 0,
    Minimum          float NOT NULL CONSTRAINT DF_Attributes_Minimum DEFAULT 1,
    Maximum          float NOT NULL CONSTRAINT DF_Attributes_Maximum DEFAULT 5
);
GO
-- Reserved: what a customer intends to do.
INSERT INTO Attributes (Code, Name, IsPlaced) VALUES (N'repurchase', N'Repurchase', 1), (N'recommend', N'Recommend', 1), (N'reference', N'Reference', 1);
GO

CREATE TABLE Measures (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Measures PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Measures_Code UNIQUE,
    Name             nvarchar(200) NOT NULL,
    IsPlaced         bit NOT NULL CONSTRAINT DF_Measures_IsPlaced DEFAULT 0,
    Unit             tinyint NOT NULL CONSTRAINT DF_Measures_Unit DEFAULT 0,                        -- 0 number, 1 seconds, 2 share 0-1
    UpperLimit       float NULL
);
GO
-- What nearly everybody measures, with its unit, so that a negative duration or a share over 1 is refused from the first day on.
INSERT INTO Measures (Code, Name, IsPlaced, Unit) VALUES
    (N'wait', N'Wait', 1, 1), (N'handleTime', N'Handle time', 1, 1), (N'delivery', N'Delivery', 1, 1),
    (N'abandoned', N'Abandoned', 1, 2), (N'uptime', N'Uptime', 1, 2), (N'resolved', N'Resolved', 1, 2);
GO

CREATE TABLE Customers (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Customers PRIMARY KEY,
    Code             nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Customers_Code UNIQUE,
    Name             nvarchar(200) NULL,
    Segment          nvarchar(200) NULL,
    Value12m         decimal(18,2) NULL,                                                            -- spend in the last 12 months, company currency
    Phone            nvarchar(200) NULL,
    Email            nvarchar(320) NULL,
    Language         nvarchar(35) NULL,
    NoContact        bit NOT NULL CONSTRAINT DF_Customers_NoContact DEFAULT 0,
    AsOf             datetime2(3) NOT NULL                                                          -- respondedAt of the answer that the record follows
);
GO
CREATE INDEX IX_Customers_Value ON Customers (Value12m) WHERE Value12m IS NOT NULL;
GO

-- What came in, append-only
CREATE TABLE Answers (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Answers PRIMARY KEY,
    SourceId         int NOT NULL CONSTRAINT FK_Answers_SourceId REFERENCES Sources (Id),
    ExternalId       nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    RespondedAt      datetime2(3) NOT NULL,
    ReceivedAt       datetime2(3) NOT NULL,
    Day              date NOT NULL,
    RegionId         int NOT NULL CONSTRAINT FK_Answers_RegionId REFERENCES Units (Id),
    TeamId           int NOT NULL CONSTRAINT FK_Answers_TeamId REFERENCES Units (Id),
    AgentId          int NULL CONSTRAINT FK_Answers_AgentId REFERENCES People (Id),
    ProductId        int NOT NULL CONSTRAINT FK_Answers_ProductId REFERENCES Products (Id),
    ChannelId        int NOT NULL CONSTRAINT FK_Answers_ChannelId REFERENCES Channels (Id),
    TouchpointId     int NULL CONSTRAINT FK_Answers_TouchpointId REFERENCES Touchpoints (Id),
    CustomerId       bigint NULL CONSTRAINT FK_Answers_CustomerId REFERENCES Customers (Id),
    Csat             tinyint NULL CONSTRAINT CK_Answers_Csat CHECK (Csat BETWEEN 1 AND 5),
    Nps              tinyint NULL CONSTRAINT CK_Answers_Nps CHECK (Nps BETWEEN 0 AND 10),
    Ces              tinyint NULL CONSTRAINT CK_Answers_Ces CHECK (Ces BETWEEN 1 AND 7),
    IsLow            bit NOT NULL CONSTRAINT DF_Answers_IsLow DEFAULT 0,                            -- under a threshold when it came in
    Comment          nvarchar(max) NULL,
    Language         nvarchar(35) NULL,
    CONSTRAINT UX_Answers_Identity UNIQUE (SourceId, ExternalId)
);
GO
CREATE INDEX IX_Answers_RespondedAt ON Answers (RespondedAt);
GO
CREATE INDEX IX_Answers_Team ON Answers (TeamId, RespondedAt);
GO
CREATE INDEX IX_Answers_Agent ON Answers (AgentId, RespondedAt) WHERE AgentId IS NOT NULL;
GO
CREATE INDEX IX_Answers_Product ON Answers (ProductId, RespondedAt);
GO
CREATE INDEX IX_Answers_Low ON Answers (RespondedAt) WHERE IsLow = 1;
GO

CREATE TABLE AnswerRatings (
    AnswerId         bigint NOT NULL CONSTRAINT FK_AnswerRatings_AnswerId REFERENCES Answers (Id),
    AttributeId      int NOT NULL CONSTRAINT FK_AnswerRatings_AttributeId REFERENCES Attributes (Id),
    Value            float NOT NULL,
    CONSTRAINT PK_AnswerRatings PRIMARY KEY (AnswerId, AttributeId)
);
GO

CREATE TABLE Measurements (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Measurements PRIMARY KEY,
    SourceId         int NOT NULL CONSTRAINT FK_Measurements_SourceId REFERENCES Sources (Id),
    ExternalId       nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    MeasureId        int NOT NULL CONSTRAINT FK_Measurements_MeasureId REFERENCES Measures (Id),
    MeasuredAt       datetime2(3) NOT NULL,
    ReceivedAt       datetime2(3) NOT NULL,
    Day              date NOT NULL,
    RegionId         int NULL CONSTRAINT FK_Measurements_RegionId REFERENCES Units (Id),
    TeamId           int NULL CONSTRAINT FK_Measurements_TeamId REFERENCES Units (Id),
    AgentId          int NULL CONSTRAINT FK_Measurements_AgentId REFERENCES People (Id),
    ProductId        int NULL CONSTRAINT FK_Measurements_ProductId REFERENCES Products (Id),
    ChannelId        int NULL CONSTRAINT FK_Measurements_ChannelId REFERENCES Channels (Id),
    Value            float NOT NULL,                                                                -- mean of the observations
    Observations     int NOT NULL CONSTRAINT DF_Measurements_Observations DEFAULT 1 CONSTRAINT CK_Measurements_Observations CHECK (Observations >= 1),
    AnswerId         bigint NULL CONSTRAINT FK_Measurements_AnswerId REFERENCES Answers (Id),       -- the answer it came with
    CONSTRAINT UX_Measurements_Identity UNIQUE (SourceId, ExternalId, MeasureId)
);
GO
CREATE UNIQUE INDEX UX_Measurements_Own ON Measurements (SourceId, ExternalId) WHERE AnswerId IS NULL;
GO
CREATE INDEX IX_Measurements_At ON Measurements (MeasureId, MeasuredAt);
GO

-- Sums and counts, never averages
CREATE TABLE Rollups (
    Axis             tinyint NOT NULL,                                                              -- what KeyId is: 1 team (0), 2 agent, 3 product, 4 channel
    Kind             tinyint NOT NULL,                                                              -- 1 score, 2 attribute rating, 3 measure
    MetricId         int NOT NULL,                                                                  -- score: 1 csat, 2 nps, 3 ces; else attribute or measure
    Day              date NOT NULL,
    RegionId         int NOT NULL,                                                                  -- 0: a measurement without a region
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
    NewestAt         datetime2(3) NOT NULL,                                                         -- the newest item counted
    CONSTRAINT PK_Rollups PRIMARY KEY (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId)
);
GO

-- What is aimed at
CREATE TABLE Targets (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Targets PRIMARY KEY,
    UnitId           int NULL CONSTRAINT FK_Targets_UnitId REFERENCES Units (Id),
    ProductId        int NULL CONSTRAINT FK_Targets_ProductId REFERENCES Products (Id),
    ChannelId        int NULL CONSTRAINT FK_Targets_ChannelId REFERENCES Channels (Id),
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    FromDay          date NOT NULL,
    Target           float NOT NULL,
    Source           tinyint NOT NULL,                                                              -- 1 industry, 2 own baseline, 3 management
    Note             nvarchar(max) NULL,
    CreatedAt        datetime2(3) NOT NULL,
    CreatedBy        nvarchar(200) NOT NULL
);
GO
CREATE INDEX IX_Targets_Metric ON Targets (Kind, MetricId, FromDay);
GO

CREATE TABLE TargetGaps (
    Axis             tinyint NOT NULL,                                                              -- 0 unit, else as in Rollups
    KeyId            int NOT NULL,
    Kind             tinyint NOT NULL,
    MetricId         int NOT NULL,
    Day              date NOT NULL,
    N                bigint NOT NULL,
    Score            float NOT NULL,
    Target           float NOT NULL,
    Gap              float NOT NULL,
    CalculatedAt     datetime2(3) NOT NULL,
    CONSTRAINT PK_TargetGaps PRIMARY KEY (Kind, Day, MetricId, Axis, KeyId)
);
GO

-- Cases
CREATE TABLE Cases (
    Id               bigint IDENTITY (1001, 1) NOT NULL CONSTRAINT PK_Cases PRIMARY KEY,            -- the reference is C-Id
    Status           tinyint NOT NULL,                                                              -- 1 new, 2 in progress, 3 waiting, 4 resolved, 5 closed
    Severity         tinyint NOT NULL,                                                              -- 1 critical, 2 high, 3 medium, 4 low
    OpenedAt         datetime2(3) NOT NULL,
    ClockFrom        datetime2(3) NOT NULL,                                                         -- where the deadline clock starts: opened, or reopened
    TargetMinutes    int NOT NULL,                                                                  -- business minutes allowed
    PausedMinutes    int NOT NULL CONSTRAINT DF_Cases_PausedMinutes DEFAULT 0,                      -- business minutes waited for the customer, added to the target
    DueAt            datetime2(3) NOT NULL,
    WaitingSince     datetime2(3) NULL,
    WaitingUntil     datetime2(3) NULL,
    WaitingReason    nvarchar(1000) NULL,
    OwnerId          int NULL CONSTRAINT FK_Cases_OwnerId REFERENCES People (Id),
    ResponsibleId    int NULL CONSTRAINT FK_Cases_ResponsibleId REFERENCES People (Id),             -- whom the queue answers to while nobody owns it
    RegionId         int NOT NULL CONSTRAINT FK_Cases_RegionId REFERENCES Units (Id),
    TeamId           int NOT NULL CONSTRAINT FK_Cases_TeamId REFERENCES Units (Id),
    AgentId          int NULL CONSTRAINT FK_Cases_AgentId REFERENCES People (Id),
    ProductId        int NOT NULL CONSTRAINT FK_Cases_ProductId REFERENCES Products (Id),
    CustomerId       bigint NULL CONSTRAINT FK_Cases_CustomerId REFERENCES Customers (Id),
    AnswerId         bigint NOT NULL CONSTRAINT FK_Cases_AnswerId REFERENCES Answers (Id),          -- the answer that opened it
    Value12m         decimal(18,2) NOT NULL CONSTRAINT DF_Cases_Value12m DEFAULT 0,                 -- the customer's, as known when opened or joined
    RuleVersion      int NOT NULL,
    RuleInputs       nvarchar(max) NOT NULL,                                                        -- JSON
    Breach           int NOT NULL CONSTRAINT DF_Cases_Breach DEFAULT 1,                             -- counts up when reopened
    EscalationLevel  int NOT NULL CONSTRAINT DF_Cases_EscalationLevel DEFAULT 0,
    EscalatedToId    int NULL CONSTRAINT FK_Cases_EscalatedToId REFERENCES People (Id),
    NextEscalationAt datetime2(3) NULL,                                                             -- null: nothing to climb
    FirstResponseAt  datetime2(3) NULL,
    ResolvedAt       datetime2(3) NULL,
    ResolvedInTime   bit NULL,
    ElapsedMinutes   int NULL,                                                                      -- business minutes to resolution, pauses left out
    RootCause        nvarchar(200) NULL,
    ContactOutcome   tinyint NULL,                                                                  -- 1 reached, 2 three attempts, 3 no contact wanted
    ClosedAt         datetime2(3) NULL,
    UpdatedAt        datetime2(3) NOT NULL,
    RowVersion       int NOT NULL CONSTRAINT DF_Cases_RowVersion DEFAULT 1
);
GO
CREATE UNIQUE INDEX UX_Cases_OpenCustomer ON Cases (CustomerId) WHERE CustomerId IS NOT NULL AND Status < 4;
GO
CREATE INDEX IX_Cases_Urgency ON Cases (Severity, DueAt, Value12m DESC, Id) WHERE Status < 4;
GO
CREATE INDEX IX_Cases_Due ON Cases (DueAt, Id) WHERE Status < 4;
GO
-- Open and closed together. The condition holds always; whoever wants open cases does not state it, and so keeps to the indexes of those.
CREATE INDEX IX_Cases_AllUrgency ON Cases (Severity, DueAt, Value12m DESC, Id) WHERE RowVersion > 0;
GO
CREATE INDEX IX_Cases_AllDue ON Cases (DueAt, Id) WHERE RowVersion > 0;
GO
CREATE INDEX IX_Cases_Status ON Cases (Status, ResolvedAt);
GO
CREATE INDEX IX_Cases_Newest ON Cases (OpenedAt, Id);
GO
CREATE INDEX IX_Cases_Owner ON Cases (OwnerId, Status) WHERE OwnerId IS NOT NULL;
GO
CREATE INDEX IX_Cases_Escalation ON Cases (NextEscalationAt) WHERE NextEscalationAt IS NOT NULL;
GO

CREATE TABLE CaseAnswers (
    AnswerId         bigint NOT NULL CONSTRAINT PK_CaseAnswers PRIMARY KEY CONSTRAINT FK_CaseAnswers_AnswerId REFERENCES Answers (Id),-- an answer belongs to one case at most
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseAnswers_CaseId REFERENCES Cases (Id)
);
GO
CREATE INDEX IX_CaseAnswers_Case ON CaseAnswers (CaseId);
GO

CREATE TABLE CaseWatchers (
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseWatchers_CaseId REFERENCES Cases (Id),
    PersonId         int NOT NULL CONSTRAINT FK_CaseWatchers_PersonId REFERENCES People (Id),
    CONSTRAINT PK_CaseWatchers PRIMARY KEY (CaseId, PersonId)
);
GO

CREATE TABLE CaseEvents (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_CaseEvents PRIMARY KEY,
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseEvents_CaseId REFERENCES Cases (Id),
    Version          int NOT NULL,                                                                  -- RowVersion of the case that it led to
    HappenedAt       datetime2(3) NOT NULL,
    Event            nvarchar(100) NOT NULL,                                                        -- CaseEventName
    ActorId          int NULL CONSTRAINT FK_CaseEvents_ActorId REFERENCES People (Id),              -- null: the system or a key
    ActorName        nvarchar(200) NOT NULL,
    Note             nvarchar(max) NULL,
    Detail           nvarchar(max) NULL                                                             -- JSON: what changed, from and to
);
GO
CREATE INDEX IX_CaseEvents_Case ON CaseEvents (CaseId, Id);
GO

CREATE TABLE Escalations (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Escalations PRIMARY KEY,
    CaseId           bigint NOT NULL CONSTRAINT FK_Escalations_CaseId REFERENCES Cases (Id),
    Breach           int NOT NULL,
    Level            int NOT NULL,
    ToPersonId       int NULL CONSTRAINT FK_Escalations_ToPersonId REFERENCES People (Id),
    Reason           nvarchar(1000) NOT NULL,
    EscalatedAt      datetime2(3) NOT NULL,
    CONSTRAINT UX_Escalations UNIQUE (CaseId, Breach, Level)
);
GO

CREATE TABLE Notices (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Notices PRIMARY KEY,
    PersonId         int NOT NULL CONSTRAINT FK_Notices_PersonId REFERENCES People (Id),
    Event            nvarchar(100) NOT NULL,
    CaseId           bigint NULL CONSTRAINT FK_Notices_CaseId REFERENCES Cases (Id),
    Detail           nvarchar(max) NULL,
    DedupKey         nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Notices_DedupKey UNIQUE,
    CreatedAt        datetime2(3) NOT NULL,
    ReadAt           datetime2(3) NULL
);
GO
CREATE INDEX IX_Notices_Person ON Notices (PersonId, Id);
GO
CREATE INDEX IX_Notices_Unread ON Notices (PersonId, Id) WHERE ReadAt IS NULL;
GO

-- The house
CREATE TABLE ChangeLog (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_ChangeLog PRIMARY KEY,
    ChangedAt        datetime2(3) NOT NULL,
    Topic            tinyint NOT NULL                                                               -- ChangeTopic
);
GO

CREATE TABLE AuditLog (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_AuditLog PRIMARY KEY,
    HappenedAt       datetime2(3) NOT NULL,
    ActorId          int NULL,
    ActorName        nvarchar(200) NOT NULL,
    Event            nvarchar(100) NOT NULL,
    Entity           nvarchar(100) NOT NULL,
    EntityId         nvarchar(220) NOT NULL,
    Detail           nvarchar(max) NULL
);
GO
CREATE INDEX IX_AuditLog_Entity ON AuditLog (Entity, EntityId, Id);
GO

CREATE TABLE JobRuns (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_JobRuns PRIMARY KEY,
    Job              nvarchar(100) NOT NULL,
    StartedAt        datetime2(3) NOT NULL,
    DurationMs       int NOT NULL,
    Outcome          tinyint NOT NULL,                                                              -- 1 done, 2 failed
    Detail           nvarchar(max) NULL
);
GO
CREATE INDEX IX_JobRuns_Job ON JobRuns (Job, Id);
GO

CREATE TABLE DataProtectionKeys (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_DataProtectionKeys PRIMARY KEY,
    FriendlyName     nvarchar(400) NOT NULL,
    Xml              nvarchar(max) NOT NULL
);
GO

CREATE TABLE Settings (
    Name             nvarchar(100) NOT NULL CONSTRAINT PK_Settings PRIMARY KEY,
    Setting          nvarchar(max) NOT NULL
);
GO
-- The row that writers of the change log take in turn.
INSERT INTO Settings (Name, Setting) VALUES (N'changeLog', N'');
GO
