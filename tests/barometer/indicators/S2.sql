-- Needs that are open or in dialogue, and confirmed.
SELECT n.need_id AS thing, 'open' AS series, 'level' AS measure, 1 AS n
FROM state_of_needs n JOIN need_versions v USING (version_id)
WHERE v.status IN ('open', 'in_dialogue') AND coalesce(v.valid_until >= getvariable('day'), TRUE)
