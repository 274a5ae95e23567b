-- Where things fall in each dimension at the variable `day`, once `state.sql` has said how they stand.

-- Which municipality an organisation is in the tables of today: its own, or that of the one to which all it had went;
-- none where that is not settled. The organisations of these histories all stand in the tables.
CREATE OR REPLACE TEMP TABLE numbers AS
WITH RECURSIVE step AS (
    SELECT e.org, arg_min(coalesce(a.org, ''), a.place) AS next, arg_min(coalesce(a.number, ''), a.place) AS number
    FROM ended e JOIN reforms a ON a.reform = e.reform AND a.side = 'to'
    GROUP BY e.org
    HAVING count(*) = 1 OR bool_or(a.all_to_one)
), walk AS (
    SELECT org, org AS heir FROM organisations
    UNION
    SELECT walk.org, step.next FROM walk JOIN step ON step.org = walk.heir WHERE step.next <> ''
)
SELECT w.org, CASE WHEN e.org IS NULL THEN m.number ELSE s.number END AS number
FROM walk w
LEFT JOIN ended e ON e.org = w.heir
LEFT JOIN step s ON s.org = w.heir
LEFT JOIN municipalities m ON m.org = w.heir
WHERE coalesce(s.next, '') = '';

CREATE OR REPLACE TEMP TABLE parts_of_numbers AS
SELECT number, unnest(['municipality', 'county', 'kostra_group', 'centrality', 'size']) AS dimension,
    unnest([number, county, coalesce(CAST(kostra_group AS VARCHAR), 'not_stated'),
        coalesce(CAST(centrality AS VARCHAR), 'not_stated'), coalesce(size, 'not_stated')]) AS part
FROM municipalities;

-- Which municipality an organisation was, at the days that are asked for: by the last number that is known of it up to
-- then, followed forward through the changes; where that number was split, or none is known, by the next, followed back.
CREATE OR REPLACE TEMP TABLE asked_of_places AS
SELECT org, getvariable('day') AS day FROM active_members
UNION SELECT owner, coalesce(reached, published) FROM state_of_cases
UNION SELECT org, coalesce(reached, getvariable('day')) FROM uses
UNION SELECT o.owner, o.opened FROM needs o SEMI JOIN state_of_needs USING (need_id);

CREATE OR REPLACE TEMP TABLE known_numbers AS
WITH told AS (
    SELECT org, number_since AS day, number, 0 AS rank FROM members
    UNION ALL SELECT org, (SELECT max(day) FROM municipality_changes), number, 1 FROM municipalities WHERE org IS NOT NULL
    UNION ALL SELECT org, CASE side WHEN 'from' THEN day - 1 ELSE day END, number,
        2 + 2 * reform + CAST(side = 'to' AS INT) FROM reforms WHERE org IS NOT NULL
)
SELECT org, day, max_by(number, rank) AS number FROM told WHERE number IS NOT NULL GROUP BY org, day;

-- One change leads to one number, to the same if that goes on, and else to none.
CREATE OR REPLACE TEMP TABLE steps AS
SELECT 'forward' AS way, day, before AS number,
    CASE WHEN count(DISTINCT after) = 1 THEN min(after) WHEN bool_or(after = before) THEN before END AS next
FROM municipality_changes GROUP BY day, before
UNION ALL
SELECT 'back', day, after,
    CASE WHEN count(DISTINCT before) = 1 THEN min(before) WHEN bool_or(after = before) THEN after END
FROM municipality_changes GROUP BY day, after;

