-- Money that is promised: what is set aside on lines, drawn by what commits it, given back, released.

-- Does the ledger itself add this amount to a document of the kind? Then the document says nothing
-- of it, and posted again it is not compared.
CREATE OR REPLACE FUNCTION budget_is_drawn(p_kind text, p_amount text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT p_amount = 'reservation' AND p_kind IN ('commitment', 'sp2d', 'return')
$$;

-- What a document that commits for a promise takes of the money set aside for it, line by line: as
-- much as it commits, and no more than is set aside on every day from its own on; the rest is free
-- money. What lowers a commitment gives back what its chain had drawn. The lines are locked.
CREATE OR REPLACE FUNCTION budget_drawn(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    OUT line bigint, OUT rupiah bigint
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    WITH committed AS (
        SELECT m.line, sum(m.rupiah) AS rupiah
        FROM unnest(p_lines, p_amounts, p_rupiah) AS m (line, amount, rupiah)
        WHERE m.amount = 'commitment' AND budget_is_drawn(p_new.document_kind, 'reservation')
        GROUP BY m.line
    ), moved AS (
        SELECT c.line, greatest(e.effective_on, p_new.effective_on) AS day, e.rupiah
        FROM committed c JOIN budget_entry e ON e.line_id = c.line
        JOIN budget_posting p ON p.id = e.posting_id
        WHERE e.amount_kind = 'reservation' AND p.promise_id = p_new.promise_id
        UNION ALL SELECT c.line, p_new.effective_on, 0 FROM committed c
    ), ends AS (
        SELECT m.line, sum(m.rupiah) OVER (PARTITION BY m.line ORDER BY m.day) AS rupiah FROM moved m
    ), held AS (
        SELECT e.line, min(e.rupiah) AS rupiah FROM ends e GROUP BY e.line
    ), drawn AS (
        SELECT e.line_id AS line, -sum(e.rupiah) AS rupiah
        FROM budget_posting p JOIN budget_entry e ON e.posting_id = p.id
        WHERE coalesce(p_new.settles_id, p_new.refers_to_id) IN (p.id, p.settles_id, p.refers_to_id)
          AND e.amount_kind = 'reservation'
        GROUP BY e.line_id
    )
    SELECT c.line, -least(c.rupiah, h.rupiah)::bigint
    FROM committed c JOIN held h USING (line) WHERE c.rupiah > 0 AND h.rupiah > 0
    UNION ALL
    SELECT c.line, least(-c.rupiah, d.rupiah)::bigint
    FROM committed c JOIN drawn d USING (line) WHERE c.rupiah < 0 AND d.rupiah > 0
$$;

-- May the document move money of this promise (else PU005)? Its promise is of its unit and year, its
-- chain's own if it follows one, and holds on every day what is taken from it on each line.
CREATE OR REPLACE FUNCTION budget_judge_promise(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_promise budget_promise;
    v_rule text;
    v_over record;
BEGIN
    SELECT * INTO v_promise FROM budget_promise WHERE id = p_new.promise_id;
    v_rule := CASE
        WHEN p_new.promise_id IS NULL THEN 'names_no_promise'
        WHEN v_promise.unit_id IS DISTINCT FROM p_new.unit_id
             OR v_promise.fiscal_year <> p_new.fiscal_year THEN 'another_unit_or_year'
        WHEN p_new.document_kind = 'unreserve' AND btrim(p_new.reason) = ''
             THEN 'releases_without_reason'
        WHEN p_new.refers_to_id IS NOT NULL AND p_new.promise_id IS DISTINCT FROM (
             SELECT promise_id FROM budget_posting
             WHERE id = coalesce(p_new.reverses_id, p_new.refers_to_id)) THEN 'another_promise'
    END;
    IF v_rule IS NOT NULL THEN
        RAISE EXCEPTION 'The document may not move this promise: %.', v_rule
            USING ERRCODE = 'PU005', DETAIL = jsonb_build_object(
                'rule', v_rule, 'promise', v_promise.number, 'title', v_promise.title)::text;
    END IF;

    WITH own AS (
        SELECT m.line, sum(m.rupiah) AS rupiah
        FROM unnest(p_lines, p_amounts, p_rupiah) AS m (line, amount, rupiah)
        WHERE m.amount = 'reservation' GROUP BY m.line HAVING sum(m.rupiah) < 0
    ), moved AS (
        SELECT o.line, greatest(e.effective_on, p_new.effective_on) AS day, e.rupiah
        FROM own o JOIN budget_entry e ON e.line_id = o.line
        JOIN budget_posting p ON p.id = e.posting_id
        WHERE e.amount_kind = 'reservation' AND p.promise_id = p_new.promise_id
        UNION ALL SELECT o.line, p_new.effective_on, 0 FROM own o
    ), ends AS (
        SELECT m.line, sum(m.rupiah) OVER (PARTITION BY m.line ORDER BY m.day) AS rupiah FROM moved m
    )
    SELECT l.line_key::text, min(e.rupiah) AS holds, -min(o.rupiah) AS takes INTO v_over
    FROM ends e JOIN own o USING (line) JOIN budget_budgetline l ON l.id = e.line
    GROUP BY l.id HAVING min(e.rupiah) + min(o.rupiah) < 0 ORDER BY l.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Promise % holds % on %, not %.',
            v_promise.number, v_over.holds, v_over.line_key, v_over.takes
            USING ERRCODE = 'PU005', DETAIL = (to_jsonb(v_over) || jsonb_build_object(
                'rule', 'more_than_promised', 'promise', v_promise.number,
                'title', v_promise.title))::text;
    END IF;
END $$;
