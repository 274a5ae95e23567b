-- Needs opened in the period: those met by a case or a reuse, and the median of days until then.
WITH opened AS (FROM state_of_needs WHERE opened BETWEEN getvariable('first') AND getvariable('last'))
SELECT need_id AS thing, 'share' AS series, 'share' AS measure, CAST(met IS NOT NULL AS BIGINT) AS n FROM opened
UNION ALL
SELECT need_id, 'days', 'days', greatest(met - opened, 0) FROM opened WHERE met IS NOT NULL
