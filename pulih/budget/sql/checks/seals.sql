-- The seals form one chain over the heads they name, and the entries still reach those heads.
WITH heads AS (
    SELECT seal_id, count(*) AS lines,
           jsonb_agg(jsonb_build_array(line_id, sequence, encode(head, 'hex')) ORDER BY line_id)
               AS heads
    FROM budget_sealedhead GROUP BY seal_id
), chained AS (
    SELECT s.*, heads.heads,
           lag(s.hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY s.id) AS hash_before
    FROM budget_seal s LEFT JOIN heads ON heads.seal_id = s.id
)
SELECT 'changed_seal' AS finding, NULL::text AS kind, to_char(
           sealed_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI') AS number,
       NULL::text AS line_key, NULL::bigint AS was, NULL::bigint AS found
FROM chained
WHERE previous <> hash_before
   OR hash IS DISTINCT FROM budget_seal_hash(previous, sealed_at, lines, entries, heads)
UNION ALL
SELECT 'sealed_entry_gone', NULL, NULL, coalesce(l.line_key, '?'), h.sequence, e.sequence
FROM budget_sealedhead h
LEFT JOIN budget_entry e ON e.line_id = h.line_id AND e.sequence = h.sequence
LEFT JOIN budget_budgetline l ON l.id = h.line_id
WHERE e.hash IS DISTINCT FROM h.head
UNION ALL
SELECT 'line_behind_its_seal', NULL, NULL, l.line_key, s.sequence, l.sequence
FROM budget_summedline s JOIN budget_budgetline l ON l.id = s.line_id
WHERE s.sequence > l.sequence
   OR s.sequence IS DISTINCT FROM (SELECT max(h.sequence) FROM budget_sealedhead h
                                   WHERE h.line_id = s.line_id)
