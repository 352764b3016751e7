-- Chains that gave out more than they held on some day. As documents are posted the sums of all days
-- are judged, so that only a document can be at fault that stands before something posted earlier.
WITH dated AS (
    SELECT posting_id, effective_on < max(effective_on) OVER (
        PARTITION BY line_id ORDER BY sequence ROWS UNBOUNDED PRECEDING) AS is_before
    FROM budget_entry
), asked AS (
    SELECT DISTINCT p.refers_to_id, p.settles_id FROM budget_posting p
    WHERE p.refers_to_id IS NOT NULL AND p.id IN (SELECT posting_id FROM dated WHERE is_before)
)
SELECT DISTINCT 'unlawful_chain_day' AS finding, broken ->> 'kind' AS kind,
       broken ->> 'number' AS number, concat_ws(', ', broken ->> 'line_key', broken ->> 'day') AS line_key,
       (broken ->> 'holds')::bigint AS was, (broken ->> 'takes')::bigint AS found
FROM asked CROSS JOIN LATERAL budget_broken_chain(refers_to_id, settles_id, '-infinity') AS broken
WHERE broken IS NOT NULL
