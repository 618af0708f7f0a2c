-- Times are UTC text 'yyyy-MM-dd HH:mm:ss.fff', days are text 'yyyy-MM-dd' in the company's zone. Text compares binary.

-- Who and where
CREATE TABLE Units (
    Id               INTEGER PRIMARY KEY,
    ParentId         INTEGER NULL REFERENCES Units (Id),
    Kind             INTEGER NOT NULL CHECK (Kind IN (1, 2, 3)),      -- company, region, team
    Code             TEXT    NOT NULL,
    Name             TEXT    NOT NULL,
    TimeZone         TEXT    NULL,                                    -- IANA; null takes the parent's
    IsPlaced         INTEGER NOT NULL DEFAULT 1,                      -- 0: came in by intake, still to be placed
    IsNoTeam         INTEGER NOT NULL DEFAULT 0,                      -- the region's "no team"
    IsActive         INTEGER NOT NULL DEFAULT 1,
    FallbackPersonId INTEGER NULL,                                    -- owns what nobody else is responsible for
    RowVersion       INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT UX_Units_Code UNIQUE (Kind, Code)
);
CREATE INDEX IX_Units_Parent ON Units (ParentId);
INSERT INTO Units (Id, ParentId, Kind, Code, Name) VALUES (1, NULL, 1, 'company', 'Company');

