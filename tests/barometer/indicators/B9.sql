-- Days from publication to the first reuse in use, whether it still is or not; a case that was not reused yet is followed
-- to the day of reckoning. `low` tells whether it happened.
WITH watched AS (
    SELECT c.case_id, c.published, min(u.reached) AS first_reuse
    FROM state_of_cases c LEFT JOIN uses u USING (case_id)
    GROUP BY c.case_id, c.published
)
SELECT case_id AS thing, unnest(['all', strftime(published, '%Y')]) AS series, 'survival' AS measure,
    greatest(coalesce(first_reuse, getvariable('day')) - published, 0) AS n,
    CAST(first_reuse IS NOT NULL AS BIGINT) AS low
FROM watched
