-- Cases in use: those confirmed in time, and days since they were last revised or confirmed. Questions asked 14 days ago
-- or more: those answered within 14 days.
WITH confirmed AS (
    SELECT thing_id, max(signed) AS last FROM confirmations
    WHERE kind = 'case' AND signed <= getvariable('day') GROUP BY thing_id
)
SELECT case_id AS thing, 'active' AS series, 'share' AS measure, CAST(confirmed AS BIGINT) AS n
FROM state_of_cases WHERE in_use
UNION ALL
SELECT s.case_id, 'days_since_confirmed', 'days', getvariable('day') - greatest(v.signed, k.last)
FROM state_of_cases s JOIN newest v USING (case_id) LEFT JOIN confirmed k ON k.thing_id = s.case_id
WHERE s.in_use
UNION ALL
SELECT q.case_id, 'answered', 'share',
    CAST(coalesce(q.answered <= getvariable('day') AND q.answered - q.signed <= 14, FALSE) AS BIGINT)
FROM comments q SEMI JOIN state_of_cases USING (case_id)
WHERE q.kind = 'question' AND q.signed + 14 <= getvariable('day')
