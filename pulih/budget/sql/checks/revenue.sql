-- Of its own revenue (PNBP) no unit has spent more, on any day from its first letter on, than allowed.
SELECT 'overspent_revenue' AS finding, NULL::text AS kind, to_char(o.day, 'YYYY-MM-DD') AS number,
       u.code AS line_key, o.maximum AS was, o.spent AS found
FROM (SELECT unit_id, fiscal_year, min(effective_on) AS since FROM budget_fundterm
      WHERE budget_is_revenue(fund_source) GROUP BY 1, 2) AS t
JOIN budget_spendingunit u ON u.id = t.unit_id
CROSS JOIN LATERAL budget_revenue_overspent(t.unit_id, t.fiscal_year, t.since, 0) AS o
ORDER BY u.code, t.fiscal_year
