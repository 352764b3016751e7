-- Put one seal on the heads of all lines that changed since the last and on the newest hash of all
-- other sealed rows, and take the lines' entries into the sums of days. Takes no lock that a posting
-- waits for: it reads one moment's heads.
CREATE OR REPLACE FUNCTION budget_seal(OUT seal bigint, OUT lines integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_previous bytea;
    v_heads jsonb;
    v_entries bigint;
    v_rows bytea;
    v_last budget_seal;
    v_at timestamptz := clock_timestamp();
BEGIN
    IF pulih_role() IS DISTINCT FROM 'system' THEN
        RAISE EXCEPTION 'Only the clock seals.' USING ERRCODE = 'PU004';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('budget_seal'));
    SELECT * INTO v_last FROM budget_seal ORDER BY id DESC LIMIT 1;
    v_previous := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
    v_rows := audit_seal_rows();

    SELECT jsonb_agg(jsonb_build_array(l.id, l.sequence, encode(l.head, 'hex')) ORDER BY l.id),
           sum(l.sequence - coalesce(s.sequence, 0))
    INTO v_heads, v_entries
    FROM budget_budgetline l LEFT JOIN budget_summedline s ON s.line_id = l.id
    WHERE l.sequence > coalesce(s.sequence, 0);
    lines := coalesce(jsonb_array_length(v_heads), 0);
    IF lines = 0 AND v_rows IS NOT DISTINCT FROM v_last.rows THEN
        RETURN;
    END IF;
    v_entries := coalesce(v_entries, 0) + coalesce(v_last.entries, 0);
    INSERT INTO budget_seal (previous, hash, lines, entries, sealed_at, rows)
    VALUES (v_previous, budget_seal_hash(v_previous, v_at, lines, v_entries, v_heads, v_rows),
            lines, v_entries, v_at, v_rows)
    RETURNING id INTO seal;

    WITH heads AS MATERIALIZED (
        SELECT (head ->> 0)::bigint AS line, (head ->> 1)::integer AS sequence,
               decode(head ->> 2, 'hex') AS head
        FROM jsonb_array_elements(v_heads) AS each (head)
    ), changed AS MATERIALIZED (
        SELECT heads.*, l.province_id, l.unit_id, l.fiscal_year,
               coalesce(s.sequence, 0) AS before
        FROM heads JOIN budget_budgetline l ON l.id = heads.line
        LEFT JOIN budget_summedline s ON s.line_id = heads.line
    ), kept AS (
        INSERT INTO budget_sealedhead (seal_id, line_id, province_id, sequence, head)
        SELECT seal, line, province_id, sequence, head FROM changed
    ), summed AS (
        INSERT INTO budget_daysum (unit_id, province_id, fiscal_year, effective_on, recorded_on,
                                   amount_kind, rupiah)
        SELECT c.unit_id, c.province_id, c.fiscal_year, e.effective_on,
               (e.recorded_at AT TIME ZONE 'Asia/Jakarta')::date, e.amount_kind, sum(e.rupiah)
        FROM changed c JOIN budget_entry e
          ON e.line_id = c.line AND e.sequence > c.before AND e.sequence <= c.sequence
        GROUP BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (fiscal_year, unit_id, effective_on, recorded_on, amount_kind)
        DO UPDATE SET rupiah = budget_daysum.rupiah + excluded.rupiah
    )
    INSERT INTO budget_summedline (line_id, province_id, sequence)
    SELECT line, province_id, sequence FROM changed
    ON CONFLICT (line_id) DO UPDATE SET sequence = excluded.sequence;
END $$;

CREATE OR REPLACE FUNCTION budget_seal_hash(
    p_previous bytea, p_at timestamptz, p_lines bigint, p_entries bigint, p_heads jsonb,
    p_rows bytea
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(p_previous || convert_to(concat_ws('|',
        (extract(epoch FROM p_at) * 1000000)::bigint, p_lines, p_entries, p_heads::text,
        encode(p_rows, 'hex')), 'UTF8'))  -- Before 0.2.0 no seal named other rows: nothing is added.
$$;
