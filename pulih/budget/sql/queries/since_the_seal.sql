-- What the entries after a place of each line add up to: lines, places, day, last day known.
SELECT e.line_id, e.amount_kind, sum(e.rupiah)
FROM unnest(%s::bigint[], %s::integer[]) AS later (line, sequence)
JOIN budget_entry e ON e.line_id = later.line AND e.sequence > later.sequence
WHERE e.effective_on <= %s AND (e.recorded_at AT TIME ZONE 'Asia/Jakarta')::date <= %s
  AND e.amount_kind IN ('ceiling', 'block', 'commitment', 'realisation', 'reservation')
GROUP BY e.line_id, e.amount_kind
