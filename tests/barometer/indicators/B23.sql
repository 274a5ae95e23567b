-- Reuses in use by generation: one more than the longest chain of cases behind the one that is reused; and those taken
-- from a copy.
WITH RECURSIVE link AS (
    SELECT s.case_id, l.target_id AS source
    FROM state_of_cases s
    JOIN case_links l ON l.version_id = s.version_id AND l.link = 'builds_on'
    WHERE l.target_id IN (SELECT case_id FROM state_of_cases)
), behind AS (
    SELECT case_id, 0 AS depth FROM state_of_cases
    UNION
    SELECT link.case_id, behind.depth + 1 FROM link JOIN behind ON behind.case_id = link.source
    WHERE behind.depth < 3
), generations AS (
    SELECT case_id, max(depth) + 1 AS generation FROM behind GROUP BY case_id
), reuse AS (
    SELECT i.case_id || ':' || i.org AS thing, g.generation, s.origin
    FROM independent i JOIN generations g USING (case_id) JOIN state_of_cases s USING (case_id)
    WHERE i.counts
)
SELECT thing, 'generation_' || g.generation AS series, 'share' AS measure, reuse.generation = g.generation AS n
FROM reuse, (VALUES (1), (2), (3), (4)) g(generation)
UNION ALL
SELECT thing, 'from_a_copy', 'share', coalesce(origin = 'copy', FALSE) FROM reuse
