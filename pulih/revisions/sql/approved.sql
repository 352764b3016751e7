-- Asked by the door of a revision's posting (`budget/sql/doors.sql`): does it move just what was
-- approved, under the number of the letter?
CREATE OR REPLACE FUNCTION budget_is_approved(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT 'ceiling' = ALL (p_amounts) AND EXISTS (
        SELECT 1 FROM budget_revision r
        CROSS JOIN LATERAL (
            SELECT letter_number FROM budget_revisionstep s
            WHERE s.revision_id = r.id AND s.state = 'approved' ORDER BY s.id DESC LIMIT 1) AS letter
        WHERE r.unit_id = p_new.unit_id AND r.fiscal_year = p_new.fiscal_year AND r.state = 'approved'
          AND budget_number_key(letter.letter_number) = budget_number_key(p_new.document_number)
          AND (r.authority = 'KPA' OR budget_has_hand(
                p_new.unit_id, p_new.posted_by_id, p_new.effective_on, '{approver}'))
          AND NOT EXISTS (
            SELECT line FROM (
                SELECT m.line_id AS line, m.rupiah FROM budget_revisionmovement m
                WHERE m.revision_id = r.id
                UNION ALL SELECT line, -rupiah FROM unnest(p_lines, p_rupiah) AS e (line, rupiah)
            ) AS both_ways GROUP BY line HAVING sum(rupiah) <> 0))
$$;
