-- Let the differences that a list still shows stand, with what can be done about them now.
UPDATE budget_difference d
SET last_seen_id = %(reconciliation)s, can_post = f.can_post, why_indonesian = coalesce(f.why_indonesian, ''),
    why_en = coalesce(f.why_en, ''), content = coalesce(f.content, '{}')::jsonb,
    kind = f.kind, line_id = f.line_id, posting_id = f.posting_id,
    sheet = coalesce(f.sheet, ''), row = f.row
FROM pg_temp.treasury_findings f
WHERE d.unit_id = %(unit)s AND d.fiscal_year = %(year)s AND d.list_kind = %(kind)s
  AND d.state IN ('open', 'explained')
  AND f.identity = d.identity AND f.theirs IS NOT DISTINCT FROM d.theirs
  AND f.ours IS NOT DISTINCT FROM d.ours AND f.their_day IS NOT DISTINCT FROM d.their_day
  AND f.our_day IS NOT DISTINCT FROM d.our_day;
