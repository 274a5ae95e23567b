-- The facts as they stood at a day, by section 7 of the domain model: what is dated after the day does not count, of
-- each thing the newest version that was not withdrawn counts. The day is the variable `day`.

-- Organisations. A reform ends who stands before it and not after it. What it had goes to the first after it, where all
-- goes to one; else to nobody until a successor claims it.
CREATE OR REPLACE TEMP TABLE ended AS
SELECT b.org, arg_min(b.day, b.reform) AS day, min(b.reform) AS reform
FROM reforms b
WHERE b.side = 'from' AND b.org IS NOT NULL
  AND NOT EXISTS (FROM reforms a WHERE a.reform = b.reform AND a.side = 'to' AND a.org = b.org)
GROUP BY b.org;

CREATE OR REPLACE TEMP TABLE heirs AS
WITH RECURSIVE step AS (
    SELECT e.org, first(a.org ORDER BY a.place) AS next
    FROM ended e JOIN reforms a ON a.reform = e.reform AND a.side = 'to'
    WHERE e.day <= getvariable('day')
    GROUP BY e.org
    HAVING (count(*) = 1 OR bool_or(a.all_to_one)) AND arg_min(coalesce(a.org, ''), a.place) <> ''
), walk AS (
    SELECT DISTINCT org, org AS heir FROM organisations
    UNION
    SELECT walk.org, step.next FROM walk JOIN step ON step.org = walk.heir
)
SELECT org, heir FROM walk WHERE NOT EXISTS (FROM step WHERE step.org = walk.heir);

CREATE OR REPLACE TEMP TABLE followers AS
WITH RECURSIVE link AS (
    SELECT b.org, a.org AS next
    FROM reforms b JOIN reforms a ON a.reform = b.reform AND b.side = 'from' AND a.side = 'to'
    WHERE b.day <= getvariable('day') AND b.org IS NOT NULL AND a.org IS NOT NULL
), walk AS (
    SELECT org, next FROM link
    UNION
    SELECT walk.org, link.next FROM walk JOIN link ON link.org = walk.next
)
SELECT org, next AS follower FROM walk WHERE next <> org;

-- Active members: admitted and not ended, and not gone into another.
CREATE OR REPLACE TEMP TABLE active_members AS
SELECT DISTINCT m.org
FROM members m
WHERE m.admitted <= getvariable('day') AND (m.ended IS NULL OR m.ended > getvariable('day'))
  AND NOT EXISTS (FROM ended e WHERE e.org = m.org AND e.day <= getvariable('day'));

-- Cases.
CREATE OR REPLACE TEMP TABLE live_cases AS
FROM cases
WHERE published <= getvariable('day') AND (withdrawn IS NULL OR withdrawn > getvariable('day'));

CREATE OR REPLACE TEMP TABLE said AS
SELECT v.*, v.status IN ('in_use', 'utilised') AS uses
FROM case_versions v SEMI JOIN live_cases USING (case_id)
WHERE v.signed <= getvariable('day') AND (v.withdrawn IS NULL OR v.withdrawn > getvariable('day'));

CREATE OR REPLACE TEMP TABLE newest AS
FROM said QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY number DESC, version_id DESC) = 1;

-- When a case was taken in use: what the newest version that is in use and states a day says, else when the first that
-- is in use was signed. A case that was imported as in use does not know.
CREATE OR REPLACE TEMP TABLE taken_in_use AS
SELECT case_id,
    coalesce(
        max_by(in_use, (number, version_id)) FILTER (in_use IS NOT NULL),
        CASE WHEN min_by(imported AND version_id = case_id, (number, version_id)) THEN NULL
             ELSE min_by(signed, (number, version_id)) END
    ) AS day
FROM said WHERE uses GROUP BY case_id;

