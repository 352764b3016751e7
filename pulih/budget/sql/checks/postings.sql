-- Documents that no longer say what they said when they were posted, or that move nothing.
SELECT 'changed_document' AS finding, p.document_kind AS kind, p.document_number AS number,
       NULL::text AS line_key, NULL::bigint AS was, NULL::bigint AS found
FROM budget_posting p WHERE p.hash IS DISTINCT FROM budget_posting_hash(p)
UNION ALL
SELECT 'document_without_entries', p.document_kind, p.document_number, NULL, NULL, NULL
FROM budget_posting p
WHERE NOT EXISTS (SELECT 1 FROM budget_entry e WHERE e.posting_id = p.id)
