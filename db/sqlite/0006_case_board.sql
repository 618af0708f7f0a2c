-- The board at size
-- A page is merged from ranges of these: status, severity, then the order within. One for each thing that a viewer's reach
-- or a filter can name, so that none of them is looked for among other cases; what else is asked is answered in the index too.
DROP INDEX IX_Cases_Urgency;
DROP INDEX IX_Cases_Due;
DROP INDEX IX_Cases_AllUrgency;
DROP INDEX IX_Cases_AllDue;
DROP INDEX IX_Cases_Status;
DROP INDEX IX_Cases_Owner;
CREATE INDEX IX_Cases_Board ON Cases (Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, ProductId, OwnerId);
CREATE INDEX IX_Cases_Region ON Cases (RegionId, Status, Severity, DueAt, Value12m DESC, Id, TeamId, ProductId, OwnerId);
CREATE INDEX IX_Cases_Team ON Cases (TeamId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, ProductId, OwnerId);
CREATE INDEX IX_Cases_Product ON Cases (ProductId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, OwnerId);
CREATE INDEX IX_Cases_OwnedBy ON Cases (OwnerId, Status, Severity, DueAt, Value12m DESC, Id, RegionId, TeamId, ProductId);
-- What was resolved on a day, with all that filters ask of it.
CREATE INDEX IX_Cases_Resolved ON Cases (ResolvedAt, Id, RegionId, TeamId, OwnerId, ProductId, Severity) WHERE ResolvedAt IS NOT NULL;
CREATE INDEX IX_Cases_ToClose ON Cases (Status, ResolvedAt) WHERE Status = 4;
CREATE INDEX IX_Cases_Customer ON Cases (CustomerId) WHERE CustomerId IS NOT NULL;
-- The live board's oldest open case, and the newest change of one.
CREATE INDEX IX_Cases_OpenSince ON Cases (OpenedAt) WHERE Status < 4;
CREATE INDEX IX_Cases_Touched ON Cases (UpdatedAt) WHERE Status < 4;
CREATE INDEX IX_CaseWatchers_Person ON CaseWatchers (PersonId, CaseId);

-- Open cases counted by team and by the UTC day, and the UTC month, of their deadline; never negative. Kept in the transaction that changes a case.
CREATE TABLE CaseTallies (
    Grain      INTEGER NOT NULL CHECK (Grain IN (1, 2)),              -- 1 month, 2 day
    FromDay    TEXT    NOT NULL,                                      -- its first day
    RegionId   INTEGER NOT NULL,
    TeamId     INTEGER NOT NULL,
    New        INTEGER NOT NULL,
    InProgress INTEGER NOT NULL,
    Waiting    INTEGER NOT NULL,
    Critical   INTEGER NOT NULL,                                      -- of all three
    PRIMARY KEY (Grain, FromDay, RegionId, TeamId)
) WITHOUT ROWID;

INSERT INTO CaseTallies (Grain, FromDay, RegionId, TeamId, New, InProgress, Waiting, Critical)
SELECT g.Grain, CASE g.Grain WHEN 1 THEN substr(c.DueAt, 1, 7) || '-01' ELSE substr(c.DueAt, 1, 10) END AS Bucket, c.RegionId, c.TeamId,
    SUM(c.Status = 1), SUM(c.Status = 2), SUM(c.Status = 3), SUM(c.Severity = 1)
FROM Cases c CROSS JOIN (SELECT 1 AS Grain UNION ALL SELECT 2) g
WHERE c.Status < 4
GROUP BY g.Grain, Bucket, c.RegionId, c.TeamId;

-- The words of each case (SearchWords): reference, customer, comments, notes. They come cut and folded, parted by spaces; the
-- tokenizer, which takes everything beyond ASCII for a letter, leaves them whole.
CREATE VIRTUAL TABLE CaseWords USING fts5 (Words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3');

-- Cases from before are given their words by a job, the newest first; those from this id on have theirs.
INSERT INTO Settings (Name, Setting) SELECT 'caseSearchBelow', MAX(Id) + 1 FROM Cases HAVING COUNT(*) > 0;

-- Set when a name changes, until the customer's cases are found by the new one.
ALTER TABLE Customers ADD COLUMN IsRenamed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX IX_Customers_Renamed ON Customers (IsRenamed) WHERE IsRenamed = 1;