CREATE OR REPLACE TEMP TABLE state_of_cases AS
WITH owned AS (
    SELECT c.*,
        CASE WHEN EXISTS (FROM said s WHERE s.case_id = c.case_id AND s.signed_by = c.about) THEN c.about
             ELSE c.publisher END AS owner
    FROM live_cases c
), confirmed AS (
    SELECT thing_id, max(valid_until) AS until FROM confirmations
    WHERE kind = 'case' AND signed <= getvariable('day') GROUP BY thing_id
)
SELECT o.case_id, n.version_id, o.published, o.owner, o.about, n.status, n.sector, n.origin, n.lang, n.uses,
    (SELECT heir FROM heirs h WHERE h.org =
        CASE WHEN EXISTS (FROM followers f WHERE f.org = o.owner AND f.follower = n.signed_by) THEN n.signed_by ELSE o.owner END
    ) AS home,
    t.day AS stated,
    CASE WHEN t.day <= getvariable('day') THEN t.day END AS reached,
    n.uses AND (t.day IS NULL OR t.day <= getvariable('day')) AS in_use,
    coalesce(greatest(n.valid_until, k.until) >= getvariable('day'), TRUE) AS confirmed,
    (SELECT min_by(signed, (number, version_id)) FROM said s
        WHERE s.case_id = o.case_id AND s.status = 'utilised') AS utilised,
    (SELECT min_by(signed, (number, version_id)) FROM said s
        WHERE s.case_id = o.case_id AND s.status IN ('ended_with_lessons', 'discontinued')) AS ended
FROM owned o
JOIN newest n USING (case_id)
LEFT JOIN taken_in_use t USING (case_id)
LEFT JOIN confirmed k ON k.thing_id = o.case_id;

-- Who can never be a reuser: the owner, whom it is about, confirmed co-owners, and all that followed one of these.
CREATE OR REPLACE TEMP TABLE owners AS
WITH named AS (
    SELECT case_id, owner AS org FROM state_of_cases
    UNION SELECT case_id, about FROM state_of_cases WHERE about IS NOT NULL
    UNION SELECT case_id, org FROM case_co_owners SEMI JOIN state_of_cases USING (case_id)
        WHERE confirmed <= getvariable('day')
)
FROM named
UNION SELECT named.case_id, f.follower FROM named JOIN followers f USING (org);

-- Reuses of others' cases.
CREATE OR REPLACE TEMP TABLE declared_by_others AS
FROM reuses
SEMI JOIN state_of_cases USING (case_id)
ANTI JOIN owners USING (case_id, org)
WHERE declared <= getvariable('day') AND (withdrawn IS NULL OR withdrawn > getvariable('day'));

-- When each was first in use; one that was only inspired never was.
CREATE OR REPLACE TEMP TABLE uses AS
WITH versions AS (
    FROM reuse_versions v
    WHERE v.signed <= getvariable('day') AND (v.withdrawn IS NULL OR v.withdrawn > getvariable('day'))
      AND v.status IN ('in_use', 'utilised') AND v.degree IS DISTINCT FROM 'inspired'
), reached AS (
    SELECT reuse_id,
        coalesce(
            max_by(in_use, (number, version_id)) FILTER (in_use IS NOT NULL),
            min_by(signed, (number, version_id))
        ) AS day
    FROM versions GROUP BY reuse_id
)
SELECT d.case_id, d.org, (SELECT heir FROM heirs h WHERE h.org = d.org) AS home,
    min(r.day) FILTER (r.day <= getvariable('day')) AS reached
FROM declared_by_others d LEFT JOIN reached r USING (reuse_id)
GROUP BY d.case_id, d.org;

-- The days for which it is asked how each use stands: today, and twelve months after it began.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT case_id, org, getvariable('day') AS day FROM uses
UNION
SELECT case_id, org, least(CAST(reached + INTERVAL 12 MONTH AS DATE), getvariable('day')) FROM uses
WHERE reached IS NOT NULL;

