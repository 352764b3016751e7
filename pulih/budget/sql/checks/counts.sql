-- A check over an empty table passes: there are at least as many entries as documents, and as many
-- as the lines and the last seal counted.
WITH counted AS (
    SELECT (SELECT count(*) FROM budget_posting) AS postings,
           (SELECT count(*) FROM budget_entry) AS entries,
           (SELECT coalesce(sum(sequence), 0) FROM budget_budgetline) AS of_lines,
           (SELECT coalesce(max(entries), 0) FROM budget_seal) AS sealed
)
SELECT finding, NULL::text AS kind, NULL::text AS number, NULL::text AS line_key,
       wanted::bigint AS was, entries::bigint AS found
FROM counted CROSS JOIN LATERAL (VALUES
    ('fewer_entries_than_documents', postings, entries < postings),
    ('entries_and_lines_disagree', of_lines, entries <> of_lines),
    ('fewer_entries_than_sealed', sealed, entries < sealed)
) AS asked (finding, wanted, is_wrong)
WHERE is_wrong
