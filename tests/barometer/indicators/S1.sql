-- Cases that are not withdrawn, by status.
SELECT c.case_id AS thing, s.series, 'share' AS measure, coalesce(c.status, 'not_stated') = s.series AS n
FROM state_of_cases c, unnest(['idea', 'need_clarified', 'developing', 'testing', 'pilot', 'in_use', 'utilised',
    'ended_with_lessons', 'discontinued', 'not_stated']) s(series)
