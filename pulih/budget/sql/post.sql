-- Post one document: the only way, with budget_post_many, in which balances move.
--
-- Idempotent by (kind, number, unit): the same document again returns the posting there is; one
-- that says something else under the same name is refused with what differs (PU003), unless the
-- first was reversed: then it is a new edition. Lines are locked in the order of their ids, so that
-- writers wait for each other and never for ever; then the new balances are judged (PU002), the
-- entries chained and added and the balances moved; last, the documents it refers to are judged
-- (PU005). Refusals carry their facts as JSON in DETAIL. The function runs as the owner of the
-- tables, so it asks the reach itself. Posting and its record in the audit are one statement.
CREATE FUNCTION budget_post(
    p_kind text, p_number text, p_unit bigint, p_year integer, p_effective date,
    p_reason text, p_batch bigint, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    p_refers bigint DEFAULT NULL, p_reverses bigint DEFAULT NULL,
    p_party text DEFAULT '', p_method text DEFAULT '',
    OUT posting bigint, OUT is_new boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_new budget_posting;
    v_known record;
    v_differences jsonb;
    v_refused jsonb;
BEGIN
    v_new.province_id := budget_reached_province(p_unit);
    PERFORM budget_judge_document(p_kind, p_number, p_year, p_effective,
                                  p_lines, p_amounts, p_rupiah, p_refers IS NOT NULL);
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
    v_new.reverses_id := p_reverses;
    v_new.refers_to_id := p_refers;
    IF p_reverses IS NOT NULL THEN  -- A correction's reversal belongs to what was corrected.
        SELECT CASE WHEN p.document_kind = 'correction' THEN p.refers_to_id ELSE p.id END
        INTO v_new.refers_to_id FROM budget_posting p WHERE p.id = p_reverses;
    END IF;

    LOOP
        v_new.edition := 1;
        SELECT p.id, p.edition, r.document_number AS reversed_by INTO v_known
        FROM budget_posting p LEFT JOIN budget_posting r ON r.reverses_id = p.id
        WHERE p.document_kind = p_kind AND p.document_number = p_number AND p.unit_id = p_unit
        ORDER BY p.edition DESC LIMIT 1;
        IF FOUND THEN
            v_differences := budget_differences(v_known.id, v_new, p_lines, p_amounts, p_rupiah);
            IF v_known.reversed_by IS NULL AND v_differences IS NULL THEN
                posting := v_known.id;
                is_new := false;
                RETURN;
            END IF;
            IF v_known.reversed_by IS NULL OR v_differences IS NULL THEN
                RAISE EXCEPTION 'Document % % was posted before.', p_kind, p_number
                    USING ERRCODE = 'PU003', DETAIL = jsonb_build_object(
                        'posting', v_known.id, 'reversed_by', v_known.reversed_by,
                        'differences', v_differences)::text;
            END IF;
            v_new.edition := v_known.edition + 1;
        END IF;
        v_new.settles_id := budget_judge_parent(v_new, p_lines, p_amounts, p_rupiah);
        PERFORM budget_judge_duties(v_new);
        v_new.recorded_at := budget_now();
        v_new.hash := budget_posting_hash(v_new);
        INSERT INTO budget_posting (
            document_kind, document_number, edition, unit_id, province_id, fiscal_year,
            effective_on, recorded_at, reason, party, method, refers_to_id, settles_id,
            reverses_id, batch_id, posted_by_id, hash
        ) SELECT
            v_new.document_kind, v_new.document_number, v_new.edition, v_new.unit_id,
            v_new.province_id, v_new.fiscal_year, v_new.effective_on, v_new.recorded_at,
            v_new.reason, v_new.party, v_new.method, v_new.refers_to_id, v_new.settles_id,
            v_new.reverses_id, v_new.batch_id, v_new.posted_by_id, v_new.hash
        ON CONFLICT DO NOTHING RETURNING id INTO posting;
        EXIT WHEN posting IS NOT NULL;  -- Else somebody was quicker by a moment: look again.
    END LOOP;
    is_new := true;
    INSERT INTO audit_event (at, person_id, verb, subject_type, subject_id, province_id, detail)
    VALUES (v_new.recorded_at, v_new.posted_by_id, 'budget.post', 'budget.posting', posting,
            v_new.province_id, jsonb_build_object('document', concat(p_kind, ' ', p_number),
                                                  'entries', cardinality(p_lines)));

    WITH moved AS MATERIALIZED (
        SELECT line,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0) AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0) AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0) AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0) AS realised
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah) GROUP BY line
    ), locked AS MATERIALIZED (
        SELECT id, line_key, unit_id, fiscal_year, ceiling, blocked, committed, realised
        FROM budget_budgetline WHERE id = ANY (p_lines) ORDER BY id FOR NO KEY UPDATE
    ), judged AS (
        SELECT m.line, l.line_key,
               l.ceiling + m.ceiling AS ceiling, l.blocked + m.blocked AS blocked,
               l.committed + m.committed AS committed, l.realised + m.realised AS realised,
               l.id IS NOT NULL AND l.unit_id = p_unit AND l.fiscal_year = p_year AS is_ours
        FROM moved m LEFT JOIN locked l ON l.id = m.line
    )
    SELECT jsonb_agg(to_jsonb(judged) ORDER BY line) INTO v_refused FROM judged
    WHERE NOT is_ours OR blocked < 0
       OR NOT (0 <= realised AND realised <= committed AND committed <= ceiling - blocked);
    IF v_refused IS NOT NULL THEN
        RAISE EXCEPTION 'The document would break the law of % lines.', jsonb_array_length(v_refused)
            USING ERRCODE = 'PU002', DETAIL = v_refused::text;
    END IF;

    WITH placed AS MATERIALIZED (
        SELECT e.line, e.amount, e.rupiah, l.head,
               (l.sequence + row_number() OVER per_line)::integer AS sequence
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah)
        JOIN budget_budgetline l ON l.id = e.line
        WINDOW per_line AS (PARTITION BY e.line ORDER BY e.amount)
    ), linked AS MATERIALIZED (
        SELECT *, budget_chain(head, budget_entry_text(
            v_new.hash, line, sequence, v_new.province_id, amount, rupiah, p_effective,
            v_new.recorded_at)) OVER (PARTITION BY line ORDER BY sequence) AS hash
        FROM placed
    ), written AS (
        INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah,
                                  effective_on, recorded_at, sequence, hash)
        SELECT posting, line, v_new.province_id, amount, rupiah, p_effective,
               v_new.recorded_at, sequence, hash
        FROM linked
    ), moved AS (
        SELECT line, max(sequence) AS sequence,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0) AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0) AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0) AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0) AS realised
        FROM linked GROUP BY line
    )
    UPDATE budget_budgetline l
    SET ceiling = l.ceiling + m.ceiling, blocked = l.blocked + m.blocked,
        committed = l.committed + m.committed, realised = l.realised + m.realised,
        sequence = m.sequence, head = newest.hash,
        latest_on = greatest(l.latest_on, p_effective)
    FROM moved m JOIN linked newest ON newest.line = m.line AND newest.sequence = m.sequence
    WHERE l.id = m.line;

    IF v_new.refers_to_id IS NOT NULL THEN
        PERFORM budget_judge_chain(v_new.refers_to_id, v_new.settles_id);
    END IF;
END $$;
