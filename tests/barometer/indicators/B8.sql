-- Cases utilised in the period: those for which each value was observed.
SELECT c.case_id AS thing, s.series, 'share' AS measure,
    EXISTS (FROM case_values v WHERE v.version_id = c.version_id AND v.value = s.series AND v.observed) AS n
FROM state_of_cases c, unnest(['quality', 'efficiency', 'citizen_involvement', 'employee_satisfaction',
    'political_goals', 'avoided_cost', 'climate', 'business', 'trust', 'none']) s(series)
WHERE c.status = 'utilised' AND c.utilised BETWEEN getvariable('first') AND getvariable('last')
