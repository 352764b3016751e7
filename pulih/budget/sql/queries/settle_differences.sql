-- Settle the standing differences that a list covers and no longer shows.
-- A list speaks for the days it covers; what lies outside them it neither shows nor settles.
UPDATE budget_difference d SET state = 'closed', closed_by_id = %(reconciliation)s
WHERE d.unit_id = %(unit)s AND d.fiscal_year = %(year)s AND d.list_kind = %(kind)s
  AND d.state IN ('open', 'explained')
  AND NOT EXISTS (
    SELECT 1 FROM pg_temp.treasury_findings f WHERE
  f.identity = d.identity AND f.theirs IS NOT DISTINCT FROM d.theirs
  AND f.ours IS NOT DISTINCT FROM d.ours AND f.their_day IS NOT DISTINCT FROM d.their_day
  AND f.our_day IS NOT DISTINCT FROM d.our_day
  )
  AND (%(first)s::date IS NULL OR coalesce(d.their_day, d.our_day) IS NULL
       OR coalesce(d.their_day, d.our_day) BETWEEN %(first)s AND %(last)s
       OR EXISTS (SELECT 1 FROM pg_temp.treasury_findings f WHERE f.identity = d.identity));
