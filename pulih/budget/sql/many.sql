-- Post a list of documents in its order: the same law, the same identity, the same chains as
-- budget_post, judged for all at once. Lawful documents stand; each other one comes back with the
-- code and the facts of its refusal. For lists that name no other document: those, and documents
-- that a person types, go through budget_post. Who calls has locked the lines in the order of ids.
CREATE OR REPLACE FUNCTION budget_post_many(
    p_batch bigint, p_kinds text[], p_numbers text[], p_units bigint[], p_years integer[],
    p_effective date[], p_reasons text[], p_parties text[], p_methods text[],
    p_documents integer[], p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS TABLE (place integer, posting bigint, is_new boolean, refused text, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_country boolean := pulih_sees_country();
    v_provinces bigint[] := pulih_provinces();
    v_recorded timestamptz;
    v_wanted integer;
    v_inserted integer;
BEGIN
    IF NOT pulih_writes() OR (p_batch IS NULL AND pulih_role() <> 'system') THEN
        RAISE EXCEPTION 'A list is posted for a delivered file.' USING ERRCODE = 'PU004';
    END IF;
    CREATE TEMP TABLE many_documents ON COMMIT DROP AS
    SELECT d.place::integer, d.kind, d.number, d.unit, d.year, d.effective,
           coalesce(d.reason, '') AS reason, coalesce(d.party, '') AS party,
           coalesce(d.method, '') AS method, u.province_id AS province, 1 AS edition,
           NULL::bigint AS posting, NULL::boolean AS is_new, NULL::text AS refused,
           NULL::jsonb AS facts
    FROM unnest(p_kinds, p_numbers, p_units, p_years, p_effective, p_reasons, p_parties, p_methods)
        WITH ORDINALITY
        AS d (kind, number, unit, year, effective, reason, party, method, place)
    LEFT JOIN budget_spendingunit u ON u.id = d.unit
        AND (v_country OR u.province_id = ANY (v_provinces));
    CREATE TEMP TABLE many_movements ON COMMIT DROP AS
    SELECT * FROM unnest(p_documents, p_lines, p_amounts, p_rupiah)
        AS m (place, line, amount, rupiah);
    ALTER TABLE many_documents ADD PRIMARY KEY (place);
    ANALYZE many_documents, many_movements;

    -- What cannot be judged blocks.
    UPDATE many_documents d SET refused = 'PU001'
    WHERE year IS NULL OR effective IS NULL OR year NOT BETWEEN 2005 AND 2100
       OR effective NOT BETWEEN make_date(year - 1, 10, 1) AND make_date(year, 12, 31);
    UPDATE many_documents d SET refused = 'PU004' WHERE province IS NULL;
    IF pulih_role() <> 'system' THEN
        PERFORM budget_judge_doors_of_list(p_batch);
    END IF;
    UPDATE many_documents d SET refused = 'PU006', facts = '{"what": "number"}'
    WHERE refused IS NULL AND coalesce(budget_number_key(number), '') = '';
    UPDATE many_documents d SET refused = 'PU006', facts = '{"what": "movements"}'
    WHERE refused IS NULL AND NOT EXISTS (SELECT 1 FROM many_movements m WHERE m.place = d.place);
    UPDATE many_documents d SET refused = 'PU006', facts = jsonb_build_object(
        'what', 'kind', 'kind', d.kind, 'amount', m.amount, 'rupiah', m.rupiah)
    FROM many_movements m
    WHERE m.place = d.place AND refused IS NULL
      AND (m.amount = 'reservation'  -- No list promises or draws.
           OR NOT budget_may_move(d.kind, m.amount, m.rupiah, false));
    UPDATE many_documents d SET refused = 'PU002', facts = jsonb_build_array(jsonb_build_object(
        'line', m.line, 'line_key', l.line_key, 'is_ours', false))
    FROM many_movements m LEFT JOIN budget_budgetline l ON l.id = m.line
    WHERE m.place = d.place AND refused IS NULL
      AND (l.id IS NULL OR l.unit_id <> d.unit OR l.fiscal_year <> d.year);

    -- What was posted before: the same is the same, another content is refused with what differs.
    WITH known AS (
        SELECT DISTINCT ON (d.place) d.place, p.id, p.document_kind, p.edition, p.effective_on,
               p.party, p.method, r.document_number AS reversed_by
        FROM many_documents d JOIN budget_posting p
          ON p.document_kind = d.kind AND p.unit_id = d.unit AND p.fiscal_year = d.year
         AND budget_number_key(p.document_number) = budget_number_key(d.number)
        LEFT JOIN budget_posting r ON r.reverses_id = p.id
        WHERE d.refused IS NULL ORDER BY d.place, p.edition DESC
    ), was AS (
        SELECT k.place, array_agg(e ORDER BY e) AS moved FROM (
            SELECT k.place, concat_ws('|', e.line_id, e.amount_kind, sum(e.rupiah)) AS e
            FROM known k JOIN budget_entry e ON e.posting_id = k.id
            WHERE NOT budget_is_drawn(k.document_kind, e.amount_kind)
            GROUP BY k.place, e.line_id, e.amount_kind
        ) AS k GROUP BY k.place
    ), now AS (
        SELECT k.place, array_agg(e ORDER BY e) AS moved FROM (
            SELECT k.place, concat_ws('|', m.line, m.amount, sum(m.rupiah)) AS e
            FROM known k JOIN many_movements m ON m.place = k.place
            GROUP BY k.place, m.line, m.amount
        ) AS k GROUP BY k.place
    ), compared AS MATERIALIZED (
        -- Alike to the letter is no difference; of all else the one comparison is asked.
        SELECT k.*, CASE WHEN (was.moved, k.effective_on, k.party, k.method)
                           IS DISTINCT FROM (now.moved, d.effective, d.party, d.method)
                         THEN (
            SELECT budget_differences(
                k.id, jsonb_populate_record(NULL::budget_posting, jsonb_build_object(
                    'effective_on', d.effective, 'party', d.party, 'method', d.method)),
                array_agg(m.line), array_agg(m.amount), array_agg(m.rupiah))
            FROM many_movements m WHERE m.place = k.place) END AS differences
        FROM known k JOIN many_documents d USING (place) JOIN was USING (place) JOIN now USING (place)
    )
    UPDATE many_documents d
    SET posting = CASE WHEN differences IS NULL AND reversed_by IS NULL THEN c.id END,
        is_new = CASE WHEN differences IS NULL AND reversed_by IS NULL THEN false END,
        edition = CASE WHEN reversed_by IS NULL THEN c.edition ELSE c.edition + 1 END,
        refused = CASE WHEN (differences IS NULL) = (reversed_by IS NOT NULL) THEN 'PU003' END,
        facts = CASE WHEN (differences IS NULL) = (reversed_by IS NOT NULL)
                     THEN jsonb_build_object('posting', c.id, 'reversed_by', reversed_by,
                                             'differences', differences) END
    FROM compared c WHERE c.place = d.place;

    PERFORM budget_judge_in_order();

    -- The lawful ones, posted as one.
    v_recorded := budget_now();
    SELECT count(*) INTO v_wanted FROM many_documents d
    WHERE d.refused IS NULL AND d.posting IS NULL;
    CREATE TEMP TABLE many_posted ON COMMIT DROP AS
    SELECT d.place, nextval('budget_posting_id_seq') AS id, budget_document_hash(
        kind, number, edition, unit, province, year, effective, v_recorded, reason, party, method,
        NULL, NULL, NULL, p_batch, pulih_person()) AS hash
    FROM many_documents d WHERE d.refused IS NULL AND d.posting IS NULL ORDER BY d.place;
    INSERT INTO budget_posting (
        id, document_kind, document_number, edition, unit_id, province_id, fiscal_year,
        effective_on, recorded_at, reason, party, method, batch_id, posted_by_id, hash
    ) SELECT n.id, d.kind, d.number, d.edition, d.unit, d.province, d.year, d.effective,
             v_recorded, d.reason, d.party, d.method, p_batch, pulih_person(), n.hash
    FROM many_posted n JOIN many_documents d USING (place) ORDER BY n.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_inserted = ROW_COUNT;
    IF v_inserted <> v_wanted THEN  -- Somebody posted one of them a moment ago: again, please.
        RAISE EXCEPTION 'A document of the list was posted meanwhile.' USING ERRCODE = '40001';
    END IF;
    UPDATE many_documents d SET posting = n.id, is_new = true
    FROM many_posted n WHERE n.place = d.place;

    WITH placed AS MATERIALIZED (
        SELECT m.place, m.line, m.amount, m.rupiah, n.id AS posting, n.hash AS posting_hash,
               d.province, d.effective,
               CASE WHEN l.sequence = 0 THEN budget_line_hash(l) ELSE l.head END AS head,
               (l.sequence + row_number() OVER per_line)::integer AS sequence
        FROM many_movements m JOIN many_posted n USING (place) JOIN many_documents d USING (place)
        JOIN budget_budgetline l ON l.id = m.line
        WINDOW per_line AS (PARTITION BY m.line ORDER BY m.place, m.amount)
    ), linked AS MATERIALIZED (
        SELECT *, budget_chain(head, budget_entry_text(
            posting_hash, line, sequence, province, amount, rupiah, effective, v_recorded))
            OVER (PARTITION BY line ORDER BY sequence) AS hash
        FROM placed
    ), written AS (
        INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah,
                                  effective_on, recorded_at, sequence, hash)
        SELECT linked.posting, line, province, amount, rupiah, effective, v_recorded, sequence, hash
        FROM linked
    ), moved AS (
        SELECT line, max(sequence) AS sequence, max(effective) AS latest_on,
               (array_agg(hash ORDER BY sequence DESC))[1] AS head,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0) AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0) AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0) AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0) AS realised
        FROM linked GROUP BY line
    )
    UPDATE budget_budgetline l
    SET ceiling = l.ceiling + m.ceiling, blocked = l.blocked + m.blocked,
        committed = l.committed + m.committed, realised = l.realised + m.realised,
        sequence = m.sequence, head = m.head, latest_on = greatest(l.latest_on, m.latest_on)
    FROM moved m WHERE l.id = m.line;

    RETURN QUERY SELECT d.place, d.posting, coalesce(d.is_new, false), d.refused, d.facts
                 FROM many_documents d ORDER BY d.place;
    DROP TABLE many_documents, many_movements, many_posted;
