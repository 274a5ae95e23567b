-- Answers about each factor, of cases taken in use in the period.
SELECT c.case_id AS thing, f.side || ':' || f.factor AS series, 'mean' AS measure, f.score AS n
FROM state_of_cases c JOIN case_factors f USING (version_id)
WHERE c.reached BETWEEN getvariable('first') AND getvariable('last')