-- How each declaration stands then: of several for one unit the latest stands; one that is not confirmed in time does
-- not count.
CREATE OR REPLACE TEMP TABLE standings AS
WITH at_day AS (
    SELECT a.day, d.reuse_id, d.case_id, d.org, d.declared, v.* EXCLUDE (reuse_id)
    FROM asked a
    JOIN declared_by_others d USING (case_id, org)
    JOIN reuse_versions v USING (reuse_id)
    WHERE d.declared <= a.day AND (d.withdrawn IS NULL OR d.withdrawn > a.day)
      AND v.signed <= a.day AND (v.withdrawn IS NULL OR v.withdrawn > a.day)
    QUALIFY row_number() OVER (PARTITION BY a.day, d.reuse_id ORDER BY v.number DESC, v.version_id DESC) = 1
), standing AS (
    FROM at_day
    QUALIFY row_number() OVER (PARTITION BY day, case_id, org, unit ORDER BY declared DESC, reuse_id DESC) = 1
)
SELECT s.*,
    s.status IN ('in_use', 'utilised') AND coalesce(
        greatest(s.valid_until, (SELECT max(k.valid_until) FROM confirmations k
            WHERE k.kind = 'reuse' AND k.thing_id = s.reuse_id AND k.signed <= s.day)) >= s.day, TRUE) AS holds,
    coalesce(s.degree = 'inspired', FALSE) AS inspired
FROM standing s;

CREATE OR REPLACE TEMP TABLE counted AS
FROM standings WHERE holds AND NOT inspired AND (in_use IS NULL OR in_use <= day);

-- Independent reuse today, once for each case and organisation.
CREATE OR REPLACE TEMP TABLE independent AS
SELECT u.*,
    EXISTS (FROM counted c WHERE c.case_id = u.case_id AND c.org = u.org AND c.day = getvariable('day')) AS counts,
    EXISTS (FROM standings s WHERE s.case_id = u.case_id AND s.org = u.org AND s.day = getvariable('day')
        AND s.holds AND s.inspired) AS inspired
FROM uses u;

CREATE OR REPLACE TEMP TABLE reach AS
SELECT s.case_id,
    count(*) FILTER (i.counts) AS reusers,
    count(*) FILTER (i.inspired AND NOT i.counts) AS inspired
FROM state_of_cases s LEFT JOIN independent i USING (case_id)
GROUP BY s.case_id;

-- Measured by an owner or a reuser, or gone well for another.
CREATE OR REPLACE TEMP TABLE evaluated AS
SELECT m.case_id FROM measurements m
WHERE m.signed <= getvariable('day')
  AND (EXISTS (FROM owners o WHERE o.case_id = m.case_id AND o.org = m.signed_by)
    OR EXISTS (FROM uses u WHERE u.case_id = m.case_id AND u.org = m.signed_by))
UNION
SELECT case_id FROM counted WHERE day = getvariable('day') AND outcome >= 0;

-- Needs.
CREATE OR REPLACE TEMP TABLE state_of_needs AS
WITH live AS (
    FROM needs WHERE opened <= getvariable('day') AND (withdrawn IS NULL OR withdrawn > getvariable('day'))
), said_of_needs AS (
    SELECT v.*, coalesce(v.status = 'met' AND v.met_by IS NOT NULL, FALSE) AS is_met
    FROM need_versions v SEMI JOIN live USING (need_id)
    WHERE v.signed <= getvariable('day') AND (v.withdrawn IS NULL OR v.withdrawn > getvariable('day'))
)
SELECT l.need_id, l.opened,
    max_by(v.version_id, (v.number, v.version_id)) AS version_id,
    CASE WHEN max_by(v.is_met, (v.number, v.version_id))
         THEN min_by(v.signed, (v.number, v.version_id)) FILTER (v.is_met) END AS met
FROM live l JOIN said_of_needs v USING (need_id)
GROUP BY l.need_id, l.opened;

-- Programmes that a case names, or that show it.
CREATE OR REPLACE TEMP TABLE in_programmes AS
WITH live AS (
    FROM programmes WHERE published <= getvariable('day') AND (withdrawn IS NULL OR withdrawn > getvariable('day'))
), told AS (
    SELECT s.case_id, l.target_id AS programme_id
    FROM state_of_cases s JOIN case_links l ON l.version_id = s.version_id AND l.link = 'programme'
    UNION
    SELECT p.case_id, p.programme_id FROM programme_cases p SEMI JOIN state_of_cases USING (case_id)
)
SELECT told.*, live.is_arena FROM told JOIN live USING (programme_id);