END $$;

-- Refuse what the door of a kind does not let in: by another file (PU008), by who holds no post for it
-- or would be paid (PU007).
CREATE OR REPLACE FUNCTION budget_judge_doors_of_list(p_batch bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE many_documents d SET refused = 'PU008', facts = jsonb_build_object(
        'rule', 'not_by_file', 'kind', d.kind)
    FROM budget_doors() door
    WHERE door.kind = d.kind AND refused IS NULL
      AND door.file IS DISTINCT FROM budget_file_of(p_batch, d.province);
    UPDATE many_documents d SET refused = 'PU007', facts = jsonb_build_object(
        'rule', 'not_appointed', 'posts', door.file_hands, 'on', d.effective)
    FROM budget_doors() door
    WHERE door.kind = d.kind AND refused IS NULL
      AND NOT budget_has_hand(d.unit, pulih_person(), d.effective, door.file_hands);
    UPDATE many_documents d SET refused = 'PU007', facts = '{"rule": "to_oneself"}'
    WHERE refused IS NULL AND d.kind IN ('commitment', 'sp2d')
      AND budget_is_paid(pulih_person(), d.party);
END $$;

-- Refuse (PU002) what would break the law of a line, in the order of the list and on every day; a
-- refused document moves nothing on any of its lines. Most lists break no law, and are judged in two
-- sweeps: the balances in the order of the list, and the days of lines whose documents are not in
-- the order of days. The second takes every document at its worst, so that what passes it passes in
-- any order.
CREATE OR REPLACE FUNCTION budget_judge_in_order() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_row record;
    v_place integer := 0;
    v_broken jsonb;
    v_ceiling bigint[]; v_blocked bigint[]; v_committed bigint[]; v_realised bigint[];
    v_rows integer[] := '{}'; v_at integer;
    v_c bigint[]; v_b bigint[]; v_m bigint[]; v_r bigint[];
    v_c1 bigint; v_b1 bigint; v_m1 bigint; v_r1 bigint;
    v_latest date[]; v_day jsonb;
BEGIN
    CREATE TEMP TABLE many_moved ON COMMIT DROP AS
    SELECT m.place, m.line, d.effective, dense_rank() OVER (ORDER BY m.line)::integer AS at,
           coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0)::bigint AS ceiling,
           coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0)::bigint AS blocked,
           coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0)::bigint AS committed,
           coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0)::bigint AS realised
    FROM many_movements m JOIN many_documents d USING (place)
    WHERE d.refused IS NULL AND d.posting IS NULL GROUP BY m.place, m.line, d.effective;
    ANALYZE many_moved;

    -- Counted, not sought: whoever seeks one row is given a plan for finding it soon, and mostly there
    -- is none.
    IF 0 = (
        SELECT count(*) FROM (
            SELECT l.ceiling + sum(m.ceiling) OVER in_order AS ceiling,
                   l.blocked + sum(m.blocked) OVER in_order AS blocked,
                   l.committed + sum(m.committed) OVER in_order AS committed,
                   l.realised + sum(m.realised) OVER in_order AS realised, l.reserved
            FROM many_moved m JOIN budget_budgetline l ON l.id = m.line
            WINDOW in_order AS (PARTITION BY m.line ORDER BY m.place)
        ) AS running
        WHERE NOT budget_is_lawful(ceiling::bigint, blocked::bigint, committed::bigint,
                                   realised::bigint, reserved)
    ) AND 0 = budget_doubtful_days() THEN
        DROP TABLE many_moved;
        RETURN;
    END IF;

    CREATE INDEX ON many_moved (line);
    SELECT array_agg(l.ceiling ORDER BY at), array_agg(l.blocked ORDER BY at),
           array_agg(l.committed ORDER BY at), array_agg(l.realised ORDER BY at),
           array_agg(l.latest_on ORDER BY at)
    INTO v_ceiling, v_blocked, v_committed, v_realised, v_latest
    FROM (SELECT DISTINCT line, at FROM many_moved) AS m JOIN budget_budgetline l ON l.id = m.line;
    FOR v_row IN
        SELECT m.*, l.line_key, l.reserved, lead(m.place) OVER in_order IS DISTINCT FROM m.place AS is_last
        FROM many_moved m JOIN budget_budgetline l ON l.id = m.line
        WINDOW in_order AS (ORDER BY m.place, m.line) ORDER BY m.place, m.line
    LOOP
        IF v_row.place <> v_place THEN
            v_place := v_row.place;
            v_broken := NULL;
            v_rows := '{}'; v_c := '{}'; v_b := '{}'; v_m := '{}'; v_r := '{}';
        END IF;
        v_at := v_row.at;
        v_c1 := v_ceiling[v_at] + v_row.ceiling;
        v_b1 := v_blocked[v_at] + v_row.blocked;
        v_m1 := v_committed[v_at] + v_row.committed;
        v_r1 := v_realised[v_at] + v_row.realised;
        v_day := NULL;
        IF v_row.effective < v_latest[v_at] THEN
            v_day := budget_unlawful_day(
                v_row.line, v_row.effective, v_row.ceiling, v_row.blocked, v_row.committed,
                v_row.realised, 0, budget_accepted_before(v_row.line, v_place));
        END IF;
        IF v_day IS NOT NULL OR NOT budget_is_lawful(
            v_c1, v_b1, v_m1, v_r1, v_row.reserved) THEN
            v_broken := coalesce(v_broken, '[]') || (jsonb_build_object(
                'line', v_row.line, 'line_key', v_row.line_key, 'is_ours', true, 'ceiling', v_c1,
                'blocked', v_b1, 'committed', v_m1, 'realised', v_r1,
                'reserved', v_row.reserved) || coalesce(v_day, '{}'));
        END IF;
        v_rows := v_rows || v_at;
        v_c := v_c || v_c1; v_b := v_b || v_b1; v_m := v_m || v_m1; v_r := v_r || v_r1;
        IF v_row.is_last AND v_broken IS NULL THEN
            FOR i IN 1 .. cardinality(v_rows) LOOP
                v_at := v_rows[i];
                v_ceiling[v_at] := v_c[i];
                v_blocked[v_at] := v_b[i];
                v_committed[v_at] := v_m[i];
                v_realised[v_at] := v_r[i];
                v_latest[v_at] := greatest(v_latest[v_at], v_row.effective);
            END LOOP;
        ELSIF v_row.is_last THEN
            UPDATE many_documents d SET refused = 'PU002', facts = v_broken WHERE d.place = v_place;
        END IF;
    END LOOP;
    DROP TABLE many_moved;
