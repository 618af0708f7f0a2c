-- Open cases whose owner (Holder 1), responsible person (2) or escalation target (3) is inactive or has no access to the case's
-- region, and those of a closed team (4); no rows when all is well. Access: executives and admins, a place today in the region or
-- above it, or being named there as the fallback. It starts from the people who hold open cases, never from the cases; an open case
-- has no ResolvedAt (0005_deliveries).
WITH Holders AS (
    SELECT p.Id, p.IsActive, p.Role
    FROM People p
    WHERE EXISTS (SELECT 1 FROM Cases c WHERE c.OwnerId = p.Id AND c.ResolvedAt IS NULL)
        OR EXISTS (SELECT 1 FROM Cases c WHERE c.ResponsibleId = p.Id AND c.ResolvedAt IS NULL)
        OR EXISTS (SELECT 1 FROM Cases c WHERE c.EscalatedToId = p.Id AND c.ResolvedAt IS NULL)
),
Unfit AS (
    SELECT h.Id AS PersonId, r.Id AS RegionId
    FROM Holders h CROSS JOIN Units r
    WHERE r.Kind = 2 AND (h.IsActive = 0 OR (COALESCE(h.Role, 1) NOT IN (4, 5)
        AND NOT EXISTS (
            SELECT 1 FROM Places p JOIN Units u ON u.Id = p.UnitId
            WHERE p.PersonId = h.Id AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
                AND (u.Id = 1 OR u.Id = r.Id OR u.ParentId = r.Id))
        AND NOT EXISTS (SELECT 1 FROM Units f WHERE f.FallbackPersonId = h.Id AND (f.Id = 1 OR f.Id = r.Id OR f.ParentId = r.Id))))
)
SELECT c.Id AS CaseId, 1 AS Holder, u.PersonId FROM Unfit u CROSS JOIN Cases c WHERE c.OwnerId = u.PersonId AND c.RegionId = u.RegionId AND c.ResolvedAt IS NULL
UNION ALL
SELECT c.Id, 2, u.PersonId FROM Unfit u CROSS JOIN Cases c WHERE c.ResponsibleId = u.PersonId AND c.RegionId = u.RegionId AND c.ResolvedAt IS NULL
UNION ALL
SELECT c.Id, 3, u.PersonId FROM Unfit u CROSS JOIN Cases c WHERE c.EscalatedToId = u.PersonId AND c.RegionId = u.RegionId AND c.ResolvedAt IS NULL
UNION ALL
SELECT c.Id, 4, NULL FROM Units t CROSS JOIN Cases c WHERE t.Kind = 3 AND t.IsActive = 0 AND c.RegionId = t.ParentId AND c.TeamId = t.Id AND c.Status < 4
