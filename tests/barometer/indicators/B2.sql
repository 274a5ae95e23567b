-- Cases taken in use in the period whose origin is known; inspiration is reported inside the adapted.
SELECT c.case_id AS thing, s.series, 'share' AS measure, list_contains(s.origins, c.origin) AS n
FROM state_of_cases c, (VALUES
    ('first', ['first']),
    ('adapted', ['adapted', 'inspired']),
    ('copy', ['copy']),
    ('adapted_or_copy', ['adapted', 'inspired', 'copy'])
) s(series, origins)
WHERE c.reached BETWEEN getvariable('first') AND getvariable('last')
  AND c.origin IN ('first', 'adapted', 'inspired', 'copy')