CREATE TABLE People (
    Id            INTEGER PRIMARY KEY,
    Name          TEXT    NOT NULL,
    AgentCode     TEXT    NULL,                                       -- the code that intake sends
    UserName      TEXT    NULL,                                       -- lower case; null cannot sign in
    Role          INTEGER NULL CHECK (Role BETWEEN 1 AND 6),          -- agent, supervisor, manager, executive, admin, wall
    PasswordHash  TEXT    NULL,
    SecurityStamp TEXT    NULL,                                       -- changes when every session must end
    FailedSignIns INTEGER NOT NULL DEFAULT 0,
    LockedUntil   TEXT    NULL,
    LastSignInAt  TEXT    NULL,
    Language      TEXT    NULL,
    IsPlaced      INTEGER NOT NULL DEFAULT 1,
    IsActive      INTEGER NOT NULL DEFAULT 1,
    RowVersion    INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX UX_People_AgentCode ON People (AgentCode) WHERE AgentCode IS NOT NULL;
CREATE UNIQUE INDEX UX_People_UserName ON People (UserName) WHERE UserName IS NOT NULL;

CREATE TABLE Places (
    Id       INTEGER PRIMARY KEY,
    PersonId INTEGER NOT NULL REFERENCES People (Id),
    UnitId   INTEGER NOT NULL REFERENCES Units (Id),
    Role     INTEGER NOT NULL CHECK (Role BETWEEN 1 AND 5),
    FromDay  TEXT    NOT NULL,
    ToDay    TEXT    NULL,                                            -- exclusive
    CONSTRAINT UX_Places UNIQUE (PersonId, UnitId, Role, FromDay)
);
CREATE INDEX IX_Places_Unit ON Places (UnitId, Role);

CREATE TABLE SetupLinks (
    TokenHash TEXT    PRIMARY KEY,                                    -- SHA-256, hexadecimal
    PersonId  INTEGER NULL REFERENCES People (Id),                    -- null: makes the first admin
    ExpiresAt TEXT    NOT NULL,
    UsedAt    TEXT    NULL
) WITHOUT ROWID;

CREATE TABLE ApiKeys (
    Id         INTEGER PRIMARY KEY,
    Name       TEXT    NOT NULL,
    KeyHash    TEXT    NOT NULL CONSTRAINT UX_ApiKeys_Hash UNIQUE,    -- SHA-256, hexadecimal
    Scopes     INTEGER NOT NULL,                                      -- 1 ingest, 2 read, 4 desk
    UnitId     INTEGER NULL REFERENCES Units (Id),
    CreatedAt  TEXT    NOT NULL,
    LastUsedAt TEXT    NULL,
    RevokedAt  TEXT    NULL
);
CREATE UNIQUE INDEX UX_ApiKeys_Name ON ApiKeys (Name) WHERE RevokedAt IS NULL;

-- What answers are about
CREATE TABLE Sources (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Sources_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0,
    ExpectedSilenceMinutes INTEGER NOT NULL DEFAULT 30                -- longer silence in business hours is stale
);

CREATE TABLE Products (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Products_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE Channels (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Channels_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE Touchpoints (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Touchpoints_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE Attributes (
    Id       INTEGER PRIMARY KEY,
    Code     TEXT    NOT NULL CONSTRAINT UX_Attributes_Code UNIQUE,
    Name     TEXT    NOT NULL,
    IsPlaced INTEGER NOT NULL DEFAULT 0,
    Minimum  REAL    NOT NULL DEFAULT 1,
    Maximum  REAL    NOT NULL DEFAULT 5
);
-- Reserved: what a customer intends to do.
INSERT INTO Attributes (Code, Name, IsPlaced) VALUES ('repurchase', 'Repurchase', 1), ('recommend', 'Recommend', 1), ('reference', 'Reference', 1);

CREATE TABLE Measures (
    Id         INTEGER PRIMARY KEY,
    Code       TEXT    NOT NULL CONSTRAINT UX_Measures_Code UNIQUE,
    Name       TEXT    NOT NULL,
    IsPlaced   INTEGER NOT NULL DEFAULT 0,
    Unit       INTEGER NOT NULL DEFAULT 0,                            -- 0 number, 1 seconds, 2 share 0-1
    UpperLimit REAL    NULL
);
-- What nearly everybody measures, with its unit, so that a negative duration or a share over 1 is refused from the first day on.
INSERT INTO Measures (Code, Name, IsPlaced, Unit) VALUES
    ('wait', 'Wait', 1, 1), ('handleTime', 'Handle time', 1, 1), ('delivery', 'Delivery', 1, 1),
    ('abandoned', 'Abandoned', 1, 2), ('uptime', 'Uptime', 1, 2), ('resolved', 'Resolved', 1, 2);

CREATE TABLE Customers (
    Id        INTEGER PRIMARY KEY,
    Code      TEXT    NOT NULL CONSTRAINT UX_Customers_Code UNIQUE,
    Name      TEXT    NULL,
    Segment   TEXT    NULL,
    Value12m  NUMERIC NULL,                                           -- spend in the last 12 months, company currency
    Phone     TEXT    NULL,
    Email     TEXT    NULL,
    Language  TEXT    NULL,
    NoContact INTEGER NOT NULL DEFAULT 0,
    AsOf      TEXT    NOT NULL                                        -- respondedAt of the answer that the record follows
);
CREATE INDEX IX_Customers_Value ON Customers (Value12m) WHERE Value12m IS NOT NULL;

-- What came in, append-only
CREATE TABLE Answers (
    Id           INTEGER PRIMARY KEY,
    SourceId     INTEGER NOT NULL REFERENCES Sources (Id),
    ExternalId   TEXT    NOT NULL,
    RespondedAt  TEXT    NOT NULL,
    ReceivedAt   TEXT    NOT NULL,
    Day          TEXT    NOT NULL,
    RegionId     INTEGER NOT NULL REFERENCES Units (Id),
    TeamId       INTEGER NOT NULL REFERENCES Units (Id),
    AgentId      INTEGER NULL REFERENCES People (Id),
    ProductId    INTEGER NOT NULL REFERENCES Products (Id),
    ChannelId    INTEGER NOT NULL REFERENCES Channels (Id),
    TouchpointId INTEGER NULL REFERENCES Touchpoints (Id),
    CustomerId   INTEGER NULL REFERENCES Customers (Id),
    Csat         INTEGER NULL CHECK (Csat BETWEEN 1 AND 5),
    Nps          INTEGER NULL CHECK (Nps BETWEEN 0 AND 10),
    Ces          INTEGER NULL CHECK (Ces BETWEEN 1 AND 7),
    IsLow        INTEGER NOT NULL DEFAULT 0,                          -- under a threshold when it came in
    Comment      TEXT    NULL,
    Language     TEXT    NULL,
    CONSTRAINT UX_Answers_Identity UNIQUE (SourceId, ExternalId)
);
CREATE INDEX IX_Answers_RespondedAt ON Answers (RespondedAt);
CREATE INDEX IX_Answers_Team ON Answers (TeamId, RespondedAt);
CREATE INDEX IX_Answers_Agent ON Answers (AgentId, RespondedAt) WHERE AgentId IS NOT NULL;
CREATE INDEX IX_Answers_Product ON Answers (ProductId, RespondedAt);
CREATE INDEX IX_Answers_Low ON Answers (RespondedAt) WHERE IsLow = 1;

CREATE TABLE AnswerRatings (
    AnswerId    INTEGER NOT NULL REFERENCES Answers (Id),
    AttributeId INTEGER NOT NULL REFERENCES Attributes (Id),
    Value       REAL    NOT NULL,
    PRIMARY KEY (AnswerId, AttributeId)
) WITHOUT ROWID;

CREATE TABLE Measurements (
    Id           INTEGER PRIMARY KEY,
    SourceId     INTEGER NOT NULL REFERENCES Sources (Id),
    ExternalId   TEXT    NOT NULL,
    MeasureId    INTEGER NOT NULL REFERENCES Measures (Id),
    MeasuredAt   TEXT    NOT NULL,
    ReceivedAt   TEXT    NOT NULL,
    Day          TEXT    NOT NULL,
    RegionId     INTEGER NULL REFERENCES Units (Id),
    TeamId       INTEGER NULL REFERENCES Units (Id),
    AgentId      INTEGER NULL REFERENCES People (Id),
    ProductId    INTEGER NULL REFERENCES Products (Id),
    ChannelId    INTEGER NULL REFERENCES Channels (Id),
    Value        REAL    NOT NULL,                                    -- mean of the observations
    Observations INTEGER NOT NULL DEFAULT 1 CHECK (Observations >= 1),
    AnswerId     INTEGER NULL REFERENCES Answers (Id),                -- the answer it came with
    CONSTRAINT UX_Measurements_Identity UNIQUE (SourceId, ExternalId, MeasureId)
);
CREATE UNIQUE INDEX UX_Measurements_Own ON Measurements (SourceId, ExternalId) WHERE AnswerId IS NULL;
CREATE INDEX IX_Measurements_At ON Measurements (MeasureId, MeasuredAt);

-- Sums and counts, never averages
CREATE TABLE Rollups (
    Axis     INTEGER NOT NULL,                                        -- what KeyId is: 1 team (0), 2 agent, 3 product, 4 channel
    Kind     INTEGER NOT NULL,                                        -- 1 score, 2 attribute rating, 3 measure
    MetricId INTEGER NOT NULL,                                        -- score: 1 csat, 2 nps, 3 ces; else attribute or measure
    Day      TEXT    NOT NULL,
    RegionId INTEGER NOT NULL,                                        -- 0: a measurement without a region
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
    NewestAt TEXT    NOT NULL,                                        -- the newest item counted
    PRIMARY KEY (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId)
) WITHOUT ROWID;

-- What is aimed at
CREATE TABLE Targets (
    Id        INTEGER PRIMARY KEY,
    UnitId    INTEGER NULL REFERENCES Units (Id),
    ProductId INTEGER NULL REFERENCES Products (Id),
    ChannelId INTEGER NULL REFERENCES Channels (Id),
    Kind      INTEGER NOT NULL,
    MetricId  INTEGER NOT NULL,
    FromDay   TEXT    NOT NULL,
    Target    REAL    NOT NULL,
    Source    INTEGER NOT NULL,                                       -- 1 industry, 2 own baseline, 3 management
    Note      TEXT    NULL,
    CreatedAt TEXT    NOT NULL,
    CreatedBy TEXT    NOT NULL
);
CREATE INDEX IX_Targets_Metric ON Targets (Kind, MetricId, FromDay);

CREATE TABLE TargetGaps (
    Axis         INTEGER NOT NULL,                                    -- 0 unit, else as in Rollups
    KeyId        INTEGER NOT NULL,
    Kind         INTEGER NOT NULL,
    MetricId     INTEGER NOT NULL,
    Day          TEXT    NOT NULL,
    N            INTEGER NOT NULL,
    Score        REAL    NOT NULL,
    Target       REAL    NOT NULL,
    Gap          REAL    NOT NULL,
    CalculatedAt TEXT    NOT NULL,
    PRIMARY KEY (Kind, Day, MetricId, Axis, KeyId)
) WITHOUT ROWID;

-- Cases
CREATE TABLE Cases (
    Id               INTEGER PRIMARY KEY AUTOINCREMENT,               -- the reference is C-Id
    Status           INTEGER NOT NULL,                                -- 1 new, 2 in progress, 3 waiting, 4 resolved, 5 closed
    Severity         INTEGER NOT NULL,                                -- 1 critical, 2 high, 3 medium, 4 low
    OpenedAt         TEXT    NOT NULL,
    ClockFrom        TEXT    NOT NULL,                                -- where the deadline clock starts: opened, or reopened
    TargetMinutes    INTEGER NOT NULL,                                -- business minutes allowed
    PausedMinutes    INTEGER NOT NULL DEFAULT 0,                      -- business minutes waited for the customer, added to the target
    DueAt            TEXT    NOT NULL,
    WaitingSince     TEXT    NULL,
    WaitingUntil     TEXT    NULL,
    WaitingReason    TEXT    NULL,
    OwnerId          INTEGER NULL REFERENCES People (Id),
    ResponsibleId    INTEGER NULL REFERENCES People (Id),             -- whom the queue answers to while nobody owns it
    RegionId         INTEGER NOT NULL REFERENCES Units (Id),
    TeamId           INTEGER NOT NULL REFERENCES Units (Id),
    AgentId          INTEGER NULL REFERENCES People (Id),
    ProductId        INTEGER NOT NULL REFERENCES Products (Id),
    CustomerId       INTEGER NULL REFERENCES Customers (Id),
    AnswerId         INTEGER NOT NULL REFERENCES Answers (Id),        -- the answer that opened it
    Value12m         NUMERIC NOT NULL DEFAULT 0,                      -- the customer's, as known when opened or joined
    RuleVersion      INTEGER NOT NULL,
    RuleInputs       TEXT    NOT NULL,                                -- JSON
    Breach           INTEGER NOT NULL DEFAULT 1,                      -- counts up when reopened
    EscalationLevel  INTEGER NOT NULL DEFAULT 0,
    EscalatedToId    INTEGER NULL REFERENCES People (Id),
    NextEscalationAt TEXT    NULL,                                    -- null: nothing to climb
    FirstResponseAt  TEXT    NULL,
    ResolvedAt       TEXT    NULL,
    ResolvedInTime   INTEGER NULL,
    ElapsedMinutes   INTEGER NULL,                                    -- business minutes to resolution, pauses left out
    RootCause        TEXT    NULL,
    ContactOutcome   INTEGER NULL,                                    -- 1 reached, 2 three attempts, 3 no contact wanted
    ClosedAt         TEXT    NULL,
    UpdatedAt        TEXT    NOT NULL,
    RowVersion       INTEGER NOT NULL DEFAULT 1
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('Cases', 1000);
CREATE UNIQUE INDEX UX_Cases_OpenCustomer ON Cases (CustomerId) WHERE CustomerId IS NOT NULL AND Status < 4;
CREATE INDEX IX_Cases_Urgency ON Cases (Severity, DueAt, Value12m DESC, Id) WHERE Status < 4;
CREATE INDEX IX_Cases_Due ON Cases (DueAt, Id) WHERE Status < 4;
-- Open and closed together. The condition holds always; whoever wants open cases does not state it, and so keeps to the indexes of those.
CREATE INDEX IX_Cases_AllUrgency ON Cases (Severity, DueAt, Value12m DESC, Id) WHERE RowVersion > 0;
CREATE INDEX IX_Cases_AllDue ON Cases (DueAt, Id) WHERE RowVersion > 0;
CREATE INDEX IX_Cases_Status ON Cases (Status, ResolvedAt);
CREATE INDEX IX_Cases_Newest ON Cases (OpenedAt, Id);
CREATE INDEX IX_Cases_Owner ON Cases (OwnerId, Status) WHERE OwnerId IS NOT NULL;
CREATE INDEX IX_Cases_Escalation ON Cases (NextEscalationAt) WHERE NextEscalationAt IS NOT NULL;

CREATE TABLE CaseAnswers (
    AnswerId INTEGER PRIMARY KEY REFERENCES Answers (Id),             -- an answer belongs to one case at most
    CaseId   INTEGER NOT NULL REFERENCES Cases (Id)
);
CREATE INDEX IX_CaseAnswers_Case ON CaseAnswers (CaseId);

CREATE TABLE CaseWatchers (
    CaseId   INTEGER NOT NULL REFERENCES Cases (Id),
    PersonId INTEGER NOT NULL REFERENCES People (Id),
    PRIMARY KEY (CaseId, PersonId)
) WITHOUT ROWID;

CREATE TABLE CaseEvents (
    Id         INTEGER PRIMARY KEY,
    CaseId     INTEGER NOT NULL REFERENCES Cases (Id),
    Version    INTEGER NOT NULL,                                      -- RowVersion of the case that it led to
    HappenedAt TEXT    NOT NULL,
    Event      TEXT    NOT NULL,                                      -- CaseEventName
    ActorId    INTEGER NULL REFERENCES People (Id),                   -- null: the system or a key
    ActorName  TEXT    NOT NULL,
    Note       TEXT    NULL,
    Detail     TEXT    NULL                                           -- JSON: what changed, from and to
);
CREATE INDEX IX_CaseEvents_Case ON CaseEvents (CaseId, Id);

CREATE TABLE Escalations (
    Id          INTEGER PRIMARY KEY,
    CaseId      INTEGER NOT NULL REFERENCES Cases (Id),
    Breach      INTEGER NOT NULL,
    Level       INTEGER NOT NULL,
    ToPersonId  INTEGER NULL REFERENCES People (Id),
    Reason      TEXT    NOT NULL,
    EscalatedAt TEXT    NOT NULL,
    CONSTRAINT UX_Escalations UNIQUE (CaseId, Breach, Level)
);

CREATE TABLE Notices (
    Id        INTEGER PRIMARY KEY,
    PersonId  INTEGER NOT NULL REFERENCES People (Id),
    Event     TEXT    NOT NULL,
    CaseId    INTEGER NULL REFERENCES Cases (Id),
    Detail    TEXT    NULL,
    DedupKey  TEXT    NOT NULL CONSTRAINT UX_Notices_DedupKey UNIQUE,
    CreatedAt TEXT    NOT NULL,
    ReadAt    TEXT    NULL
);
CREATE INDEX IX_Notices_Person ON Notices (PersonId, Id);
CREATE INDEX IX_Notices_Unread ON Notices (PersonId, Id) WHERE ReadAt IS NULL;

-- The house
CREATE TABLE ChangeLog (
    Id        INTEGER PRIMARY KEY AUTOINCREMENT,
    ChangedAt TEXT    NOT NULL,
    Topic     INTEGER NOT NULL                                        -- ChangeTopic
);

CREATE TABLE AuditLog (
    Id         INTEGER PRIMARY KEY,
    HappenedAt TEXT    NOT NULL,
    ActorId    INTEGER NULL,
    ActorName  TEXT    NOT NULL,
    Event      TEXT    NOT NULL,
    Entity     TEXT    NOT NULL,
    EntityId   TEXT    NOT NULL,
    Detail     TEXT    NULL
);
CREATE INDEX IX_AuditLog_Entity ON AuditLog (Entity, EntityId, Id);

CREATE TABLE JobRuns (
    Id         INTEGER PRIMARY KEY,
    Job        TEXT    NOT NULL,
    StartedAt  TEXT    NOT NULL,
    DurationMs INTEGER NOT NULL,
    Outcome    INTEGER NOT NULL,                                      -- 1 done, 2 failed
    Detail     TEXT    NULL
);
CREATE INDEX IX_JobRuns_Job ON JobRuns (Job, Id);

CREATE TABLE DataProtectionKeys (
    Id           INTEGER PRIMARY KEY,
    FriendlyName TEXT    NOT NULL,
    Xml          TEXT    NOT NULL
);

CREATE TABLE Settings (
    Name    TEXT PRIMARY KEY,
    Setting TEXT NOT NULL
) WITHOUT ROWID;
