-- What is left of each promise on each line is what its entries add up to, on no day less than nothing;
-- nothing is reserved for no promise.
WITH moved AS (
    SELECT e.line_id, p.promise_id, e.effective_on AS day, sum(e.rupiah) AS rupiah
    FROM budget_entry e LEFT JOIN budget_posting p ON p.id = e.posting_id
    WHERE e.amount_kind = 'reservation' GROUP BY 1, 2, 3
), ends AS (
    SELECT line_id, promise_id, day,
           sum(rupiah) OVER (PARTITION BY line_id, promise_id ORDER BY day) AS rupiah
    FROM moved
), sums AS (
    SELECT line_id, promise_id, min(rupiah) AS least, max(day) AS latest_on,
           (array_agg(rupiah ORDER BY day DESC))[1] AS rupiah
    FROM ends GROUP BY line_id, promise_id
)
SELECT CASE WHEN f.id IS NULL THEN 'reserved_for_nothing'
            WHEN s.least < 0 THEN 'overdrawn_promise'
            ELSE 'wrong_promise' END AS finding,
       NULL::text AS kind, f.number, coalesce(l.line_key, '?') AS line_key,
       coalesce(k.reserved, 0)::bigint AS was,
       CASE WHEN s.least < 0 THEN s.least ELSE coalesce(s.rupiah, 0) END::bigint AS found
FROM sums s FULL JOIN budget_promisedline k
    ON k.line_id = s.line_id AND k.promise_id = s.promise_id
LEFT JOIN budget_promise f ON f.id = coalesce(s.promise_id, k.promise_id)
LEFT JOIN budget_budgetline l ON l.id = coalesce(s.line_id, k.line_id)
WHERE f.id IS NULL OR s.least < 0
   OR (s.rupiah, s.latest_on, l.province_id)
      IS DISTINCT FROM (k.reserved::numeric, k.latest_on, k.province_id)
ORDER BY l.line_key, f.number
