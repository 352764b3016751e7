-- Add the differences that a list shows and nobody knew.
INSERT INTO budget_difference (
    reconciliation_id, last_seen_id, unit_id, province_id, fiscal_year, list_kind, kind,
    identity, document_kind, document_number, line_id, line_text, amount_kind, theirs, ours,
    their_day, our_day, posting_id, can_post, why_indonesian, why_en, content, sheet, row, state, note)
SELECT %(reconciliation)s, %(reconciliation)s, %(unit)s, %(province)s, %(year)s, %(kind)s,
    f.kind, f.identity, coalesce(f.document_kind, ''), coalesce(f.number, ''), f.line_id,
    coalesce(f.line_text, ''), coalesce(f.amount_kind, ''), f.theirs, f.ours, f.their_day,
    f.our_day, f.posting_id, f.can_post, coalesce(f.why_indonesian, ''), coalesce(f.why_en, ''),
    coalesce(f.content, '{}')::jsonb, coalesce(f.sheet, ''), f.row, 'open', ''
FROM pg_temp.treasury_findings f
WHERE NOT EXISTS (
    SELECT 1 FROM budget_difference d WHERE
  d.unit_id = %(unit)s AND d.fiscal_year = %(year)s AND d.list_kind = %(kind)s
  AND d.state IN ('open', 'explained') AND d.identity = f.identity
)
ORDER BY f.their_day, f.number, f.document_kind DESC, f.line_text;  -- A payment before its return.
