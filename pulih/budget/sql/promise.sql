-- Money that is promised: what is set aside on lines, drawn by what commits it, given back, released.

-- Does the ledger itself add this amount to a document of the kind? Then the document says nothing
-- of it, and posted again it is not compared.
CREATE OR REPLACE FUNCTION budget_is_drawn(p_kind text, p_amount text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT p_amount = 'reservation' AND p_kind IN ('commitment', 'sp2d', 'return')
$$;

-- What is set aside for a promise on a line on every day from p_from on. The balance answers, unless
-- something takes effect later: then the entries are summed day by day. The line is locked.
CREATE OR REPLACE FUNCTION budget_promised(p_promise bigint, p_line bigint, p_from date) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_kept budget_promisedline;
BEGIN
    SELECT * INTO v_kept FROM budget_promisedline
    WHERE promise_id = p_promise AND line_id = p_line;
    IF v_kept.latest_on IS NULL OR v_kept.latest_on <= p_from THEN
        RETURN coalesce(v_kept.reserved, 0);
    END IF;
    RETURN (
        SELECT min(at_end) FROM (
            SELECT sum(rupiah) OVER (ORDER BY day) AS at_end FROM (
                SELECT p_from AS day, 0 AS rupiah
                UNION ALL
                SELECT greatest(e.effective_on, p_from), e.rupiah
                FROM budget_entry e JOIN budget_posting p ON p.id = e.posting_id
                WHERE e.line_id = p_line AND e.amount_kind = 'reservation'
                  AND p.promise_id = p_promise
            ) AS moved
        ) AS ends);
END $$;

-- What a document that commits for a promise takes of the money set aside for it, line by line: as
-- much as it commits, and no more than is set aside on every day from its own on; the rest is free
-- money. What lowers a commitment gives back what its chain had drawn.
CREATE OR REPLACE FUNCTION budget_drawn(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    OUT line bigint, OUT rupiah bigint
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    WITH committed AS (
        SELECT m.line, sum(m.rupiah)::bigint AS rupiah
        FROM unnest(p_lines, p_amounts, p_rupiah) AS m (line, amount, rupiah)
        WHERE m.amount = 'commitment' AND budget_is_drawn(p_new.document_kind, 'reservation')
        GROUP BY m.line
    ), held AS (
        SELECT c.line, least(c.rupiah, budget_promised(
            p_new.promise_id, c.line, p_new.effective_on)) AS rupiah
        FROM committed c WHERE c.rupiah > 0
    ), drawn AS (
        SELECT e.line_id AS line, -sum(e.rupiah) AS rupiah
        FROM budget_posting p JOIN budget_entry e ON e.posting_id = p.id
        WHERE coalesce(p_new.settles_id, p_new.refers_to_id) IN (p.id, p.settles_id, p.refers_to_id)
          AND e.amount_kind = 'reservation'
          AND EXISTS (SELECT FROM committed c WHERE c.rupiah < 0)
        GROUP BY e.line_id
    )
    SELECT h.line, -h.rupiah FROM held h WHERE h.rupiah > 0
    UNION ALL
    SELECT c.line, least(-c.rupiah, d.rupiah)::bigint
    FROM committed c JOIN drawn d USING (line) WHERE c.rupiah < 0 AND d.rupiah > 0
$$;

-- May the document move money of its promise (else PU005)? The promise is of its unit and year, its
-- chain's own if it follows one, and holds on every day what is taken from it on each line. If so,
-- what is left of the promise on each line moves with the entries.
CREATE OR REPLACE FUNCTION budget_move_promise(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_promise budget_promise;
    v_rule text;
    v_moved record;
    v_holds bigint;
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
    FOR v_moved IN
        SELECT m.line, sum(m.rupiah)::bigint AS rupiah
        FROM unnest(p_lines, p_amounts, p_rupiah) AS m (line, amount, rupiah)
        WHERE m.amount = 'reservation' GROUP BY m.line ORDER BY m.line
    LOOP
        v_holds := budget_promised(p_new.promise_id, v_moved.line, p_new.effective_on);
        IF v_moved.rupiah < 0 AND v_holds + v_moved.rupiah < 0 THEN
            RAISE EXCEPTION 'Promise % does not hold % on line %.',
                v_promise.number, -v_moved.rupiah, v_moved.line
                USING ERRCODE = 'PU005', DETAIL = jsonb_build_object(
                    'rule', 'more_than_promised', 'promise', v_promise.number,
                    'title', v_promise.title, 'holds', v_holds, 'takes', -v_moved.rupiah,
                    'line_key', (SELECT line_key FROM budget_budgetline WHERE id = v_moved.line)
                )::text;
        END IF;
        UPDATE budget_promisedline
        SET reserved = reserved + v_moved.rupiah, latest_on = greatest(latest_on, p_new.effective_on)
        WHERE promise_id = p_new.promise_id AND line_id = v_moved.line;
        IF NOT FOUND THEN
            INSERT INTO budget_promisedline (promise_id, line_id, province_id, reserved, latest_on)
            VALUES (p_new.promise_id, v_moved.line, p_new.province_id, v_moved.rupiah,
                    p_new.effective_on);
        END IF;
    END LOOP;
END $$;
