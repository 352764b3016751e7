-- Writing documents that were found lawful together: what budget_post writes of one.

-- Write the documents and their entries, chained line by line in the order of the documents, and move
-- the balances. The moment is learned under the lock and never before what a line has learned.
CREATE OR REPLACE FUNCTION budget_write_together(
    p_asked budget_asked[], p_lines budget_budgetline[], p_moved budget_movement[],
    p_moves budget_line_movement[]
) RETURNS budget_asked[] LANGUAGE plpgsql AS $$
DECLARE
    v_recorded timestamptz := budget_learned_at(
        (SELECT array_agg(id) FROM unnest(p_lines)), p_asked[1].role);
    v_place integer := 0;
    v_new boolean;
    v_one budget_movement;
    v_hash bytea;
    v_hashes bytea[] := array_fill(NULL::bytea, ARRAY[cardinality(p_asked)]);
    v_sequences integer[] := (SELECT array_agg(sequence) FROM unnest(p_lines));
    v_heads bytea[] := (
        SELECT array_agg(CASE WHEN l.sequence = 0 THEN budget_line_hash(l) ELSE l.head END)
        FROM unnest(p_lines) AS l);
    v_entries budget_entry[] := '{}';
    v_entry budget_entry;
BEGIN
    v_entry.recorded_at := v_recorded;
    FOREACH v_one IN ARRAY p_moved LOOP
        IF v_one.place <> v_place THEN
            v_place := v_one.place;
            v_new := p_asked[v_place].refused IS NULL AND p_asked[v_place].posting IS NULL;
            IF v_new THEN
                p_asked[v_place].posting := nextval('budget_posting_id_seq');
                p_asked[v_place].is_new := true;
                v_hash := budget_asked_hash(p_asked[v_place], v_recorded);
                v_hashes[v_place] := v_hash;
                v_entry.posting_id := p_asked[v_place].posting;
                v_entry.province_id := p_asked[v_place].province;
                v_entry.effective_on := p_asked[v_place].effective;
            END IF;
        END IF;
        CONTINUE WHEN NOT v_new;
        v_entry.line_id := v_one.line;
        v_entry.amount_kind := v_one.amount;
        v_entry.rupiah := v_one.rupiah;
        v_entry.sequence := v_sequences[v_one.at] + 1;
        v_entry.hash := budget_link(v_heads[v_one.at], budget_entry_text(
            v_hash, v_one.line, v_entry.sequence, v_entry.province_id, v_one.amount, v_one.rupiah,
            v_entry.effective_on, v_recorded));
        v_sequences[v_one.at] := v_entry.sequence;
        v_heads[v_one.at] := v_entry.hash;
        v_entries := v_entries || v_entry;
    END LOOP;
    IF cardinality(v_entries) > 0 THEN
        PERFORM budget_add_postings(p_asked, v_hashes, v_recorded);
        INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah,
                                  effective_on, recorded_at, sequence, hash)
        SELECT posting_id, line_id, province_id, amount_kind, rupiah, effective_on, recorded_at,
               sequence, hash
        FROM unnest(v_entries);
        PERFORM budget_move_lines(p_asked, p_moves, v_sequences, v_heads);
    END IF;
    RETURN p_asked;
END $$;

CREATE OR REPLACE FUNCTION budget_asked_hash(p budget_asked, p_recorded timestamptz) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT budget_document_hash(
        p.kind, p.number, p.edition, p.unit, p.province, p.year, p.effective, p_recorded, p.reason,
        p.party, p.method, NULL, NULL, NULL, p.batch, p.person)
$$;

CREATE OR REPLACE FUNCTION budget_add_postings(
    p_asked budget_asked[], p_hashes bytea[], p_recorded timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO budget_posting (
        id, document_kind, document_number, edition, unit_id, province_id, fiscal_year,
        effective_on, recorded_at, reason, party, method, batch_id, posted_by_id, hash
    ) SELECT posting, kind, number, edition, unit, province, year, effective, p_recorded, reason, party,
             method, batch, person, hash
    FROM unnest(p_asked, p_hashes) AS a (
        place, kind, number, unit, year, effective, reason, party, method, batch, person, role,
        province, edition, posting, is_new, refused, facts, hash)
    WHERE is_new;
EXCEPTION WHEN unique_violation THEN  -- Somebody posted one of them a moment ago: again, please.
    RAISE EXCEPTION 'A document of the list was posted meanwhile.' USING ERRCODE = '40001';
END $$;

CREATE OR REPLACE FUNCTION budget_move_lines(
    p_asked budget_asked[], p_moves budget_line_movement[], p_sequences integer[], p_heads bytea[]
) RETURNS void LANGUAGE sql AS $$
    UPDATE budget_budgetline l
    SET ceiling = l.ceiling + m.ceiling, blocked = l.blocked + m.blocked,
        committed = l.committed + m.committed, realised = l.realised + m.realised,
        sequence = p_sequences[m.at], head = p_heads[m.at],
        latest_on = greatest(l.latest_on, m.latest_on)
    FROM (
        SELECT line, at, sum(ceiling) AS ceiling, sum(blocked) AS blocked, sum(committed) AS committed,
               sum(realised) AS realised, max(effective) AS latest_on
        FROM unnest(p_moves) WHERE (p_asked[place]).is_new GROUP BY line, at
    ) AS m
    WHERE l.id = m.line
$$;
