-- What people are told outside of CxDesk, and how each of them wants to be told.

ALTER TABLE People ADD COLUMN Email TEXT NULL;                        -- where mail for them goes; null: none
ALTER TABLE People ADD COLUMN AnyHour INTEGER NOT NULL DEFAULT 0;     -- 1: mail may come outside their working hours too

-- No row: as NoticeTopics tells everybody.
CREATE TABLE NoticePreferences (
    PersonId INTEGER NOT NULL REFERENCES People (Id),
    Topic    INTEGER NOT NULL,                                        -- NoticeTopic
    ByBell   INTEGER NOT NULL,
    ByMail   INTEGER NOT NULL,
    PRIMARY KEY (PersonId, Topic)
) WITHOUT ROWID;

CREATE TABLE Webhooks (
    Id         INTEGER PRIMARY KEY,
    Name       TEXT    NOT NULL CONSTRAINT UX_Webhooks_Name UNIQUE,
    Address    TEXT    NOT NULL,
    Shape      INTEGER NOT NULL,                                      -- 1 json, 2 slack, 3 teams, 4 wecom, 5 dingtalk, 6 feishu
    Secret     TEXT    NULL,
    Language   TEXT    NOT NULL,
    UnitId     INTEGER NOT NULL REFERENCES Units (Id),                -- of whose cases it hears
    Topics     INTEGER NOT NULL,                                      -- bit 1 << NoticeTopic
    IsActive   INTEGER NOT NULL DEFAULT 1,
    CreatedAt  TEXT    NOT NULL,
    RowVersion INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE Deliveries (
    Id          INTEGER PRIMARY KEY,
    Channel     INTEGER NOT NULL CHECK (Channel IN (1, 2)),           -- mail, webhook
    PersonId    INTEGER NULL REFERENCES People (Id),                  -- whom the notice is for; null: a test of a webhook
    WebhookId   INTEGER NULL REFERENCES Webhooks (Id),
    Event       TEXT    NOT NULL,                                     -- NoticeEvent
    CaseId      INTEGER NULL REFERENCES Cases (Id),
    Detail      TEXT    NULL,                                         -- JSON, as of the notice
    DedupKey    TEXT    NOT NULL CONSTRAINT UX_Deliveries_DedupKey UNIQUE,
    Status      INTEGER NOT NULL DEFAULT 1,                           -- 1 queued, 2 sending, 3 sent, 4 failed, 5 cancelled, 6 unknown
    Attempts    INTEGER NOT NULL DEFAULT 0,
    CreatedAt   TEXT    NOT NULL,
    NextAt      TEXT    NOT NULL,                                     -- not before
    Lease       TEXT    NULL,                                         -- the sender that has it
    LeasedUntil TEXT    NULL,
    SentTo      TEXT    NULL,                                         -- the address it went to
    Reason      TEXT    NULL,                                         -- DeliveryReason: why it was held or cancelled
    LastError   TEXT    NULL,
    EndedAt     TEXT    NULL
);
CREATE INDEX IX_Deliveries_Due ON Deliveries (Status, NextAt);
CREATE INDEX IX_Deliveries_Lease ON Deliveries (Lease) WHERE Lease IS NOT NULL;
CREATE INDEX IX_Deliveries_Case ON Deliveries (CaseId) WHERE Status = 1;
CREATE INDEX IX_Deliveries_Status ON Deliveries (Status, Id);

-- Whose open cases lie where: the hand-over starts from people, not from a million cases. An open case has no ResolvedAt:
-- the query says it so, and no other index of owners is taken for it.
CREATE INDEX IX_Cases_OpenOwner ON Cases (OwnerId, RegionId) WHERE OwnerId IS NOT NULL AND ResolvedAt IS NULL;
CREATE INDEX IX_Cases_OpenResponsible ON Cases (ResponsibleId, RegionId) WHERE ResponsibleId IS NOT NULL AND ResolvedAt IS NULL;
CREATE INDEX IX_Cases_OpenEscalated ON Cases (EscalatedToId, RegionId) WHERE EscalatedToId IS NOT NULL AND ResolvedAt IS NULL;

-- What the owner of a case was reminded of: each deadline, each wait, once.
CREATE TABLE CaseReminders (
    CaseId     INTEGER NOT NULL REFERENCES Cases (Id),
    Topic      INTEGER NOT NULL,                                      -- NoticeTopic: due soon, overdue, wait over
    ForAt      TEXT    NOT NULL,                                      -- the deadline, or the end of the wait
    PersonId   INTEGER NULL REFERENCES People (Id),                   -- null: nobody to be told
    RemindedAt TEXT    NOT NULL,
    PRIMARY KEY (CaseId, Topic, ForAt)
) WITHOUT ROWID;

-- Cases that are open already are reminded of too: at their deadline, or when their wait is over.
UPDATE Cases SET NextWarningAt = CASE Status WHEN 3 THEN WaitingUntil ELSE DueAt END WHERE Status < 4;
