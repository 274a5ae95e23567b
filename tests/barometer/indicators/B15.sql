-- Cases taken in use in the period: those of two or more types.
SELECT c.case_id AS thing, 'share' AS series, 'share' AS measure,
    (SELECT count(*) FROM case_codes k WHERE k.version_id = c.version_id AND k.list = 'type') >= 2 AS n
FROM state_of_cases c
WHERE c.reached BETWEEN getvariable('first') AND getvariable('last')
