-- On no day does a promise hold less than nothing on a line; nothing is reserved for no promise.
WITH moved AS (
    SELECT e.line_id, p.promise_id, e.effective_on AS day, sum(e.rupiah) AS rupiah
    FROM budget_entry e LEFT JOIN budget_posting p ON p.id = e.posting_id
    WHERE e.amount_kind = 'reservation' GROUP BY 1, 2, 3
), ends AS (
    SELECT line_id, promise_id, day,
           sum(rupiah) OVER (PARTITION BY line_id, promise_id ORDER BY day) AS rupiah
    FROM moved
)
SELECT DISTINCT ON (e.line_id, e.promise_id)
       CASE WHEN f.id IS NULL THEN 'reserved_for_nothing' ELSE 'overdrawn_promise' END AS finding,
       NULL::text AS kind, f.number, coalesce(l.line_key, '?') AS line_key,
       NULL::bigint AS was, e.rupiah::bigint AS found
FROM ends e LEFT JOIN budget_promise f ON f.id = e.promise_id
LEFT JOIN budget_budgetline l ON l.id = e.line_id
WHERE f.id IS NULL OR e.rupiah < 0
ORDER BY e.line_id, e.promise_id, e.day
