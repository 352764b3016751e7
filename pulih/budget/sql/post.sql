-- Post one document: the way in which balances move, beside those of many.sql for many documents.
--
-- Idempotent by (kind, number, unit, year): the same document again returns the posting there is; one
-- that says something else under the same name is refused with what differs (PU003), unless the
-- first was reversed: then it is a new edition. Lines are locked first, in the order of their ids, so
-- that writers wait for each other and never for ever, and nothing is judged that could still change.
-- A document of a promise draws on what is set aside for it. Each line is judged on all days from the
-- document's on (PU002), its entries are chained and added, its balances moved; last, the documents
-- it refers to are judged (PU005), on all those days too (law_chains.sql). What spends a unit's
-- revenue is judged by what the treasury allows (PU009, revenue.sql), a contract of several years by
-- what its letter gives the year (PU010, contract_years.sql). Whatever is refused undoes all, and
-- carries its facts as JSON in DETAIL. The function runs as the owner of the tables, so it asks the reach itself. Posting and its
-- record in the audit are one statement.
CREATE OR REPLACE FUNCTION budget_post(
    p_kind text, p_number text, p_unit bigint, p_year integer, p_effective date,
    p_reason text, p_batch bigint, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    p_refers bigint DEFAULT NULL, p_reverses bigint DEFAULT NULL,
    p_party text DEFAULT '', p_method text DEFAULT '', p_promise bigint DEFAULT NULL,
    OUT posting bigint, OUT is_new boolean
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_new budget_posting;
    v_role text;
    v_is_revenue boolean;  -- Some line is paid of the unit's own revenue (PNBP).
BEGIN
    SELECT r.province, r.role INTO v_new.province_id, v_role
    FROM budget_reached_province(p_unit) AS r;
    PERFORM budget_judge_document(p_kind, p_number, p_year, p_effective,
                                  p_lines, p_amounts, p_rupiah, p_refers IS NOT NULL);
    SELECT bool_or(budget_is_revenue(fund_source)) INTO v_is_revenue FROM (
        SELECT fund_source FROM budget_budgetline WHERE id = ANY (p_lines)
        ORDER BY id FOR NO KEY UPDATE) AS locked;
    v_new.document_kind := p_kind;
    v_new.document_number := p_number;
    v_new.unit_id := p_unit;
    v_new.fiscal_year := p_year;
    v_new.effective_on := p_effective;
    v_new.reason := coalesce(p_reason, '');
    v_new.party := coalesce(p_party, '');
    v_new.method := coalesce(p_method, '');
    v_new.batch_id := p_batch;
    v_new.posted_by_id := pulih_person();
    v_new.promise_id := p_promise;
    v_new.reverses_id := p_reverses;
    v_new.refers_to_id := p_refers;
    IF p_reverses IS NOT NULL OR p_refers IS NOT NULL THEN
        v_new := budget_linked(v_new);
    END IF;
    LOOP
        SELECT k.posting, k.edition INTO posting, v_new.edition
        FROM budget_known(v_new, p_lines, p_amounts, p_rupiah) AS k;
        IF posting IS NOT NULL THEN
            is_new := false;
            RETURN;
        END IF;
        v_new.settles_id := budget_judge_new(
            v_new, p_refers IS NOT NULL, v_role, p_lines, p_amounts, p_rupiah);
        IF v_is_revenue THEN
            PERFORM budget_judge_revenue(v_new, p_lines, p_amounts, p_rupiah);
        END IF;
        IF p_kind IN ('commitment', 'correction') THEN
            PERFORM budget_judge_contract_year(v_new, p_amounts, p_rupiah);
        END IF;
        v_new.recorded_at := budget_learned_at(p_lines, v_role);
        v_new.hash := budget_posting_hash(v_new);
        posting := budget_add_posting(v_new);
        EXIT WHEN posting IS NOT NULL;  -- Else somebody was quicker by a moment: look again.
    END LOOP;
    is_new := true;
    IF v_new.promise_id IS NOT NULL OR 'reservation' = ANY (p_amounts) THEN
        SELECT p_lines || array_agg(d.line), p_amounts || array_agg('reservation'::text),
               p_rupiah || array_agg(d.rupiah) INTO p_lines, p_amounts, p_rupiah
        FROM budget_drawn(v_new, p_lines, p_amounts, p_rupiah) AS d;
        PERFORM budget_move_promise(v_new, p_lines, p_amounts, p_rupiah);
    END IF;
    INSERT INTO audit_event (at, person_id, verb, subject_type, subject_id, province_id, detail)
    VALUES (clock_timestamp(), v_new.posted_by_id, 'budget.post', 'budget.posting', posting,
            v_new.province_id, budget_audited(p_kind, p_number, cardinality(p_lines)));
    PERFORM budget_add_entries(posting, v_new, p_lines, p_amounts, p_rupiah);
    IF v_new.refers_to_id IS NOT NULL THEN
        PERFORM budget_judge_chain(v_new.refers_to_id, v_new.settles_id);
        IF EXISTS (SELECT FROM budget_budgetline
                   WHERE id = ANY (p_lines) AND latest_on > v_new.effective_on) THEN
            PERFORM budget_judge_chain_days(posting, v_new);
        END IF;
    END IF;
END $$;

-- Fill in what a document takes from the one it names, and lock that: documents come after the lines,
-- and nobody follows a document while another takes it back.
CREATE OR REPLACE FUNCTION budget_linked(p_new budget_posting) RETURNS budget_posting
LANGUAGE plpgsql AS $$
DECLARE
    v_named bigint := coalesce(p_new.reverses_id, p_new.refers_to_id);
    v_refers bigint := p_new.refers_to_id;
BEGIN
    IF p_new.reverses_id IS NOT NULL THEN  -- A correction's reversal belongs to what was corrected.
        SELECT CASE WHEN p.document_kind = 'correction' THEN p.refers_to_id ELSE p.id END
        INTO p_new.refers_to_id FROM budget_posting p WHERE p.id = p_new.reverses_id;
    END IF;
    IF p_new.promise_id IS NULL AND p_new.refers_to_id IS NOT NULL THEN  -- A chain keeps its promise.
        SELECT p.promise_id INTO p_new.promise_id FROM budget_posting p WHERE p.id = v_named;
    END IF;
    IF p_new.reverses_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('budget_document', p_new.reverses_id));
    ELSIF v_refers IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('budget_document', v_refers));
    END IF;
    RETURN p_new;
