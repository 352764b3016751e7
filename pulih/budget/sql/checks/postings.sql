-- Documents that no longer say what they said when they were posted, that move nothing, or that stand
-- twice under two spellings of one number, as they could before spellings were compared.
SELECT 'changed_document' AS finding, p.document_kind AS kind, p.document_number AS number,
       NULL::text AS line_key, NULL::bigint AS was, NULL::bigint AS found
FROM budget_posting p WHERE p.hash IS DISTINCT FROM budget_posting_hash(p)
UNION ALL
SELECT 'document_without_entries', p.document_kind, p.document_number, NULL, NULL, NULL
FROM budget_posting p
WHERE NOT EXISTS (SELECT 1 FROM budget_entry e WHERE e.posting_id = p.id)
UNION ALL
SELECT 'posted_twice', max(p.document_kind), string_agg(p.document_number, ' = ' ORDER BY p.id), NULL,
       1, count(*)
FROM budget_posting p
WHERE NOT EXISTS (SELECT 1 FROM budget_posting r WHERE r.reverses_id = p.id)
GROUP BY p.document_kind, budget_number_key(p.document_number), p.unit_id, p.fiscal_year
HAVING count(*) > 1