CREATE OR REPLACE TEMP TABLE numbers_then AS
WITH RECURSIVE walk AS (
    SELECT a.org, a.day, 'forward' AS way, max(k.day) AS since, max_by(k.number, k.day) AS number
    FROM asked_of_places a JOIN known_numbers k ON k.org = a.org AND k.day <= a.day GROUP BY a.org, a.day
    UNION ALL
    SELECT a.org, a.day, 'back', min(k.day) + 1, min_by(k.number, k.day)
    FROM asked_of_places a JOIN known_numbers k ON k.org = a.org AND k.day >= a.day GROUP BY a.org, a.day
    UNION ALL
    SELECT w.org, w.day, w.way, s.day, s.next
    FROM walk w JOIN steps s ON s.way = w.way AND s.number = w.number
    WHERE CASE w.way WHEN 'forward' THEN s.day > w.since AND s.day <= w.day ELSE s.day < w.since AND s.day > w.day END
      AND NOT EXISTS (FROM steps b WHERE b.way = w.way AND b.number = w.number
        AND CASE w.way WHEN 'forward' THEN b.day > w.since AND b.day < s.day ELSE b.day < w.since AND b.day > s.day END)
), reached AS (
    SELECT org, day, way,
        CASE way WHEN 'forward' THEN arg_max_null(number, since) ELSE arg_min_null(number, since) END AS number
    FROM walk GROUP BY org, day, way
)
SELECT org, day, coalesce(max(number) FILTER (way = 'forward'), max(number) FILTER (way = 'back')) AS number
FROM reached GROUP BY org, day;

-- In which parts of each dimension members, cases, needs, uses and municipalities fall. One of several themes falls in
-- each of them; a use is about what its case is about, and where its reuser is. In the structure of the time, a case is
-- where its owner was when it was taken in use, a use where its reuser was, a need where it was opened.
CREATE OR REPLACE TEMP TABLE parts AS
WITH things AS (
    SELECT case_id AS thing, case_id, home, sector, version_id FROM state_of_cases
    UNION ALL
    SELECT u.case_id || ':' || u.org, s.case_id, u.home, s.sector, s.version_id FROM uses u JOIN state_of_cases s USING (case_id)
    UNION ALL
    SELECT n.need_id, NULL, h.heir, v.sector, n.version_id
    FROM state_of_needs n JOIN need_versions v USING (version_id) JOIN needs o ON o.need_id = n.need_id JOIN heirs h ON h.org = o.owner
), themes AS (
    SELECT version_id, code AS theme FROM case_codes WHERE list = 'theme'
    UNION ALL SELECT version_id, theme FROM need_themes
), placed AS (
    SELECT thing, home AS org FROM things
    UNION ALL SELECT org, org FROM active_members
), placed_then AS (
    SELECT org AS thing, org, getvariable('day') AS day FROM active_members
    UNION ALL SELECT case_id, owner, coalesce(reached, published) FROM state_of_cases
    UNION ALL SELECT case_id || ':' || org, org, coalesce(reached, getvariable('day')) FROM uses
    UNION ALL SELECT need_id, owner, o.opened FROM needs o SEMI JOIN state_of_needs USING (need_id)
)
SELECT thing, 'all' AS dimension, 'all' AS part FROM placed
UNION ALL SELECT thing, 'sector', coalesce(sector, 'not_stated') FROM things
UNION ALL SELECT thing, 'theme', coalesce(theme, 'not_stated') FROM things LEFT JOIN themes USING (version_id)
UNION ALL SELECT thing, 'programme', coalesce(programme_id, 'not_stated')
    FROM (SELECT thing, case_id FROM things WHERE case_id IS NOT NULL) LEFT JOIN in_programmes USING (case_id)
UNION ALL SELECT thing, d.dimension, coalesce(p.part, 'unassigned')
    FROM placed
    CROSS JOIN (SELECT DISTINCT dimension FROM parts_of_numbers) d
    LEFT JOIN numbers USING (org)
    LEFT JOIN parts_of_numbers p ON p.number = numbers.number AND p.dimension = d.dimension
UNION ALL SELECT thing, d.dimension, coalesce(CASE d.dimension WHEN 'county_then' THEN n.number[:2] ELSE n.number END, 'unassigned')
    FROM placed_then
    CROSS JOIN (VALUES ('county_then'), ('municipality_then')) d(dimension)
    LEFT JOIN numbers_then n USING (org, day)
UNION ALL SELECT number, dimension, part FROM parts_of_numbers
UNION ALL SELECT number, dimension || '_then', part FROM parts_of_numbers WHERE dimension IN ('county', 'municipality')
UNION ALL SELECT number, 'all', 'all' FROM municipalities;
