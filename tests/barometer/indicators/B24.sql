-- Cases by language. Reuses in use of which both written forms are known, the reuser's by what it wrote or else by what its
-- municipality has chosen: those across bokmål and nynorsk.
WITH written AS (
    SELECT i.case_id, i.org,
        coalesce(
            (SELECT min_by(c.lang, c.reuse_id) FROM counted c WHERE c.case_id = i.case_id AND c.org = i.org
                AND c.day = getvariable('day') AND c.lang IN ('nb', 'nn')),
            (SELECT m.written FROM numbers n JOIN municipalities m USING (number) WHERE n.org = i.home)
        ) AS lang
    FROM independent i WHERE i.counts
)
SELECT c.case_id AS thing, s.series, 'share' AS measure, c.lang = s.series AS n
FROM state_of_cases c, unnest(['nb', 'nn', 'se', 'en']) s(series)
WHERE c.lang IS NOT NULL
UNION ALL
SELECT w.case_id || ':' || w.org, 'across', 'share', w.lang <> c.lang
FROM written w JOIN state_of_cases c USING (case_id)
WHERE w.lang IS NOT NULL AND c.lang IN ('nb', 'nn')
