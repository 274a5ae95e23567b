-- Cases that ended in the period: those that ended with lessons shared.
SELECT case_id AS thing, 'share' AS series, 'share' AS measure, status = 'ended_with_lessons' AS n
FROM state_of_cases
WHERE status IN ('ended_with_lessons', 'discontinued')
  AND ended BETWEEN getvariable('first') AND getvariable('last')
