-- Settle the standing differences of what a list states itself and no longer shows as it was.
-- A list speaks for its own rows alone: of a document that it does not name it says nothing, since
-- nobody knows whether it is whole. One whose document was taken back since is settled too.
UPDATE budget_difference d SET state = 'closed', closed_by_id = %(reconciliation)s
WHERE d.unit_id = %(unit)s AND d.fiscal_year = %(year)s AND d.list_kind = %(kind)s
  AND d.state IN ('open', 'explained')
  AND NOT EXISTS (
    SELECT 1 FROM pg_temp.treasury_findings f WHERE
  f.identity = d.identity AND f.theirs IS NOT DISTINCT FROM d.theirs
  AND f.ours IS NOT DISTINCT FROM d.ours AND f.their_day IS NOT DISTINCT FROM d.their_day
  AND f.our_day IS NOT DISTINCT FROM d.our_day
  )
  AND (EXISTS (SELECT 1 FROM pg_temp.treasury_stated s WHERE s.identity = d.identity)
       OR EXISTS (SELECT 1 FROM pg_temp.treasury_findings f WHERE f.identity = d.identity)
       OR (d.kind = 'missing_there'
           AND EXISTS (SELECT 1 FROM budget_posting r WHERE r.reverses_id = d.posting_id)));
