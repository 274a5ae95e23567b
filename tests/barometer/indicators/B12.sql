-- Cases taken in use in the period that say who started them: those that employees did.
SELECT c.case_id AS thing, 'share' AS series, 'share' AS measure, bool_or(k.code = 'employees') AS n
FROM state_of_cases c JOIN case_codes k ON k.version_id = c.version_id AND k.list = 'initiated_by'
WHERE c.reached BETWEEN getvariable('first') AND getvariable('last')
GROUP BY c.case_id
