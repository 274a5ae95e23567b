-- Active members that have another's case in use.
SELECT m.org AS thing, 'share' AS series, 'share' AS measure,
    EXISTS (FROM independent i WHERE i.home = m.org AND i.counts) AS n
FROM active_members m
UNION ALL
SELECT m.org, 'inspired', 'share', EXISTS (FROM independent i WHERE i.home = m.org AND i.inspired)
FROM active_members m
