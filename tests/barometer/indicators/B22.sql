-- Reuses that came in use in the period twelve months earlier: those whose reuser told of an experience, an improvement
-- or its thanks within twelve months. Improvements proposed in the period: those that were adopted.
SELECT u.case_id || ':' || u.org AS thing, 'share' AS series, 'share' AS measure,
    EXISTS (FROM comments c WHERE c.case_id = u.case_id AND c.signed_by = u.org
        AND c.kind IN ('experience', 'improvement', 'thanks')
        AND c.signed BETWEEN u.reached AND u.reached + INTERVAL 12 MONTH) AS n
FROM uses u
WHERE u.reached BETWEEN getvariable('first') - INTERVAL 12 MONTH AND getvariable('last') - INTERVAL 12 MONTH
UNION ALL
SELECT c.case_id, 'adopted', 'share', coalesce(c.adopted <= getvariable('day'), FALSE)
FROM comments c SEMI JOIN state_of_cases USING (case_id)
WHERE c.kind = 'improvement' AND c.signed BETWEEN getvariable('first') AND getvariable('last')
