-- Post one document: the only way in which balances move.
--
-- Idempotent by (kind, number, unit): the same document again returns the posting there is; one
-- that says something else under the same name is refused (PU003). Lines are locked in the order
-- of their ids, so that writers wait for each other and never for ever; then the new balances
-- are judged (PU002), the entries added and the balances moved. Refusals carry their facts as
-- JSON in DETAIL. The function runs as the owner of the tables, so it asks the reach itself.
CREATE FUNCTION budget_post(
    p_kind text, p_number text, p_unit bigint, p_year integer, p_effective date,
    p_reason text, p_batch bigint, p_lines bigint[], p_amounts text[], p_rupiah bigint[],
    OUT posting bigint, OUT is_new boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_province bigint;
    v_content text;
    v_before text;
    v_refused jsonb;
BEGIN
    SELECT province_id INTO v_province FROM budget_spendingunit WHERE id = p_unit;
    IF v_province IS NULL OR NOT pulih_writes()
       OR NOT (pulih_sees_country() OR v_province = ANY (pulih_provinces())) THEN
        RAISE EXCEPTION 'Unit % is out of reach.', p_unit USING ERRCODE = 'PU004';
    END IF;
    IF p_year IS NULL OR p_effective IS NULL
       OR p_effective NOT BETWEEN make_date(p_year - 1, 10, 1) AND make_date(p_year, 12, 31) THEN
        RAISE EXCEPTION 'Fiscal year % is not open on %.', p_year, p_effective
            USING ERRCODE = 'PU001';
    END IF;
    SELECT md5(concat(p_year, p_effective, string_agg(concat(line, amount, rupiah), ';'
                                                      ORDER BY line, amount)))
    INTO v_content
    FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah);

    INSERT INTO budget_posting (document_kind, document_number, unit_id, province_id, fiscal_year,
                                effective_on, recorded_at, reason, batch_id, posted_by_id, content)
    VALUES (p_kind, p_number, p_unit, v_province, p_year,
            p_effective, clock_timestamp(), p_reason, p_batch, pulih_person(), v_content)
    ON CONFLICT (document_kind, document_number, unit_id) DO NOTHING
    RETURNING id INTO posting;
    is_new := posting IS NOT NULL;
    IF NOT is_new THEN
        SELECT id, content INTO posting, v_before FROM budget_posting
        WHERE document_kind = p_kind AND document_number = p_number AND unit_id = p_unit;
        IF v_before <> v_content THEN
            RAISE EXCEPTION 'Document % % was posted with other content.', p_kind, p_number
                USING ERRCODE = 'PU003', DETAIL = json_build_object('posting', posting);
        END IF;
        RETURN;
    END IF;

    PERFORM 1 FROM budget_budgetline WHERE id = ANY (p_lines) ORDER BY id FOR UPDATE;

    WITH moved AS (
        SELECT line,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0) AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0) AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0) AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0) AS realised
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah) GROUP BY line
    ), judged AS (
        SELECT m.line, l.line_key,
               l.ceiling + m.ceiling AS ceiling, l.blocked + m.blocked AS blocked,
               l.committed + m.committed AS committed, l.realised + m.realised AS realised,
               l.id IS NOT NULL AND l.unit_id = p_unit AND l.fiscal_year = p_year AS is_ours
        FROM moved m LEFT JOIN budget_budgetline l ON l.id = m.line
    )
    SELECT jsonb_agg(to_jsonb(judged) ORDER BY line) INTO v_refused FROM judged
    WHERE NOT is_ours OR blocked < 0
       OR NOT (0 <= realised AND realised <= committed AND committed <= ceiling - blocked);
    IF v_refused IS NOT NULL THEN
        RAISE EXCEPTION 'The document would break the law of % lines.', jsonb_array_length(v_refused)
            USING ERRCODE = 'PU002', DETAIL = v_refused::text;
    END IF;

    INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah, effective_on)
    SELECT posting, line, v_province, amount, rupiah, p_effective
    FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah);

    UPDATE budget_budgetline l
    SET ceiling = l.ceiling + m.ceiling, blocked = l.blocked + m.blocked,
        committed = l.committed + m.committed, realised = l.realised + m.realised
    FROM (
        SELECT line,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'ceiling'), 0) AS ceiling,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'block'), 0) AS blocked,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'commitment'), 0) AS committed,
               coalesce(sum(rupiah) FILTER (WHERE amount = 'realisation'), 0) AS realised
        FROM unnest(p_lines, p_amounts, p_rupiah) AS e (line, amount, rupiah) GROUP BY line
    ) m
    WHERE l.id = m.line;
END $$;
