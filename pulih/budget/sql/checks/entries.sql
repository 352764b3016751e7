-- Every entry stands at its place in its line's chain and says what it said when it was chained.
WITH linked AS (
    SELECT e.line_id, e.sequence, e.hash, e.province_id, e.amount_kind, e.rupiah, e.effective_on,
           e.recorded_at, e.posting_id, p.hash AS posting_hash,
           p.document_kind, p.document_number, p.unit_id,
           lag(e.hash) OVER in_order AS hash_before,
           coalesce(lag(e.sequence) OVER in_order, 0) AS sequence_before
    FROM budget_entry e LEFT JOIN budget_posting p ON p.id = e.posting_id
    WINDOW in_order AS (PARTITION BY e.line_id ORDER BY e.sequence)
)
SELECT CASE WHEN linked.sequence <> sequence_before + 1 THEN 'missing_entries'
            ELSE 'changed_entry' END AS finding,
       document_kind AS kind, document_number AS number, coalesce(l.line_key, '?') AS line_key,
       sequence_before::bigint + 1 AS was, linked.sequence::bigint AS found
FROM linked LEFT JOIN budget_budgetline l ON l.id = linked.line_id
WHERE linked.sequence <> sequence_before + 1
   OR (linked.hash IS DISTINCT FROM budget_link(
           coalesce(hash_before, budget_line_hash(l)), budget_entry_text(
               posting_hash, linked.line_id, linked.sequence, linked.province_id, amount_kind,
               rupiah, effective_on, recorded_at))
       -- The first entry of a line of before 0.2.0.
       AND (hash_before IS NOT NULL OR linked.hash IS DISTINCT FROM budget_link(
           NULL, budget_entry_text(
               posting_hash, linked.line_id, linked.sequence, linked.province_id, amount_kind,
               rupiah, effective_on, recorded_at))))
