-- What people are told outside of CxDesk, and how each of them wants to be told.

ALTER TABLE People ADD Email nvarchar(320) NULL;                                                    -- where mail for them goes; null: none
GO
ALTER TABLE People ADD AnyHour bit NOT NULL CONSTRAINT DF_People_AnyHour DEFAULT 0;                 -- 1: mail may come outside their working hours too
GO

-- No row: as NoticeTopics tells everybody.
CREATE TABLE NoticePreferences (
    PersonId         int NOT NULL CONSTRAINT FK_NoticePreferences_PersonId REFERENCES People (Id),
    Topic            tinyint NOT NULL,                                                              -- NoticeTopic
    ByBell           bit NOT NULL,
    ByMail           bit NOT NULL,
    CONSTRAINT PK_NoticePreferences PRIMARY KEY (PersonId, Topic)
);
GO

CREATE TABLE Webhooks (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Webhooks PRIMARY KEY,
    Name             nvarchar(200) NOT NULL CONSTRAINT UX_Webhooks_Name UNIQUE,
    Address          nvarchar(2000) NOT NULL,
    Shape            tinyint NOT NULL,                                                              -- 1 json, 2 slack, 3 teams, 4 wecom, 5 dingtalk, 6 feishu
    Secret           nvarchar(400) NULL,
    Language         nvarchar(35) NOT NULL,
    UnitId           int NOT NULL CONSTRAINT FK_Webhooks_UnitId REFERENCES Units (Id),              -- of whose cases it hears
    Topics           int NOT NULL,                                                                  -- bit 1 << NoticeTopic
    IsActive         bit NOT NULL CONSTRAINT DF_Webhooks_IsActive DEFAULT 1,
    CreatedAt        datetime2(3) NOT NULL,
    RowVersion       int NOT NULL CONSTRAINT DF_Webhooks_RowVersion DEFAULT 1
);
GO

CREATE TABLE Deliveries (
    Id               bigint IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Deliveries PRIMARY KEY,
    Channel          tinyint NOT NULL CONSTRAINT CK_Deliveries_Channel CHECK (Channel IN (1, 2)),   -- mail, webhook
    PersonId         int NULL CONSTRAINT FK_Deliveries_PersonId REFERENCES People (Id),             -- whom the notice is for; null: a test of a webhook
    WebhookId        int NULL CONSTRAINT FK_Deliveries_WebhookId REFERENCES Webhooks (Id),
    Event            nvarchar(100) NOT NULL,                                                        -- NoticeEvent
    CaseId           bigint NULL CONSTRAINT FK_Deliveries_CaseId REFERENCES Cases (Id),
    Detail           nvarchar(max) NULL,                                                            -- JSON, as of the notice
    DedupKey         nvarchar(220) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Deliveries_DedupKey UNIQUE,
    Status           tinyint NOT NULL CONSTRAINT DF_Deliveries_Status DEFAULT 1,                    -- 1 queued, 2 sending, 3 sent, 4 failed, 5 cancelled, 6 unknown
    Attempts         int NOT NULL CONSTRAINT DF_Deliveries_Attempts DEFAULT 0,
    CreatedAt        datetime2(3) NOT NULL,
    NextAt           datetime2(3) NOT NULL,                                                         -- not before
    Lease            nvarchar(40) COLLATE Latin1_General_BIN2 NULL,                                 -- the sender that has it
    LeasedUntil      datetime2(3) NULL,
    SentTo           nvarchar(2000) NULL,                                                           -- the address it went to
    Reason           nvarchar(100) NULL,                                                            -- DeliveryReason: why it was held or cancelled
    LastError        nvarchar(1000) NULL,
    EndedAt          datetime2(3) NULL
);
GO
CREATE INDEX IX_Deliveries_Due ON Deliveries (Status, NextAt);
GO
CREATE INDEX IX_Deliveries_Lease ON Deliveries (Lease) WHERE Lease IS NOT NULL;
GO
CREATE INDEX IX_Deliveries_Case ON Deliveries (CaseId) WHERE Status = 1;
GO
CREATE INDEX IX_Deliveries_Status ON Deliveries (Status, Id);
GO

-- Whose open cases lie where: the hand-over starts from people, not from a million cases. An open case has no ResolvedAt:
-- the query says it so, and no other index of owners is taken for it.
CREATE INDEX IX_Cases_OpenOwner ON Cases (OwnerId, RegionId) WHERE OwnerId IS NOT NULL AND ResolvedAt IS NULL;
GO
CREATE INDEX IX_Cases_OpenResponsible ON Cases (ResponsibleId, RegionId) WHERE ResponsibleId IS NOT NULL AND ResolvedAt IS NULL;
GO
CREATE INDEX IX_Cases_OpenEscalated ON Cases (EscalatedToId, RegionId) WHERE EscalatedToId IS NOT NULL AND ResolvedAt IS NULL;
GO

-- What the owner of a case was reminded of: each deadline, each wait, once.
CREATE TABLE CaseReminders (
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseReminders_CaseId REFERENCES Cases (Id),
    Topic            tinyint NOT NULL,                                                              -- NoticeTopic: due soon, overdue, wait over
    ForAt            datetime2(3) NOT NULL,                                                         -- the deadline, or the end of the wait
    PersonId         int NULL CONSTRAINT FK_CaseReminders_PersonId REFERENCES People (Id),          -- null: nobody to be told
    RemindedAt       datetime2(3) NOT NULL,
    CONSTRAINT PK_CaseReminders PRIMARY KEY (CaseId, Topic, ForAt)
);
GO

-- Cases that are open already are reminded of too: at their deadline, or when their wait is over.
UPDATE Cases SET NextWarningAt = CASE Status WHEN 3 THEN WaitingUntil ELSE DueAt END WHERE Status < 4;
