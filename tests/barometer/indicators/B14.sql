-- Cases taken in use in the period that say who took part: those in which each group did.
SELECT c.case_id AS thing, s.series, 'share' AS measure,
    EXISTS (FROM case_codes k WHERE k.version_id = c.version_id AND k.list = 'participant' AND k.code = s.series) AS n
FROM state_of_cases c, unnest(['employees', 'managers', 'elected', 'unions', 'citizens', 'other_units',
    'other_municipalities', 'county', 'state', 'research', 'business', 'voluntary', 'social_enterprise', 'none']) s(series)
WHERE c.reached BETWEEN getvariable('first') AND getvariable('last')
  AND EXISTS (FROM case_codes k WHERE k.version_id = c.version_id AND k.list = 'participant')
