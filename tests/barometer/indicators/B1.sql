-- Active members with a case that was taken in use in the period.
SELECT m.org AS thing, 'share' AS series, 'share' AS measure,
    EXISTS (FROM state_of_cases c WHERE c.home = m.org AND c.reached BETWEEN getvariable('first') AND getvariable('last')) AS n
FROM active_members m
