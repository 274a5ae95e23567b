-- Confirmed cases in use: those that were measured or went well for another.
SELECT case_id AS thing, 'share' AS series, 'share' AS measure, case_id IN (SELECT case_id FROM evaluated) AS n
FROM state_of_cases WHERE in_use AND confirmed
