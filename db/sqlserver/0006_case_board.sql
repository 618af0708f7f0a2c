-- The board at size
-- A page is merged from ranges of these: status, severity, then the order within. One for each thing that a viewer's reach
-- or a filter can name, so that none of them is looked for among other cases; what else is asked is answered in the index too.
DROP INDEX IX_Cases_Urgency ON Cases;
GO
DROP INDEX IX_Cases_Due ON Cases;
GO
DROP INDEX IX_Cases_AllUrgency ON Cases;
GO
DROP INDEX IX_Cases_AllDue ON Cases;
GO
DROP INDEX IX_Cases_Status ON Cases;
GO
DROP INDEX IX_Cases_Owner ON Cases;
GO
CREATE INDEX IX_Cases_Board ON Cases (Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, ProductId, OwnerId);
GO
CREATE INDEX IX_Cases_Region ON Cases (RegionId, Status, Severity, DueAt, Value12m DESC, Id, TeamId, ProductId, OwnerId);
GO
CREATE INDEX IX_Cases_Team ON Cases (TeamId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, ProductId, OwnerId);
GO
CREATE INDEX IX_Cases_Product ON Cases (ProductId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, OwnerId);
GO
CREATE INDEX IX_Cases_OwnedBy ON Cases (OwnerId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, ProductId);
GO
-- What was resolved on a day, with all that filters ask of it.
CREATE INDEX IX_Cases_Resolved ON Cases (ResolvedAt, Id, RegionId, TeamId, OwnerId, ProductId, Severity) WHERE ResolvedAt IS NOT NULL;
GO
CREATE INDEX IX_Cases_ToClose ON Cases (Status, ResolvedAt) WHERE Status = 4;
GO
CREATE INDEX IX_Cases_Customer ON Cases (CustomerId) WHERE CustomerId IS NOT NULL;
GO
-- The live board's oldest open case, and the newest change of one.
CREATE INDEX IX_Cases_OpenSince ON Cases (OpenedAt) WHERE Status < 4;
GO
CREATE INDEX IX_Cases_Touched ON Cases (UpdatedAt) WHERE Status < 4;
GO
CREATE INDEX IX_CaseWatchers_Person ON CaseWatchers (PersonId, CaseId);
GO

-- Open cases counted by team and by the UTC day, and the UTC month, of their deadline; never negative. Kept in the transaction that changes a case.
CREATE TABLE CaseTallies (
    Grain            tinyint NOT NULL CONSTRAINT CK_CaseTallies_Grain CHECK (Grain IN (1, 2)),      -- 1 month, 2 day
    FromDay          date NOT NULL,                                                                 -- its first day
    RegionId         int NOT NULL,
    TeamId           int NOT NULL,
    New              int NOT NULL,
    InProgress       int NOT NULL,
    Waiting          int NOT NULL,
    Critical         int NOT NULL,                                                                  -- of all three
    CONSTRAINT PK_CaseTallies PRIMARY KEY (Grain, FromDay, RegionId, TeamId)
);
GO
INSERT INTO CaseTallies (Grain, FromDay, RegionId, TeamId, New, InProgress, Waiting, Critical)
SELECT c.Grain, c.FromDay, c.RegionId, c.TeamId, SUM(CASE WHEN c.Status = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN c.Status = 2 THEN 1 ELSE 0 END),
    SUM(CASE WHEN c.Status = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END)
FROM (
    SELECT 1 AS Grain, DATEFROMPARTS(YEAR(DueAt), MONTH(DueAt), 1) AS FromDay, RegionId, TeamId, Status, Severity FROM Cases WHERE Status < 4
    UNION ALL
    SELECT 2 AS Grain, CAST(DueAt AS date) AS FromDay, RegionId, TeamId, Status, Severity FROM Cases WHERE Status < 4) c
GROUP BY c.Grain, c.FromDay, c.RegionId, c.TeamId;
GO

-- The words of each case (SearchWords): reference, customer, comments, notes.
CREATE TABLE CaseWords (
    CaseId           bigint NOT NULL CONSTRAINT FK_CaseWords_CaseId REFERENCES Cases (Id),
    Word             nvarchar(32) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT PK_CaseWords PRIMARY KEY (CaseId, Word)
);
GO
CREATE INDEX IX_CaseWords_Word ON CaseWords (Word, CaseId);
GO

-- Cases from before are given their words by a job, the newest first; those from this id on have theirs.
INSERT INTO Settings (Name, Setting) SELECT N'caseSearchBelow', CAST(MAX(Id) + 1 AS nvarchar(20)) FROM Cases HAVING COUNT(*) > 0;
GO

-- Set when a name changes, until the customer's cases are found by the new one.
ALTER TABLE Customers ADD IsRenamed bit NOT NULL CONSTRAINT DF_Customers_IsRenamed DEFAULT 0;
GO
CREATE INDEX IX_Customers_Renamed ON Customers (IsRenamed) WHERE IsRenamed = 1;
