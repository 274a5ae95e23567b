-- Confirmed cases in use for six months or more: those that another organisation has in use. An import that does not
-- know when it was taken in use has been so since it was published.
WITH settled AS (
    FROM state_of_cases JOIN reach USING (case_id)
    WHERE in_use AND confirmed AND coalesce(reached, published) <= getvariable('day') - INTERVAL 6 MONTH
)
SELECT case_id AS thing, 'share' AS series, 'share' AS measure, reusers > 0 AS n FROM settled
UNION ALL
SELECT case_id, 'inspired', 'share', inspired > 0 FROM settled
