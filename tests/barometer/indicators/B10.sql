-- Reuses that came in use in the period twelve months earlier: those still in use twelve months later.
SELECT u.case_id || ':' || u.org AS thing, 'share' AS series, 'share' AS measure,
    EXISTS (FROM counted c WHERE c.case_id = u.case_id AND c.org = u.org
        AND c.day = least(CAST(u.reached + INTERVAL 12 MONTH AS DATE), getvariable('day'))) AS n
FROM uses u
WHERE u.reached BETWEEN getvariable('first') - INTERVAL 12 MONTH AND getvariable('last') - INTERVAL 12 MONTH
