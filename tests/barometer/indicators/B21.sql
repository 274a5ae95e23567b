-- Municipalities and counties: those that are active members.
SELECT m.number AS thing, 'share' AS series, 'share' AS measure,
    EXISTS (FROM numbers n SEMI JOIN active_members USING (org) WHERE n.number = m.number) AS n
FROM municipalities m
