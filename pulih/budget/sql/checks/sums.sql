-- The sums of days are those of the entries that went into them.
WITH entries AS (
    SELECT l.fiscal_year, l.unit_id, l.province_id, e.effective_on,
           (e.recorded_at AT TIME ZONE 'Asia/Jakarta')::date AS recorded_on, e.amount_kind,
           sum(e.rupiah) AS rupiah
    FROM budget_entry e JOIN budget_budgetline l ON l.id = e.line_id
    JOIN budget_summedline s ON s.line_id = e.line_id AND e.sequence <= s.sequence
    GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT 'wrong_day_sum' AS finding, NULL::text AS kind,
       to_char(effective_on, 'YYYY-MM-DD') AS number, coalesce(u.code, '?') AS line_key,
       coalesce(d.rupiah, 0)::bigint AS was, coalesce(e.rupiah, 0)::bigint AS found
FROM entries e
FULL JOIN budget_daysum d
    USING (fiscal_year, unit_id, province_id, effective_on, recorded_on, amount_kind)
LEFT JOIN budget_spendingunit u ON u.id = unit_id
WHERE e.rupiah IS DISTINCT FROM d.rupiah AND coalesce(e.rupiah, 0) <> coalesce(d.rupiah, 0)
