-- Cases in use, taken in use in the period: those shown in an arena, translated, or with a question answered in 14 days.
SELECT s.case_id AS thing, 'share' AS series, 'share' AS measure,
    s.case_id IN (SELECT case_id FROM in_programmes WHERE is_arena)
    OR EXISTS (FROM cases c WHERE c.case_id = s.case_id AND c.translated <= getvariable('day'))
    OR EXISTS (FROM comments q WHERE q.case_id = s.case_id AND q.kind = 'question'
        AND q.answered <= getvariable('day') AND q.answered - q.signed <= 14) AS n
FROM state_of_cases s
WHERE s.in_use AND s.reached BETWEEN getvariable('first') AND getvariable('last')
