-- What budget_post and budget_post_many ask before they write. Each raises, or returns what it found.

-- The province of a unit that a person may write in, and the person's role; no row for who may not.
-- The same answer as the policies of the tables give, in one look-up: a posting asks it each time.
CREATE OR REPLACE FUNCTION budget_reach(p_unit bigint, p_person bigint)
RETURNS TABLE (province bigint, role text) LANGUAGE sql STABLE AS $$
    SELECT u.province_id, p.role::text
    FROM budget_spendingunit u, people_user p
    WHERE u.id = p_unit AND p.id = p_person AND p.is_active AND pulih_role_writes(p.role)
      AND (p.role = 'system' OR EXISTS (
          SELECT 1 FROM people_reach r
          WHERE r.user_id = p.id AND r.area_id IN (1, u.province_id)
            AND r.valid_from <= pulih_today()
            AND (r.valid_to IS NULL OR r.valid_to > pulih_today())))
$$;

-- The same for the speaking person; who may not write there is refused (PU004).
CREATE OR REPLACE FUNCTION budget_reached_province(p_unit bigint, OUT province bigint, OUT role text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT r.province, r.role INTO province, role FROM budget_reach(p_unit, pulih_person()) AS r;
    IF province IS NULL THEN
        RAISE EXCEPTION 'Unit % is out of reach.', p_unit USING ERRCODE = 'PU004';
    END IF;
END $$;

-- May a document of this kind move this amount in this direction?
CREATE OR REPLACE FUNCTION budget_may_move(p_kind text, p_amount text, p_rupiah bigint, p_refers boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p_rupiah <> 0 AND CASE p_kind
        WHEN 'dipa' THEN p_amount IN ('ceiling', 'block', 'commitment', 'realisation')
        WHEN 'pok' THEN p_amount IN ('ceiling', 'block', 'commitment', 'realisation')
        WHEN 'correction' THEN p_amount IN ('ceiling', 'block', 'commitment', 'realisation',
                                            'reservation', 'request', 'order')
        WHEN 'revision' THEN p_amount IN ('ceiling', 'block')
        WHEN 'block' THEN p_amount = 'block' AND p_rupiah > 0
        WHEN 'release' THEN p_amount = 'block' AND p_rupiah < 0
        WHEN 'reservation' THEN p_amount = 'reservation' AND p_rupiah > 0
        WHEN 'unreserve' THEN p_amount = 'reservation' AND p_rupiah < 0
        WHEN 'commitment' THEN p_amount = 'commitment' AND (p_rupiah > 0 OR p_refers)
        WHEN 'spp' THEN p_amount = 'request' AND p_rupiah > 0
        WHEN 'spm' THEN p_amount = 'order' AND p_rupiah > 0
        WHEN 'sp2d' THEN p_amount IN ('commitment', 'realisation') AND p_rupiah > 0
        WHEN 'return' THEN p_amount IN ('commitment', 'realisation') AND p_rupiah < 0
    END, false)
$$;

-- Whatever cannot be judged blocks: an unknown year or day (PU001), a blank or unknown part (PU006).
CREATE OR REPLACE FUNCTION budget_judge_document(
    p_kind text, p_number text, p_year integer, p_effective date,
    p_lines bigint[], p_amounts text[], p_rupiah bigint[], p_refers boolean
) RETURNS void LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF p_year IS NULL OR p_effective IS NULL
       OR p_effective NOT BETWEEN make_date(p_year - 1, 10, 1) AND make_date(p_year, 12, 31) THEN
        RAISE EXCEPTION 'Fiscal year % is not open on %.', p_year, p_effective
            USING ERRCODE = 'PU001';
    END IF;
    IF coalesce(budget_number_key(p_number), '') = '' THEN
        RAISE EXCEPTION 'The document has no number.'
            USING ERRCODE = 'PU006', DETAIL = '{"what": "number"}';
    END IF;
    IF coalesce(cardinality(p_lines), 0) = 0
       OR cardinality(p_lines) IS DISTINCT FROM cardinality(p_amounts)
       OR cardinality(p_lines) IS DISTINCT FROM cardinality(p_rupiah)
       OR array_position(p_lines, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'The document does not say what it moves on which line.'
            USING ERRCODE = 'PU006', DETAIL = '{"what": "movements"}';
    END IF;
    FOR i IN 1 .. cardinality(p_lines) LOOP
        IF NOT budget_may_move(p_kind, p_amounts[i], p_rupiah[i], p_refers) THEN
            RAISE EXCEPTION 'A document of kind % may not move % by %.',
                p_kind, p_amounts[i], p_rupiah[i]
                USING ERRCODE = 'PU006', DETAIL = jsonb_build_object(
                    'what', 'kind', 'kind', p_kind, 'amount', p_amounts[i],
                    'rupiah', p_rupiah[i])::text;
        END IF;
    END LOOP;
END $$;

-- What a document says otherwise than when it was posted; null when it says the same. A party, way
-- of payment or document referred to that one of the two leaves blank is no contradiction.
CREATE OR REPLACE FUNCTION budget_differences(
    p_before bigint, p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH before AS (SELECT * FROM budget_posting WHERE id = p_before),
    said AS (
        SELECT 'effective_on' AS what, effective_on::text AS was, p_new.effective_on::text AS now
        FROM before
        UNION ALL SELECT 'party', nullif(party, ''), nullif(p_new.party, '') FROM before
        WHERE budget_party_key(party) <> budget_party_key(p_new.party)
        UNION ALL SELECT 'method', nullif(method, ''), nullif(p_new.method, '') FROM before
        UNION ALL SELECT 'refers_to', refers_to_id::text, p_new.refers_to_id::text FROM before
        UNION ALL SELECT 'reverses', reverses_id::text, p_new.reverses_id::text FROM before
        UNION ALL SELECT 'promise', coalesce(promise_id, 0)::text, p_new.promise_id::text FROM before
    ),
    was AS (
        SELECT line_id AS line, amount_kind AS amount, sum(rupiah) AS rupiah
        FROM budget_entry e WHERE posting_id = p_before
          AND NOT budget_is_drawn((SELECT document_kind FROM before), e.amount_kind)
        GROUP BY line_id, amount_kind
    ),
    now AS (
        SELECT line, amount, sum(rupiah) AS rupiah
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah) GROUP BY line, amount
    ),
    moved AS (
        SELECT line, amount, coalesce(was.rupiah, 0) AS was, coalesce(now.rupiah, 0) AS now
        FROM was FULL JOIN now USING (line, amount)
        WHERE was.rupiah IS DISTINCT FROM now.rupiah
    )
    SELECT jsonb_agg(difference) FROM (
        SELECT jsonb_build_object('what', what, 'was', was, 'now', now) AS difference
        FROM said WHERE was <> now
        UNION ALL
        SELECT jsonb_build_object('what', 'line', 'line', line, 'line_key', line_key,
                                  'amount', amount, 'was', was, 'now', now)
        FROM (SELECT moved.*, l.line_key FROM moved LEFT JOIN budget_budgetline l ON l.id = line
              ORDER BY line, amount) AS of_lines
    ) AS every
$$;

-- May the new document follow (or reverse) the one it names? Returns the commitment it settles.
CREATE OR REPLACE FUNCTION budget_judge_parent(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_parent budget_posting;
    v_reversed budget_posting;
    v_rule text;
    v_settles bigint;
BEGIN
    IF p_new.reverses_id IS NOT NULL THEN
        SELECT * INTO v_reversed FROM budget_posting WHERE id = p_new.reverses_id;
        v_rule := CASE
            WHEN p_new.document_kind <> 'correction' THEN 'only_corrections_reverse'
            WHEN v_reversed.id IS NULL OR v_reversed.unit_id <> p_new.unit_id
                 OR v_reversed.fiscal_year <> p_new.fiscal_year THEN 'another_unit_or_year'
            WHEN v_reversed.reverses_id IS NOT NULL THEN 'is_a_reversal'
            WHEN EXISTS (SELECT 1 FROM budget_posting c WHERE c.refers_to_id = v_reversed.id
                         AND c.document_kind <> 'correction' AND NOT EXISTS (
                            SELECT 1 FROM budget_posting r WHERE r.reverses_id = c.id))
                 THEN 'others_stand_on_it'
            WHEN EXISTS (SELECT 1 FROM budget_posting WHERE reverses_id = v_reversed.id)
                 THEN 'reversed_before'
            WHEN p_new.effective_on < v_reversed.effective_on THEN 'before_what_it_refers_to'
            WHEN EXISTS (
                SELECT line, amount, sum(rupiah) FROM (
                    SELECT line_id AS line, amount_kind::text AS amount, rupiah
                    FROM budget_entry WHERE posting_id = v_reversed.id
                    UNION ALL SELECT * FROM unnest(p_lines, p_amounts, p_rupiah)
                ) AS both_ways GROUP BY line, amount HAVING sum(rupiah) <> 0
            ) THEN 'not_the_opposite'
        END;
        IF v_rule IS NOT NULL THEN
            RAISE EXCEPTION 'The document may not be reversed: %.', v_rule
                USING ERRCODE = 'PU005', DETAIL = budget_named(v_rule, v_reversed)::text;
        END IF;
    END IF;
    IF p_new.refers_to_id IS NULL THEN
        RETURN NULL;
    END IF;

    SELECT * INTO v_parent FROM budget_posting WHERE id = p_new.refers_to_id;
    v_settles := CASE WHEN v_parent.document_kind = 'commitment'
                      THEN coalesce(v_parent.settles_id, v_parent.id)
                      ELSE v_parent.settles_id END;
    v_rule := CASE
        WHEN v_parent.id IS NULL OR v_parent.unit_id <> p_new.unit_id
             OR v_parent.fiscal_year <> p_new.fiscal_year THEN 'another_unit_or_year'
        WHEN NOT budget_may_follow(p_new.document_kind, v_parent.document_kind) THEN 'wrong_kind'
        WHEN p_new.effective_on < v_parent.effective_on THEN 'before_what_it_refers_to'
        WHEN p_new.document_kind <> 'correction'
             AND EXISTS (SELECT 1 FROM budget_posting WHERE reverses_id = v_parent.id)
             THEN 'follows_a_reversed_one'
        WHEN v_settles IS NOT NULL AND p_new.document_kind IN ('sp2d', 'return')
             AND 'commitment' = ANY (p_amounts) THEN 'commits_twice'
    END;
    IF v_rule IS NOT NULL THEN
        RAISE EXCEPTION 'The document may not follow the one it names: %.', v_rule
            USING ERRCODE = 'PU005', DETAIL = budget_named(v_rule, v_parent)::text;
    END IF;
    RETURN v_settles;
END $$;

CREATE OR REPLACE FUNCTION budget_may_follow(p_kind text, p_parent text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_kind
        WHEN 'commitment' THEN p_parent = 'commitment'
        WHEN 'spp' THEN p_parent = 'commitment'
        WHEN 'spm' THEN p_parent = 'spp'
        WHEN 'sp2d' THEN p_parent IN ('spm', 'commitment')
        WHEN 'return' THEN p_parent = 'sp2d'
        WHEN 'release' THEN p_parent IN ('block', 'dipa', 'pok')
        WHEN 'reservation' THEN false
        WHEN 'unreserve' THEN false
        WHEN 'correction' THEN true
        ELSE p_parent IN ('dipa', 'pok', 'revision')
    END
$$;

CREATE OR REPLACE FUNCTION budget_named(p_rule text, p budget_posting) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('rule', p_rule, 'kind', p.document_kind, 'number', p.document_number,
        'on', p.effective_on, 'reversed_by',
        (SELECT document_number FROM budget_posting WHERE reverses_id = p.id))
$$;

-- What a document and its corrections come to.
CREATE OR REPLACE FUNCTION budget_family(p_posting bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT p_posting
    UNION ALL
    SELECT id FROM budget_posting WHERE refers_to_id = p_posting AND document_kind = 'correction'
$$;

-- The entries of a commitment and of everything that settles it; is_return: it came back.
CREATE OR REPLACE FUNCTION budget_settling(
    p_commitment bigint, OUT line_id bigint, OUT amount_kind text, OUT rupiah bigint,
    OUT is_return boolean
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    SELECT e.line_id, e.amount_kind, e.rupiah,
           'return' IN (p.document_kind, coalesce(corrected.document_kind, ''))
    FROM (SELECT id, document_kind, refers_to_id FROM budget_posting WHERE id = p_commitment
          UNION ALL SELECT id, document_kind, refers_to_id FROM budget_posting
          WHERE settles_id = p_commitment) AS p
    LEFT JOIN budget_posting corrected
           ON corrected.id = p.refers_to_id AND p.document_kind = 'correction'
    JOIN budget_entry e ON e.posting_id = p.id
$$;

-- What was paid of a commitment on a line without being asked for by an SPP before.
CREATE OR REPLACE FUNCTION budget_paid_directly(p_commitment bigint, p_line bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(e.rupiah), 0)::bigint
    FROM budget_posting p JOIN budget_posting before ON before.id = p.refers_to_id
    CROSS JOIN LATERAL budget_family(p.id) AS own (id)
    JOIN budget_entry e ON e.posting_id = own.id
    WHERE p.settles_id = p_commitment AND p.document_kind = 'sp2d'
      AND before.document_kind = 'commitment'
      AND e.line_id = p_line AND e.amount_kind = 'realisation'
$$;

-- No document gives out more than it holds: orders within the request, payments within the order,
-- returns within the payment; all of them within the commitment (PU005). The lines are locked.
CREATE OR REPLACE FUNCTION budget_judge_chain(p_parent bigint, p_settles bigint) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_over record;
BEGIN
    WITH held AS (
        SELECT x.id, x.document_kind, e.line_id, e.amount_kind, sum(e.rupiah) AS rupiah
        FROM budget_posting x CROSS JOIN LATERAL budget_family(x.id) AS own (id)
        JOIN budget_entry e ON e.posting_id = own.id
        WHERE x.id IN (p_parent, (SELECT refers_to_id FROM budget_posting WHERE id = p_parent))
        GROUP BY x.id, e.line_id, e.amount_kind
    ), taken AS (
        SELECT x.id, c.document_kind, e.line_id, e.amount_kind, sum(e.rupiah) AS rupiah
        FROM budget_posting x JOIN budget_posting c ON c.refers_to_id = x.id
        CROSS JOIN LATERAL budget_family(c.id) AS own (id)
        JOIN budget_entry e ON e.posting_id = own.id
        WHERE x.id IN (p_parent, (SELECT refers_to_id FROM budget_posting WHERE id = p_parent))
          AND c.document_kind <> 'correction'
        GROUP BY x.id, c.document_kind, e.line_id, e.amount_kind
    )
    SELECT x.document_kind::text AS kind, x.document_number::text AS number,
           l.line_key::text, coalesce(held.rupiah, 0) AS holds, taken.rupiah * rules.sign AS takes INTO v_over
    FROM taken JOIN budget_posting x ON x.id = taken.id
    JOIN budget_chain_rules() AS rules ON rules.parent = x.document_kind AND rules.child = taken.document_kind
              AND rules.takes = taken.amount_kind
    LEFT JOIN held ON held.id = taken.id AND held.line_id = taken.line_id
                  AND held.amount_kind = rules.holds
    JOIN budget_budgetline l ON l.id = taken.line_id
    WHERE taken.rupiah * rules.sign > coalesce(held.rupiah, 0)
    ORDER BY taken.line_id LIMIT 1;
    IF NOT FOUND AND p_settles IS NOT NULL THEN
        SELECT 'commitment' AS kind, c.document_number::text AS number, l.line_key::text,
               sums.committed AS holds, sums.taken AS takes INTO v_over
        FROM (
            SELECT line_id, coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'commitment'), 0)
                       AS committed,
                   greatest(
                       sum(rupiah) FILTER (WHERE amount_kind = 'realisation'),
                       coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'request'), 0)
                       + coalesce(sum(rupiah) FILTER (WHERE amount_kind = 'realisation'
                                                      AND is_return), 0)
                       + budget_paid_directly(p_settles, line_id)) AS taken
            FROM budget_settling(p_settles) GROUP BY line_id
        ) AS sums
        JOIN budget_posting c ON c.id = p_settles
        JOIN budget_budgetline l ON l.id = sums.line_id
        WHERE sums.taken > sums.committed
        ORDER BY sums.line_id LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION '% % holds % on %, not %.',
            v_over.kind, v_over.number, v_over.holds, v_over.line_key, v_over.takes
            USING ERRCODE = 'PU005', DETAIL = (to_jsonb(v_over)
                || jsonb_build_object('rule', 'more_than_it_holds'))::text;
    END IF;
END $$;
