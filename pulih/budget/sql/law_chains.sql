-- What a document gives out lies within what it holds, on every day: document_law.sql asks it of all days
-- together, as a document is posted; this asks it day by day, where something takes effect later.

-- Which documents hold what others take, by amount. sign: of what is taken, as its entries have it.
CREATE OR REPLACE FUNCTION budget_chain_rules()
RETURNS TABLE (parent text, holds text, child text, takes text, sign integer)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('spp', 'request', 'spm', 'order', 1), ('spm', 'order', 'sp2d', 'realisation', 1),
           ('sp2d', 'realisation', 'return', 'realisation', -1),
           ('sp2d', 'commitment', 'return', 'commitment', -1),
           ('block', 'block', 'release', 'block', -1), ('dipa', 'block', 'release', 'block', -1),
           ('pok', 'block', 'release', 'block', -1)
$$;

-- All that a document and the one before it hold and give out, and its commitment, entry by entry.
-- Of a commitment two things are asked: that what is paid lies within it, and that what is asked for
-- (by SPP or paid without one, less what came back) does.
CREATE OR REPLACE FUNCTION budget_chain_entries(p_parent bigint, p_settles bigint)
RETURNS TABLE (holder bigint, rule text, posting bigint, line bigint, day date, holds bigint, takes bigint)
LANGUAGE sql STABLE AS $$
    WITH about AS (
        SELECT x.id, r.* FROM budget_posting x JOIN budget_chain_rules() r ON r.parent = x.document_kind
        WHERE x.id IN (p_parent, (SELECT refers_to_id FROM budget_posting WHERE id = p_parent))
    ), settling AS (
        SELECT p.id, first.document_kind AS kind, before.document_kind AS after
        FROM budget_posting p
        LEFT JOIN budget_posting corrected
               ON corrected.id = p.refers_to_id AND p.document_kind = 'correction'
        JOIN budget_posting first ON first.id = coalesce(corrected.id, p.id)
        LEFT JOIN budget_posting before ON before.id = first.refers_to_id
        WHERE p.id = p_settles OR p.settles_id = p_settles
    )
    SELECT a.id, a.takes, e.posting_id, e.line_id, e.effective_on, e.rupiah, 0::bigint
    FROM about a CROSS JOIN LATERAL budget_family(a.id) AS own (id)
    JOIN budget_entry e ON e.posting_id = own.id AND e.amount_kind = a.holds
    UNION ALL
    SELECT a.id, a.takes, e.posting_id, e.line_id, e.effective_on, 0, e.rupiah * a.sign
    FROM about a JOIN budget_posting c ON c.refers_to_id = a.id AND c.document_kind = a.child
    CROSS JOIN LATERAL budget_family(c.id) AS own (id)
    JOIN budget_entry e ON e.posting_id = own.id AND e.amount_kind = a.takes
    UNION ALL
    SELECT p_settles, asked.rule, e.posting_id, e.line_id, e.effective_on,
           CASE WHEN e.amount_kind = 'commitment' THEN e.rupiah ELSE 0 END,
           CASE WHEN e.amount_kind <> 'commitment' THEN e.rupiah ELSE 0 END
    FROM settling s JOIN budget_entry e ON e.posting_id = s.id
    JOIN (VALUES ('paid'), ('asked')) AS asked (rule) ON CASE asked.rule
        WHEN 'paid' THEN e.amount_kind IN ('commitment', 'realisation')
        ELSE e.amount_kind IN ('commitment', 'request') OR e.amount_kind = 'realisation'
             AND (s.kind = 'return' OR s.kind = 'sp2d' AND s.after = 'commitment') END
$$;

-- The first day from p_from on whose end finds more given out than is held: the document, its line, the
-- day and both sums; null where there is none. p_by: count only what this document makes worse.
CREATE OR REPLACE FUNCTION budget_broken_chain(
    p_parent bigint, p_settles bigint, p_from date, p_by bigint DEFAULT NULL
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH moved AS MATERIALIZED (SELECT * FROM budget_chain_entries(p_parent, p_settles)),
    ends AS (
        SELECT DISTINCT holder, rule, line, day, sum(holds) OVER days AS holds,
               sum(takes) OVER days AS takes
        FROM moved WINDOW days AS (PARTITION BY holder, rule, line ORDER BY day)
    )
    SELECT jsonb_build_object(
        'rule', 'more_than_it_holds', 'kind', x.document_kind, 'number', x.document_number,
        'line_key', l.line_key, 'day', ends.day, 'holds', ends.holds, 'takes', ends.takes)
    FROM ends JOIN budget_posting x ON x.id = ends.holder JOIN budget_budgetline l ON l.id = ends.line
    WHERE ends.takes > ends.holds AND ends.day >= p_from AND (p_by IS NULL OR EXISTS (
        SELECT FROM moved m WHERE m.posting = p_by AND m.rule = ends.rule
            AND m.holder = ends.holder AND m.line = ends.line HAVING sum(m.holds - m.takes) < 0))
    ORDER BY ends.day, ends.line LIMIT 1
$$;

-- Refuse a document that makes a chain give out more than it holds on some day from its own on (PU005).
CREATE OR REPLACE FUNCTION budget_judge_chain_days(p_posting bigint, p_new budget_posting) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_over jsonb := budget_broken_chain(
        p_new.refers_to_id, p_new.settles_id, p_new.effective_on, p_posting);
BEGIN
    IF v_over IS NOT NULL THEN
        RAISE EXCEPTION '% % holds too little on %.', v_over ->> 'kind', v_over ->> 'number',
            v_over ->> 'day' USING ERRCODE = 'PU005', DETAIL = v_over::text;
    END IF;
END $$;
