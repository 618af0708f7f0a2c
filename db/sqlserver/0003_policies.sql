-- By which rule a case was opened, and how much time it gives: all business minutes.
ALTER TABLE Cases ADD RuleKey nvarchar(60) NULL;
GO
ALTER TABLE Cases ADD SeverityByHand bit NOT NULL CONSTRAINT DF_Cases_SeverityByHand DEFAULT 0;     -- no rule changes it any more
GO
ALTER TABLE Cases ADD FirstResponseMinutes int NULL;                                                -- null: none was asked for
GO
ALTER TABLE Cases ADD FirstResponseDueAt datetime2(3) NULL;
GO
ALTER TABLE Cases ADD FirstResponseInTime bit NULL;                                                 -- fixed by the first response
GO
ALTER TABLE Cases ADD NextWarningAt datetime2(3) NULL;                                              -- null: nothing to warn of
GO
CREATE INDEX IX_Cases_Warning ON Cases (NextWarningAt) WHERE NextWarningAt IS NOT NULL;
GO
CREATE INDEX IX_Cases_Policy ON Cases (RuleVersion, Id) WHERE Status < 4;
GO

-- The first policy's rules are named by score and severity.
UPDATE Cases SET RuleKey = CONCAT(JSON_VALUE(RuleInputs, '$.decidedBy'), '-', JSON_VALUE(RuleInputs, '$.scoreSeverity'));
GO

-- Every policy that was ever in force; never changed. Version 1 is in the program (CasePolicy.First).
CREATE TABLE CasePolicies (
    Version          int NOT NULL CONSTRAINT PK_CasePolicies PRIMARY KEY,
    Document         nvarchar(max) NOT NULL,                                                        -- JSON
    Note             nvarchar(1000) NULL,
    CreatedAt        datetime2(3) NOT NULL,
    CreatedBy        nvarchar(200) NOT NULL
);
GO

-- The one that is being written.
CREATE TABLE PolicyDrafts (
    Id               int NOT NULL CONSTRAINT PK_PolicyDrafts PRIMARY KEY CONSTRAINT CK_PolicyDrafts_Id CHECK (Id = 1),
    Document         nvarchar(max) NULL,                                                            -- JSON; null: none is being written
    UpdatedAt        datetime2(3) NOT NULL,
    UpdatedBy        nvarchar(200) NOT NULL,
    RowVersion       int NOT NULL
);
