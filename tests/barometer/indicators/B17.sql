-- Undivided, the number of reuses in use that came in use in the period. By what cases are about, nothing flows.
SELECT i.case_id AS thing, 'reuses' AS series, 'level' AS measure, 1 AS n
FROM independent i
WHERE i.counts AND i.reached BETWEEN getvariable('first') AND getvariable('last')
  AND getvariable('dimension') = 'all'
