-- Cases whose history does not end with what they are ('present'), and histories that leave off before that or overlap ('gap'); no rows when all is well.
SELECT x.Id AS CaseId, 'present' AS Wrong
FROM (
    SELECT Id, RowVersion, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, ResolvedAt FROM Cases
    EXCEPT
    SELECT CaseId, Version, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, ResolvedAt
    FROM CaseHistory WHERE ToAt = '9999-12-31 23:59:59.999'
) x
UNION ALL
SELECT h.CaseId, 'gap'
FROM CaseHistory h
WHERE h.ToAt <> '9999-12-31 23:59:59.999'
    AND (h.ToAt <= h.FromAt OR NOT EXISTS (SELECT 1 FROM CaseHistory n WHERE n.CaseId = h.CaseId AND n.FromAt = h.ToAt))
