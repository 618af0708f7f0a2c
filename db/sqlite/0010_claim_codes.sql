-- A code on a wall by which somebody took a case: each works once.
CREATE TABLE ClaimCodeUses (
    CaseId   INTEGER NOT NULL REFERENCES Cases (Id),
    Slot     INTEGER NOT NULL,                                        -- the five minutes that the code was made for
    PersonId INTEGER NOT NULL REFERENCES People (Id),
    UsedAt   TEXT    NOT NULL,
    PRIMARY KEY (CaseId, Slot)
) WITHOUT ROWID;
