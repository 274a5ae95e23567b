-- Independent reuses of confirmed cases in use.
WITH active AS (FROM state_of_cases JOIN reach USING (case_id) WHERE in_use AND confirmed)
SELECT case_id AS thing, 'reuses' AS series, 'level' AS measure, reusers AS n FROM active
UNION ALL SELECT case_id, 'per_case', 'mean', reusers FROM active
UNION ALL SELECT case_id, 'inspired', 'level', inspired FROM active
