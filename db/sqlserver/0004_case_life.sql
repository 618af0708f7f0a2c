-- Causes to choose from when a case is resolved: a tree. What a case uses is retired, never deleted.
CREATE TABLE RootCauses (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_RootCauses PRIMARY KEY,
    ParentId         int NULL CONSTRAINT FK_RootCauses_ParentId REFERENCES RootCauses (Id),
    Code             nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_RootCauses_Code UNIQUE,  -- what cases and programs keep; never changes
    Name             nvarchar(200) NULL,                                                            -- null: a usual one, named in the reader's language
    Position         int NOT NULL,                                                                  -- among its siblings
    IsRetired        bit NOT NULL CONSTRAINT DF_RootCauses_IsRetired DEFAULT 0,
    RowVersion       int NOT NULL CONSTRAINT DF_RootCauses_RowVersion DEFAULT 1
);
GO
CREATE INDEX IX_RootCauses_Parent ON RootCauses (ParentId, Position);
GO
INSERT INTO RootCauses (Code, Position) VALUES
    (N'waitTooLong', 1), (N'notSolved', 2), (N'wrongInformation', 3), (N'manner', 4), (N'productFault', 5), (N'billing', 6), (N'delivery', 7),
    (N'expectation', 8), (N'other', 9);
GO
-- Causes that a company had set up for itself.
INSERT INTO RootCauses (Code, Name, Position)
SELECT DISTINCT c.RootCause COLLATE Latin1_General_BIN2, c.RootCause COLLATE Latin1_General_BIN2, 10
FROM Cases c WHERE c.RootCause IS NOT NULL AND c.RootCause COLLATE Latin1_General_BIN2 NOT IN (SELECT r.Code FROM RootCauses r);
GO

-- Two cases that have to do with each other, once for both.
CREATE TABLE CaseLinks (
    FirstId          bigint NOT NULL CONSTRAINT FK_CaseLinks_FirstId REFERENCES Cases (Id),
    SecondId         bigint NOT NULL CONSTRAINT FK_CaseLinks_SecondId REFERENCES Cases (Id),
    Kind             int NOT NULL,                                                                  -- CaseLinkKind, as the first sees the second
    LinkedAt         datetime2(3) NOT NULL,
    CONSTRAINT PK_CaseLinks PRIMARY KEY (FirstId, SecondId),
    CONSTRAINT CK_CaseLinks_Order CHECK (FirstId < SecondId)
);
GO
CREATE INDEX IX_CaseLinks_Second ON CaseLinks (SecondId);
GO

-- What somebody has typed about a case and not sent.
CREATE TABLE CaseDrafts (
    PersonId         int NOT NULL CONSTRAINT FK_CaseDrafts_PersonId REFERENCES People (Id),
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseDrafts_CaseId REFERENCES Cases (Id),
    Field            nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,                            -- CaseDraftField
    Body             nvarchar(max) NOT NULL,
    UpdatedAt        datetime2(3) NOT NULL,
    CONSTRAINT PK_CaseDrafts PRIMARY KEY (PersonId, CaseId, Field)
);
GO

-- Who has a case open: a row for each screen, true as long as it is renewed.
CREATE TABLE CasePresence (
    CaseId           bigint NOT NULL CONSTRAINT FK_CasePresence_CaseId REFERENCES Cases (Id),
    PersonId         int NOT NULL CONSTRAINT FK_CasePresence_PersonId REFERENCES People (Id),
    Screen           nvarchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    IsEditing        bit NOT NULL,
    SeenAt           datetime2(3) NOT NULL,
    CONSTRAINT PK_CasePresence PRIMARY KEY (CaseId, PersonId, Screen)
);
GO