END $$;

-- The posting of this very document, if it was posted before; else the edition that it will be. One
-- that says something else under the same name is refused (PU003).
CREATE OR REPLACE FUNCTION budget_known(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    OUT posting bigint, OUT edition integer
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_key text := budget_number_key(p_new.document_number);
    v_known record;
    v_differences jsonb;
BEGIN
    SELECT p.id, p.edition, r.document_number AS reversed_by INTO v_known
    FROM budget_posting p LEFT JOIN budget_posting r ON r.reverses_id = p.id
    WHERE p.document_kind = p_new.document_kind AND p.unit_id = p_new.unit_id
      AND p.fiscal_year = p_new.fiscal_year AND budget_number_key(p.document_number) = v_key
    ORDER BY p.edition DESC LIMIT 1;
    edition := 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    v_differences := budget_differences(v_known.id, p_new, p_lines, p_amounts, p_rupiah);
    IF v_known.reversed_by IS NULL AND v_differences IS NULL THEN
        posting := v_known.id;
    ELSIF v_known.reversed_by IS NULL OR v_differences IS NULL THEN
        RAISE EXCEPTION 'Document % % was posted before.', p_new.document_kind, p_new.document_number
            USING ERRCODE = 'PU003', DETAIL = jsonb_build_object(
                'posting', v_known.id, 'reversed_by', v_known.reversed_by,
                'differences', v_differences)::text;
    END IF;
    edition := v_known.edition + 1;
END $$;

-- May the new document follow what it names, and may the person post it? Returns the commitment it settles.
CREATE OR REPLACE FUNCTION budget_judge_new(
    p_new budget_posting, p_refers boolean, p_role text,
    p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF p_refers OR p_new.reverses_id IS NOT NULL THEN
        p_new.settles_id := budget_judge_parent(p_new, p_lines, p_amounts, p_rupiah);
    ELSIF p_new.batch_id IS NULL AND p_new.document_kind IN ('spm', 'return') THEN
        RAISE EXCEPTION 'A document of this kind follows another.'
            USING ERRCODE = 'PU005', DETAIL = jsonb_build_object(
                'rule', 'follows_nothing', 'kind', p_new.document_kind)::text;
    END IF;
    IF p_role <> 'system' THEN
        PERFORM budget_judge_door(p_new, p_lines, p_amounts, p_rupiah);
    END IF;
    RETURN p_new.settles_id;
END $$;

-- When a document is learned: under the lock, and never before what a line has learned already, though
-- the machine's clock be turned back. Only a scenario that plays has moments of its own.
CREATE OR REPLACE FUNCTION budget_learned_at(p_lines bigint[], p_role text)
RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
    IF p_role = 'system' AND coalesce(current_setting('pulih.clock', true), '') <> '' THEN
        RETURN budget_now();
    END IF;
    RETURN (SELECT greatest(max(e.recorded_at), clock_timestamp())
            FROM budget_budgetline l JOIN budget_entry e ON e.line_id = l.id AND e.sequence = l.sequence
            WHERE l.id = ANY (p_lines));
END $$;

-- Write a document; null where another of its name was written in the same moment.
CREATE OR REPLACE FUNCTION budget_add_posting(p_new budget_posting) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO budget_posting (
        document_kind, document_number, edition, unit_id, province_id, fiscal_year, effective_on,
        recorded_at, reason, party, method, refers_to_id, settles_id, reverses_id, batch_id,
        posted_by_id, promise_id, hash
    ) SELECT
        p_new.document_kind, p_new.document_number, p_new.edition, p_new.unit_id,
        p_new.province_id, p_new.fiscal_year, p_new.effective_on, p_new.recorded_at, p_new.reason,
        p_new.party, p_new.method, p_new.refers_to_id, p_new.settles_id, p_new.reverses_id,
        p_new.batch_id, p_new.posted_by_id, p_new.promise_id, p_new.hash
    ON CONFLICT DO NOTHING RETURNING id
$$;

-- Judge the lines on all days from the document's on, chain and add the entries, move the balances.
CREATE OR REPLACE FUNCTION budget_add_entries(
    p_posting bigint, p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_moved record;
    v_line record;
    v_refused jsonb;
    v_day jsonb;
BEGIN
    FOR v_moved IN
        SELECT line, array_agg(amount ORDER BY amount) AS amounts,
               array_agg(rupiah ORDER BY amount) AS rupiah,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0)::bigint AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0)::bigint AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0)::bigint AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0)::bigint AS realised,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'reservation'), 0)::bigint AS reserved
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah)
        GROUP BY line ORDER BY line
    LOOP
        SELECT line_key, unit_id = p_new.unit_id AND fiscal_year = p_new.fiscal_year AS is_ours,
               ceiling + v_moved.ceiling AS ceiling, blocked + v_moved.blocked AS blocked,
               committed + v_moved.committed AS committed, realised + v_moved.realised AS realised,
               reserved + v_moved.reserved AS reserved, sequence, latest_on,
               CASE WHEN sequence = 0 THEN budget_line_hash(l) ELSE head END AS head
        INTO v_line FROM budget_budgetline l WHERE id = v_moved.line;
        v_day := NULL;
        IF FOUND AND v_line.is_ours AND p_new.effective_on < v_line.latest_on THEN
            v_day := budget_unlawful_day(v_moved.line, p_new.effective_on, v_moved.ceiling,
                                         v_moved.blocked, v_moved.committed, v_moved.realised,
                                         v_moved.reserved);
        END IF;
        IF v_line.is_ours IS NOT TRUE OR v_day IS NOT NULL OR NOT budget_is_lawful(
            v_line.ceiling, v_line.blocked, v_line.committed, v_line.realised, v_line.reserved) THEN
            v_refused := coalesce(v_refused, '[]') || (jsonb_build_object(
                'line', v_moved.line, 'line_key', v_line.line_key,
                'is_ours', coalesce(v_line.is_ours, false), 'ceiling', v_line.ceiling,
                'blocked', v_line.blocked, 'committed', v_line.committed,
                'realised', v_line.realised, 'reserved', v_line.reserved) || coalesce(v_day, '{}'));
            CONTINUE;
        END IF;
        FOR i IN 1 .. cardinality(v_moved.amounts) LOOP
            v_line.sequence := v_line.sequence + 1;
            v_line.head := budget_link(v_line.head, budget_entry_text(
                p_new.hash, v_moved.line, v_line.sequence, p_new.province_id, v_moved.amounts[i],
                v_moved.rupiah[i], p_new.effective_on, p_new.recorded_at));
            INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah,
                                      effective_on, recorded_at, sequence, hash)
            VALUES (p_posting, v_moved.line, p_new.province_id, v_moved.amounts[i],
                    v_moved.rupiah[i], p_new.effective_on, p_new.recorded_at, v_line.sequence,
                    v_line.head);
        END LOOP;
        UPDATE budget_budgetline
        SET ceiling = v_line.ceiling, blocked = v_line.blocked, committed = v_line.committed,
            realised = v_line.realised, reserved = v_line.reserved, sequence = v_line.sequence,
            head = v_line.head, latest_on = greatest(latest_on, p_new.effective_on)
        WHERE id = v_moved.line;
    END LOOP;
    IF v_refused IS NOT NULL THEN
        RAISE EXCEPTION 'The document would break the law of % lines.', jsonb_array_length(v_refused)
            USING ERRCODE = 'PU002', DETAIL = v_refused::text;
    END IF;
END $$;
