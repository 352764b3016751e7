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
   OR hash IS DISTINCT FROM budget_seal_hash(previous, sealed_at, lines, entries, heads, rows)
UNION ALL
SELECT 'sealed_entry_gone', NULL, NULL, coalesce(l.line_key, '?'), h.sequence, e.sequence
FROM budget_sealedhead h
LEFT JOIN budget_entry e ON e.line_id = h.line_id AND e.sequence = h.sequence
LEFT JOIN budget_budgetline l ON l.id = h.line_id
WHERE e.hash IS DISTINCT FROM h.head OR l.province_id IS DISTINCT FROM h.province_id
UNION ALL
SELECT 'line_behind_its_seal', NULL, NULL, l.line_key, s.sequence, l.sequence
FROM budget_summedline s JOIN budget_budgetline l ON l.id = s.line_id
WHERE s.sequence > l.sequence OR s.province_id <> l.province_id
   OR s.sequence IS DISTINCT FROM (SELECT max(h.sequence) FROM budget_sealedhead h
                                   WHERE h.line_id = s.line_id)
UNION ALL
-- Both ways: each head is of a seal, each seal has as many heads as it says, what was sealed is
-- summed, and the newest link of the other rows' chain is in a seal.
SELECT 'heads_without_seal', NULL, NULL, NULL, NULL, count(*)
FROM budget_sealedhead h WHERE NOT EXISTS (SELECT FROM budget_seal s WHERE s.id = h.seal_id)
HAVING count(*) > 0
UNION ALL
SELECT 'line_behind_its_seal', NULL, NULL, l.line_key, max(h.sequence), 0
FROM budget_sealedhead h JOIN budget_budgetline l ON l.id = h.line_id
WHERE NOT EXISTS (SELECT FROM budget_summedline s WHERE s.line_id = h.line_id)
GROUP BY l.line_key
UNION ALL
SELECT 'line_behind_its_seal', NULL, NULL, '?', s.sequence, NULL
FROM budget_summedline s WHERE NOT EXISTS (SELECT FROM budget_budgetline l WHERE l.id = s.line_id)
UNION ALL
SELECT 'seal_gone', NULL, to_char(r.sealed_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI'),
       NULL, NULL, NULL
FROM (SELECT * FROM audit_sealedrows ORDER BY id DESC LIMIT 1) AS r
WHERE NOT EXISTS (SELECT FROM budget_seal s WHERE s.rows = r.hash)
UNION ALL
SELECT 'sealed_rows_gone', NULL, to_char(
           s.sealed_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI'), NULL, NULL, NULL
FROM budget_seal s
WHERE s.rows IS NOT NULL AND NOT EXISTS (SELECT FROM audit_sealedrows r WHERE r.hash = s.rows)
