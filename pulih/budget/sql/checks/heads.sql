-- Every line knows its newest entry, and how late its entries take effect.
WITH newest AS (
    SELECT line_id, max(sequence) AS sequence, max(effective_on) AS latest_on
    FROM budget_entry GROUP BY line_id
)
SELECT 'wrong_head' AS finding, NULL::text AS kind, NULL::text AS number, l.line_key,
       l.sequence::bigint AS was, coalesce(newest.sequence, 0)::bigint AS found
FROM budget_budgetline l LEFT JOIN newest ON newest.line_id = l.id
LEFT JOIN budget_entry e ON e.line_id = l.id AND e.sequence = newest.sequence
WHERE l.sequence <> coalesce(newest.sequence, 0) OR l.head IS DISTINCT FROM e.hash
   OR l.latest_on IS DISTINCT FROM newest.latest_on