END $$;

-- What the documents of the list before one of them move on a line, as budget_unlawful_day takes it.
CREATE OR REPLACE FUNCTION budget_accepted_before(p_line bigint, p_place integer) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'day', m.effective, 'ceiling', m.ceiling, 'blocked', m.blocked,
            'committed', m.committed, 'realised', m.realised))
        FROM many_moved m JOIN many_documents d USING (place)
        WHERE m.line = p_line AND m.place < p_place AND d.refused IS NULL), '[]');
END $$;

-- How many days could be unlawful on the lines of a list whose documents do not come in the order of
-- days, each document taken at its worst: what it gives is not counted, what it takes is.
CREATE OR REPLACE FUNCTION budget_doubtful_days() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_days bigint;
BEGIN
    WITH ordered AS (
        SELECT m.line, m.effective, greatest(l.latest_on, max(m.effective) OVER (
                   PARTITION BY m.line ORDER BY m.place
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS latest
        FROM many_moved m JOIN budget_budgetline l ON l.id = m.line
    ), doubtful AS (
        SELECT line, min(effective) AS first FROM ordered GROUP BY line
        HAVING bool_or(effective < latest)
    ), moved AS (
        SELECT d.line, greatest(e.effective_on, d.first) AS day,
               sum(CASE e.amount_kind WHEN 'ceiling' THEN e.rupiah WHEN 'block' THEN -e.rupiah
                                      WHEN 'commitment' THEN -e.rupiah
                                      WHEN 'reservation' THEN -e.rupiah END) AS free,
               sum(CASE e.amount_kind WHEN 'commitment' THEN e.rupiah
                                      WHEN 'realisation' THEN -e.rupiah END) AS unpaid,
               sum(e.rupiah) FILTER (WHERE e.amount_kind = 'realisation') AS paid,
               sum(e.rupiah) FILTER (WHERE e.amount_kind = 'block') AS blocked
        FROM doubtful d JOIN budget_entry e ON e.line_id = d.line GROUP BY 1, 2
        UNION ALL
        SELECT m.line, m.effective, least(m.ceiling - m.blocked - m.committed, 0),
               least(m.committed - m.realised, 0), least(m.realised, 0), least(m.blocked, 0)
        FROM many_moved m JOIN doubtful d ON d.line = m.line
    )
    SELECT count(*) INTO v_days FROM (
        SELECT sum(free) OVER days AS free, sum(unpaid) OVER days AS unpaid,
               sum(paid) OVER days AS paid, sum(blocked) OVER days AS blocked
        FROM moved WINDOW days AS (PARTITION BY line ORDER BY day)
    ) AS ends WHERE least(free, unpaid, paid, blocked) < 0;
    RETURN v_days;
END $$;
