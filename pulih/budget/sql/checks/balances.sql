-- The balances of every line, rebuilt from its entries, to the rupiah.
WITH rebuilt AS (
    SELECT line_id,
           coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'ceiling'), 0) AS ceiling,
           coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'block'), 0) AS blocked,
           coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'commitment'), 0) AS committed,
           coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'realisation'), 0) AS realised,
           coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'reservation'), 0) AS reserved
    FROM budget_entry GROUP BY line_id
)
SELECT l.id, l.line_key, amount, kept, coalesce(from_entries, 0)
FROM budget_budgetline l LEFT JOIN rebuilt r ON r.line_id = l.id
CROSS JOIN LATERAL (VALUES
    ('ceiling', l.ceiling, r.ceiling), ('blocked', l.blocked, r.blocked),
    ('committed', l.committed, r.committed), ('realised', l.realised, r.realised),
    ('reserved', l.reserved, r.reserved)
) AS pair (amount, kept, from_entries)
WHERE kept <> coalesce(from_entries, 0)
ORDER BY l.id, amount
