-- Reuses in use that came in use in the period and name a channel, once for each case and organisation: where several
-- units name one, that of the first declaration by id.
WITH named AS (
    SELECT i.case_id, i.org, min_by(c.channel, c.reuse_id) AS channel
    FROM independent i JOIN counted c USING (case_id, org)
    WHERE c.day = getvariable('day') AND c.channel <> 'unknown'
      AND i.counts AND i.reached BETWEEN getvariable('first') AND getvariable('last')
    GROUP BY i.case_id, i.org
)
SELECT n.case_id || ':' || n.org AS thing, s.series, 'share' AS measure, n.channel = s.series AS n
FROM named n, unnest(['professional_network', 'colleague', 'visit', 'conference_arena', 'this_network', 'ks', 'state',
    'supplier', 'media_blog', 'social_media', 'research', 'other']) s(series)
