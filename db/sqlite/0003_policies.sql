-- By which rule a case was opened, and how much time it gives: all business minutes.
ALTER TABLE Cases ADD COLUMN RuleKey TEXT NULL;
ALTER TABLE Cases ADD COLUMN SeverityByHand INTEGER NOT NULL DEFAULT 0;           -- no rule changes it any more
ALTER TABLE Cases ADD COLUMN FirstResponseMinutes INTEGER NULL;                    -- null: none was asked for
ALTER TABLE Cases ADD COLUMN FirstResponseDueAt TEXT NULL;
ALTER TABLE Cases ADD COLUMN FirstResponseInTime INTEGER NULL;                     -- fixed by the first response
ALTER TABLE Cases ADD COLUMN NextWarningAt TEXT NULL;                              -- null: nothing to warn of
CREATE INDEX IX_Cases_Warning ON Cases (NextWarningAt) WHERE NextWarningAt IS NOT NULL;
CREATE INDEX IX_Cases_Policy ON Cases (RuleVersion, Id) WHERE Status < 4;

-- The first policy's rules are named by score and severity.
UPDATE Cases SET RuleKey = json_extract(RuleInputs, '$.decidedBy') || '-' || json_extract(RuleInputs, '$.scoreSeverity');

-- Every policy that was ever in force; never changed. Version 1 is in the program (CasePolicy.First).
CREATE TABLE CasePolicies (
    Version   INTEGER PRIMARY KEY,
    Document  TEXT NOT NULL,                                                       -- JSON
    Note      TEXT NULL,
    CreatedAt TEXT NOT NULL,
    CreatedBy TEXT NOT NULL
);

-- The one that is being written.
CREATE TABLE PolicyDrafts (
    Id         INTEGER PRIMARY KEY CONSTRAINT CK_PolicyDrafts_Id CHECK (Id = 1),
    Document   TEXT    NULL,                                                       -- JSON; null: none is being written
    UpdatedAt  TEXT    NOT NULL,
    UpdatedBy  TEXT    NOT NULL,
    RowVersion INTEGER NOT NULL
);
