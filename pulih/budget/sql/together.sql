-- How documents that are asked for at one moment are posted together, in their order. An array of
-- budget_asked goes through: who asks has filled in the province within the person's reach and, where
-- a file brings the documents, its batch; each step refuses, or leaves for the next.

-- p_documents, p_lines, p_amounts, p_rupiah: what is moved, by place of the document.
CREATE OR REPLACE FUNCTION budget_post_together(
    p_asked budget_asked[], p_documents integer[], p_lines bigint[], p_amounts text[],
    p_rupiah bigint[]
) RETURNS budget_asked[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_asked budget_asked[];
    v_lines budget_budgetline[] := budget_locked_lines(p_lines);
    v_moved budget_movement[];
    v_per_line budget_line_movement[];
    v_wrong jsonb[];
    v_place integer;
BEGIN
    SELECT array_agg(ROW(place, at, line, amount, rupiah)::budget_movement ORDER BY place, at, amount)
    INTO v_moved
    FROM (SELECT *, dense_rank() OVER (ORDER BY line)::integer AS at
          FROM unnest(p_documents, p_lines, p_amounts, p_rupiah) AS m (place, line, amount, rupiah)
         ) AS m;
    v_wrong := budget_wrong_movements(p_asked, v_moved);
    IF EXISTS (SELECT FROM unnest(v_lines) AS l WHERE budget_is_revenue(l.fund_source)) THEN
        FOREACH v_place IN ARRAY budget_spending_revenue(p_asked, v_lines, v_moved) LOOP
            v_wrong[v_place] := coalesce(v_wrong[v_place], '{"what": "alone"}');
        END LOOP;
    END IF;
    FOREACH v_place IN ARRAY budget_planned_contracts(p_asked) LOOP
        v_wrong[v_place] := coalesce(v_wrong[v_place], '{"what": "alone"}');
    END LOOP;
    v_asked := budget_check_asked(p_asked, v_wrong);
    IF EXISTS (SELECT FROM unnest(v_asked) AS a WHERE a.posting IS NOT NULL) THEN
        v_asked := budget_answer_known(v_asked, v_moved);
    END IF;
    SELECT array_agg(m ORDER BY m.place, m.at) INTO v_per_line
    FROM budget_movements_by_line(v_asked, v_lines, v_moved) AS m;
    IF v_per_line IS NULL THEN
        RETURN v_asked;
    END IF;
    v_asked := budget_judge_in_order(v_asked, v_lines, v_per_line);
    RETURN budget_write_together(v_asked, v_lines, v_moved, v_per_line);
END $$;

-- Lock lines in the order of their ids and return them in it; null for one that is not there.
CREATE OR REPLACE FUNCTION budget_locked_lines(p_lines bigint[]) RETURNS budget_budgetline[]
LANGUAGE plpgsql AS $$
DECLARE
    v_wanted bigint[] := (SELECT array_agg(DISTINCT line ORDER BY line) FROM unnest(p_lines) AS line);
    v_lines budget_budgetline[];
BEGIN
    SELECT array_agg(l) INTO v_lines FROM (
        SELECT * FROM budget_budgetline WHERE id = ANY (v_wanted) ORDER BY id FOR NO KEY UPDATE) AS l;
    IF cardinality(v_lines) = cardinality(v_wanted) THEN
        RETURN v_lines;
    END IF;
    RETURN (SELECT array_agg(l ORDER BY w) FROM unnest(v_wanted) AS w
            LEFT JOIN budget_budgetline l ON l.id = w);
END $$;

-- By place: what is wrong with what a document moves; null where nothing is. Nobody promises or
-- draws here.
CREATE OR REPLACE FUNCTION budget_wrong_movements(p_asked budget_asked[], p_moved budget_movement[])
RETURNS jsonb[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_wrong jsonb[] := array_fill('{"what": "movements"}'::jsonb, ARRAY[cardinality(p_asked)]);
    v_place integer := 0;
    v_kind text;
    v_one budget_movement;
BEGIN
    FOREACH v_one IN ARRAY coalesce(p_moved, '{}') LOOP
        IF v_one.place <> v_place THEN
            v_place := v_one.place;
            v_kind := p_asked[v_place].kind;
            v_wrong[v_place] := NULL;
        END IF;
        IF v_one.amount = 'reservation'
           OR NOT budget_may_move(v_kind, v_one.amount, v_one.rupiah, false) THEN
            v_wrong[v_place] := jsonb_build_object(
                'what', 'kind', 'kind', v_kind, 'amount', v_one.amount, 'rupiah', v_one.rupiah);
        END IF;
    END LOOP;
    RETURN v_wrong;
END $$;

-- Refuse what cannot be judged, and new documents whose door is closed; fill in `posting` where the
-- document was posted before. A second copy in one lot is to be asked again, alone (40001), and so is
-- what spends a unit's revenue or is committed for a contract of several years.
CREATE OR REPLACE FUNCTION budget_check_asked(p_asked budget_asked[], p_wrong jsonb[])
RETURNS budget_asked[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(ROW(
        a.place, a.kind, a.number, a.unit, a.year, a.effective, a.reason, a.party, a.method, a.batch,
        a.person, a.role, a.province, coalesce(known.edition, 1), known.id, NULL,
        coalesce(fault.code, door ->> 'code'), coalesce(fault.facts, door -> 'facts')
    )::budget_asked ORDER BY a.place)
    FROM (
        SELECT d.*, row_number() OVER (PARTITION BY kind, key, unit, year ORDER BY place) AS copy
        FROM (SELECT *, budget_number_key(number) AS key FROM unnest(p_asked, p_wrong) AS d (
            place, kind, number, unit, year, effective, reason, party, method, batch, person, role,
            province, edition, posting, is_new, refused, facts, wrong)) AS d
    ) AS a
    CROSS JOIN LATERAL (SELECT CASE
        WHEN a.province IS NULL THEN 'PU004'
        WHEN a.effective IS NULL OR a.year IS NULL OR a.year NOT BETWEEN 2005 AND 2100 THEN 'PU001'
        WHEN a.effective NOT BETWEEN make_date(a.year - 1, 10, 1) AND make_date(a.year, 12, 31)
            THEN 'PU001'
        WHEN a.wrong ->> 'what' = 'alone' AND a.key <> '' THEN '40001'
        WHEN coalesce(a.key, '') = '' OR a.wrong IS NOT NULL THEN 'PU006'
        WHEN a.copy > 1 THEN '40001'
    END AS code) AS coded
    CROSS JOIN LATERAL (SELECT coded.code, CASE
        WHEN coded.code <> 'PU006' THEN NULL
        WHEN coalesce(a.key, '') = '' THEN '{"what": "number"}' ELSE a.wrong END AS facts) AS fault
    LEFT JOIN LATERAL (
        SELECT p.id, p.edition FROM budget_posting p
        WHERE fault.code IS NULL AND p.document_kind = a.kind AND p.unit_id = a.unit
          AND p.fiscal_year = a.year AND budget_number_key(p.document_number) = a.key
        ORDER BY p.edition DESC LIMIT 1) AS known ON true
    CROSS JOIN LATERAL (SELECT CASE WHEN fault.code IS NULL AND known.id IS NULL THEN
        budget_closed_door(a.kind, a.batch, a.person, a.role, a.unit, a.province, a.effective, a.party)
        END AS door OFFSET 0) AS doors  -- Else it is asked once for each column that names it.
$$;

-- Why a person may not post a document of a kind that needs no paper: {"code", "facts"}; else null.
CREATE OR REPLACE FUNCTION budget_closed_door(
    p_kind text, p_batch bigint, p_person bigint, p_role text, p_unit bigint, p_province bigint,
    p_effective date, p_party text
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN p_role <> 'system' THEN (
        SELECT CASE
            WHEN p_batch IS NOT NULL AND file IS DISTINCT FROM budget_file_of(p_batch, p_province)
            THEN jsonb_build_object('code', 'PU008', 'facts', jsonb_build_object(
                'rule', 'not_by_file', 'kind', p_kind))
            WHEN NOT budget_has_hand(p_unit, p_person, p_effective, posts)
            THEN jsonb_build_object('code', 'PU007', 'facts', jsonb_build_object(
                'rule', 'not_appointed', 'posts', posts, 'on', p_effective))
            WHEN p_party <> '' AND p_kind IN ('commitment', 'spp', 'spm', 'sp2d')
                 AND budget_is_paid(p_person, p_party)
            THEN '{"code": "PU007", "facts": {"rule": "to_oneself"}}'
        END
        FROM (SELECT file, CASE WHEN p_batch IS NULL THEN hands ELSE file_hands END AS posts
              FROM budget_doors()
              WHERE kind = CASE WHEN p_batch IS NULL AND p_kind = 'sp2d' THEN 'imprest'  -- Without an order.
                                ELSE p_kind END) AS door
    ) END
$$;

-- Answer documents that were posted before: the same is the same, another content is refused with
-- what differs, and what was reversed may come anew as the next edition.
CREATE OR REPLACE FUNCTION budget_answer_known(p_asked budget_asked[], p_moved budget_movement[])
RETURNS budget_asked[] LANGUAGE plpgsql STABLE SET enable_nestloop = off AS $$
DECLARE
    v_known record;
    v_door jsonb;
    v_differs boolean;
BEGIN
    FOR v_known IN
        SELECT a.place, p.id, m.movements,
               (SELECT r.document_number FROM budget_posting r WHERE r.reverses_id = p.id) AS reversed_by,
               (m.movements, a.effective, a.party, a.method) IS DISTINCT FROM (
                budget_posted_movements(p.id), p.effective_on, p.party, p.method::text) AS may_differ
        FROM unnest(p_asked) AS a
        CROSS JOIN LATERAL (SELECT * FROM budget_posting WHERE id = a.posting) AS p
        JOIN (SELECT place, array_agg(said ORDER BY said) AS movements
              FROM (SELECT place, concat_ws('|', line, amount, sum(rupiah)) AS said
                    FROM unnest(p_moved) GROUP BY place, line, amount) AS m GROUP BY place
             ) AS m ON m.place = a.place
        WHERE a.posting IS NOT NULL
    LOOP
        -- Alike to the letter is no difference; of all else the one comparison is asked.
        p_asked[v_known.place].facts := CASE WHEN v_known.may_differ THEN
            budget_asked_differences(v_known.id, p_asked[v_known.place], p_moved) END;
        v_differs := p_asked[v_known.place].facts IS NOT NULL;
        IF v_differs = (v_known.reversed_by IS NULL) THEN
            p_asked[v_known.place].refused := 'PU003';
            p_asked[v_known.place].facts := jsonb_build_object(
                'posting', v_known.id, 'reversed_by', v_known.reversed_by,
                'differences', p_asked[v_known.place].facts);
        ELSIF v_differs THEN
            v_door := budget_door_of_asked(p_asked[v_known.place]);
            p_asked[v_known.place].edition := p_asked[v_known.place].edition + 1;
            p_asked[v_known.place].refused := v_door ->> 'code';
            p_asked[v_known.place].facts := v_door -> 'facts';
        ELSE
            p_asked[v_known.place].is_new := false;
            CONTINUE;
        END IF;
        p_asked[v_known.place].posting := NULL;
    END LOOP;
    RETURN p_asked;
END $$;

CREATE OR REPLACE FUNCTION budget_door_of_asked(p budget_asked) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT budget_closed_door(
        p.kind, p.batch, p.person, p.role, p.unit, p.province, p.effective, p.party)
$$;

-- What a posted document moves, as its paper says it: each line and amount as a text, sorted.
CREATE OR REPLACE FUNCTION budget_posted_movements(p_posting bigint) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(said ORDER BY said) FROM (
        SELECT concat_ws('|', e.line_id, e.amount_kind, sum(e.rupiah)) AS said
        FROM budget_entry e
        WHERE e.posting_id = p_posting AND NOT budget_is_drawn(
            (SELECT document_kind FROM budget_posting WHERE id = p_posting), e.amount_kind)
        GROUP BY e.line_id, e.amount_kind) AS moved
$$;

CREATE OR REPLACE FUNCTION budget_asked_differences(
    p_before bigint, p_asked budget_asked, p_moved budget_movement[]
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT budget_differences(
        p_before, jsonb_populate_record(NULL::budget_posting, jsonb_build_object(
            'effective_on', p_asked.effective, 'party', p_asked.party, 'method', p_asked.method)),
        array_agg(line), array_agg(amount), array_agg(rupiah))
    FROM unnest(p_moved) WHERE place = p_asked.place
$$;

-- What the documents that are still to be judged move, added up by document and line.
CREATE OR REPLACE FUNCTION budget_movements_by_line(
    p_asked budget_asked[], p_lines budget_budgetline[], p_moved budget_movement[]
) RETURNS SETOF budget_line_movement LANGUAGE sql STABLE AS $$
    SELECT place, at, line, (p_asked[place]).effective,
           coalesce((p_lines[at]).unit_id = (p_asked[place]).unit
                    AND (p_lines[at]).fiscal_year = (p_asked[place]).year, false),
           ceiling, blocked, committed, realised, ceiling - blocked - committed, committed - realised
    FROM (
        SELECT place, at, line,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0)::bigint AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0)::bigint AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0)::bigint AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0)::bigint AS realised
        FROM unnest(p_moved) GROUP BY place, at, line
    ) AS summed
    WHERE (p_asked[place]).refused IS NULL AND (p_asked[place]).posting IS NULL
$$;
