-- Reuses in use that came in use in the period. By places: from each part the reuses that come from it, by the parts to
-- which they go, and of each part what goes out less what comes in. By what cases are about, nothing flows.
WITH flow AS (
    SELECT case_id, case_id || ':' || org AS use
    FROM independent
    WHERE counts AND reached BETWEEN getvariable('first') AND getvariable('last')
), by_place AS (
    SELECT flow.*, parts.dimension, parts.part AS source
    FROM flow JOIN parts ON parts.thing = flow.case_id
    WHERE parts.dimension NOT IN ('all', 'sector', 'theme', 'programme')
)
SELECT use AS thing, 'reuses' AS series, 'level' AS measure, 1 AS n, 'all' AS only_by FROM flow
UNION ALL SELECT use, 'from:' || source, 'level', 1, dimension FROM by_place
UNION ALL SELECT case_id, 'net', 'net', 1, dimension FROM by_place
UNION ALL SELECT use, 'net', 'net', -1, dimension FROM by_place
