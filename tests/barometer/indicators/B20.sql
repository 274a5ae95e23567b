-- Declarations that count and came in use in the period: what those that state an expected amount and a method saved,
-- each unit of saving by itself.
SELECT i.case_id || ':' || i.org AS thing, s.series, 'saved' AS measure,
    CASE WHEN stated THEN c.saved_expected END AS n,
    CASE WHEN stated THEN coalesce(c.saved_low, c.saved_expected) END AS low,
    CASE WHEN stated THEN coalesce(c.saved_high, c.saved_expected) END AS high
FROM independent i
JOIN counted c ON c.case_id = i.case_id AND c.org = i.org AND c.day = getvariable('day'),
    unnest(['nok_once', 'nok_year', 'hours_year']) s(series),
    LATERAL (SELECT c.saved_method IS NOT NULL AND c.saved_unit = s.series AND c.saved_expected IS NOT NULL AS stated)
WHERE i.counts AND i.reached BETWEEN getvariable('first') AND getvariable('last')
