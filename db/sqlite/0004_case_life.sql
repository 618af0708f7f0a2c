-- Causes to choose from when a case is resolved: a tree. What a case uses is retired, never deleted.
CREATE TABLE RootCauses (
    Id         INTEGER PRIMARY KEY,
    ParentId   INTEGER NULL REFERENCES RootCauses (Id),
    Code       TEXT    NOT NULL CONSTRAINT UX_RootCauses_Code UNIQUE, -- what cases and programs keep; never changes
    Name       TEXT    NULL,                                          -- null: a usual one, named in the reader's language
    Position   INTEGER NOT NULL,                                      -- among its siblings
    IsRetired  INTEGER NOT NULL DEFAULT 0,
    RowVersion INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IX_RootCauses_Parent ON RootCauses (ParentId, Position);
INSERT INTO RootCauses (Code, Position) VALUES
    ('waitTooLong', 1), ('notSolved', 2), ('wrongInformation', 3), ('manner', 4), ('productFault', 5), ('billing', 6), ('delivery', 7),
    ('expectation', 8), ('other', 9);
-- Causes that a company had set up for itself.
INSERT INTO RootCauses (Code, Name, Position)
SELECT DISTINCT c.RootCause, c.RootCause, 10 FROM Cases c WHERE c.RootCause IS NOT NULL AND c.RootCause NOT IN (SELECT r.Code FROM RootCauses r);

-- Two cases that have to do with each other, once for both.
CREATE TABLE CaseLinks (
    FirstId   INTEGER NOT NULL REFERENCES Cases (Id),
    SecondId  INTEGER NOT NULL REFERENCES Cases (Id),
    Kind      INTEGER NOT NULL,                                       -- CaseLinkKind, as the first sees the second
    LinkedAt  TEXT    NOT NULL,
    PRIMARY KEY (FirstId, SecondId),
    CONSTRAINT CK_CaseLinks_Order CHECK (FirstId < SecondId)
) WITHOUT ROWID;
CREATE INDEX IX_CaseLinks_Second ON CaseLinks (SecondId);

-- What somebody has typed about a case and not sent.
CREATE TABLE CaseDrafts (
    PersonId  INTEGER NOT NULL REFERENCES People (Id),
    CaseId    INTEGER NOT NULL REFERENCES Cases (Id),
    Field     TEXT    NOT NULL,                                       -- CaseDraftField
    Body      TEXT    NOT NULL,
    UpdatedAt TEXT    NOT NULL,
    PRIMARY KEY (PersonId, CaseId, Field)
) WITHOUT ROWID;

-- Who has a case open: a row for each screen, true as long as it is renewed.
CREATE TABLE CasePresence (
    CaseId    INTEGER NOT NULL REFERENCES Cases (Id),
    PersonId  INTEGER NOT NULL REFERENCES People (Id),
    Screen    TEXT    NOT NULL,
    IsEditing INTEGER NOT NULL,
    SeenAt    TEXT    NOT NULL,
    PRIMARY KEY (CaseId, PersonId, Screen)
) WITHOUT ROWID;
