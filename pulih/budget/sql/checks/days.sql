-- The first day on which each line was unlawful, whatever its balances say today.
WITH moved AS (
    SELECT line_id, effective_on AS day,
           sum(rupiah) FILTER (WHERE amount_kind = 'ceiling') AS ceiling,
           sum(rupiah) FILTER (WHERE amount_kind = 'block') AS blocked,
           sum(rupiah) FILTER (WHERE amount_kind = 'commitment') AS committed,
           sum(rupiah) FILTER (WHERE amount_kind = 'realisation') AS realised,
           sum(rupiah) FILTER (WHERE amount_kind = 'reservation') AS reserved
    FROM budget_entry GROUP BY line_id, effective_on
), ends AS (
    SELECT line_id, day, coalesce(sum(ceiling) OVER days, 0)::bigint AS ceiling,
           coalesce(sum(blocked) OVER days, 0)::bigint AS blocked,
           coalesce(sum(committed) OVER days, 0)::bigint AS committed,
           coalesce(sum(realised) OVER days, 0)::bigint AS realised,
           coalesce(sum(reserved) OVER days, 0)::bigint AS reserved
    FROM moved WINDOW days AS (PARTITION BY line_id ORDER BY day)
)
SELECT DISTINCT ON (line_id) 'unlawful_day' AS finding, NULL::text AS kind,
       to_char(e.day, 'YYYY-MM-DD') AS number, l.line_key,
       e.ceiling - e.blocked AS was, greatest(e.committed + e.reserved, e.realised) AS found
FROM ends e JOIN budget_budgetline l ON l.id = e.line_id
WHERE NOT budget_is_lawful(e.ceiling, e.blocked, e.committed, e.realised, e.reserved)
ORDER BY line_id, e.day
