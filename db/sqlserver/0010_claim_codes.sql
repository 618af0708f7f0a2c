-- A code on a wall by which somebody took a case: each works once.
CREATE TABLE ClaimCodeUses (
    CaseId           bigint NOT NULL CONSTRAINT FK_ClaimCodeUses_CaseId REFERENCES Cases (Id),
    Slot             bigint NOT NULL,                                                               -- the five minutes that the code was made for
    PersonId         int NOT NULL CONSTRAINT FK_ClaimCodeUses_PersonId REFERENCES People (Id),
    UsedAt           datetime2(3) NOT NULL,
    CONSTRAINT PK_ClaimCodeUses PRIMARY KEY (CaseId, Slot)
);
GO
