-- No contract of several years has committed more, on any day from its first letter on, than the letter
-- of the day gives the year.
SELECT 'overcommitted_contract' AS finding, 'commitment' AS kind, t.contract_number AS number,
       u.code AS line_key, o.maximum AS was, o.committed AS found
FROM (SELECT unit_id, budget_number_key(contract_number) AS key, fiscal_year,
             min(contract_number) AS contract_number
      FROM budget_contractyear GROUP BY 1, 2, 3) AS t
JOIN (SELECT unit_id, budget_number_key(contract_number) AS key, min(effective_on) AS since
      FROM budget_contractyear GROUP BY 1, 2) AS f USING (unit_id, key)
JOIN budget_spendingunit u ON u.id = t.unit_id
CROSS JOIN LATERAL budget_contract_over(t.unit_id, t.key, t.fiscal_year, f.since, 0) AS o
ORDER BY u.code, t.contract_number, t.fiscal_year
