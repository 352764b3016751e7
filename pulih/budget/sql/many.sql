-- The two doors by which many documents are posted together: a list that a file brings, and a lot of
-- what several people typed at one moment. Both are judged, chained and written by
-- budget_post_together (together.sql): the same law, the same identity and the same chains as
-- budget_post. Lawful documents stand; each other one comes back with the code and the facts of its
-- refusal. Documents that name another document or a promise go through budget_post.

-- Post a list in its order. Who calls has locked the lines in the order of ids.
CREATE OR REPLACE FUNCTION budget_post_many(
    p_batch bigint, p_kinds text[], p_numbers text[], p_units bigint[], p_years integer[],
    p_effective date[], p_reasons text[], p_parties text[], p_methods text[],
    p_documents integer[], p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS TABLE (place integer, posting bigint, is_new boolean, refused text, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_person bigint := pulih_person();
    v_role text := pulih_role();
    v_country boolean := pulih_sees_country();
    v_provinces bigint[] := pulih_provinces();
    v_asked budget_asked[];
BEGIN
    IF NOT pulih_writes() OR (p_batch IS NULL AND v_role <> 'system') THEN
        RAISE EXCEPTION 'A list is posted for a delivered file.' USING ERRCODE = 'PU004';
    END IF;
    SELECT array_agg(ROW(
        d.place, d.kind, d.number, d.unit, d.year, d.effective, coalesce(d.reason, ''),
        coalesce(d.party, ''), coalesce(d.method, ''), p_batch, v_person, v_role, u.province_id, 1,
        NULL, NULL, NULL, NULL)::budget_asked ORDER BY d.place)
    INTO v_asked
    FROM unnest(p_kinds, p_numbers, p_units, p_years, p_effective, p_reasons, p_parties, p_methods)
        WITH ORDINALITY
        AS d (kind, number, unit, year, effective, reason, party, method, place)
    LEFT JOIN budget_spendingunit u ON u.id = d.unit
        AND (v_country OR u.province_id = ANY (v_provinces));
    v_asked := budget_post_together(v_asked, p_documents, p_lines, p_amounts, p_rupiah);
    RETURN QUERY SELECT a.place, a.posting, coalesce(a.is_new, false), a.refused, a.facts
                 FROM unnest(v_asked) AS a;
END $$;

-- Post what several people typed, each document for the person who proves it, as one transaction.
-- Nobody waits long for a line that somebody else keeps: then all of them are asked again, alone.
CREATE OR REPLACE FUNCTION budget_post_lot(
    p_people text[], p_proofs text[], p_kinds text[], p_numbers text[], p_units bigint[],
    p_years integer[], p_effective date[], p_reasons text[], p_parties text[], p_methods text[],
    p_documents integer[], p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS TABLE (posting bigint, is_new boolean, refused text, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_asked budget_asked[];
    v_proven bigint[] := budget_proven(p_people, p_proofs);
BEGIN
    IF NOT p_kinds <@ '{commitment,spp,sp2d}'::text[] THEN
        RAISE EXCEPTION 'Only documents that need no paper are posted in lots.' USING ERRCODE = 'PU000';
    END IF;
    PERFORM set_config('lock_timeout', '250ms', true);
    SELECT array_agg(ROW(
        d.place, d.kind, d.number, d.unit, d.year, d.effective, coalesce(d.reason, ''),
        coalesce(d.party, ''), coalesce(d.method, ''), NULL, d.person, r.role, r.province, 1,
        NULL, NULL, NULL, NULL)::budget_asked ORDER BY d.place)
    INTO v_asked
    FROM unnest(v_proven, p_kinds, p_numbers, p_units, p_years, p_effective, p_reasons, p_parties,
                p_methods) WITH ORDINALITY
        AS d (person, kind, number, unit, year, effective, reason, party, method, place)
    LEFT JOIN LATERAL budget_reach(d.unit, d.person) AS r ON true;
    v_asked := budget_post_together(v_asked, p_documents, p_lines, p_amounts, p_rupiah);
    INSERT INTO audit_event (at, person_id, verb, subject_type, subject_id, province_id, detail)
    SELECT clock_timestamp(), a.person, 'budget.post', 'budget.posting', a.posting, a.province,
           budget_audited(a.kind, a.number, cardinality(array_positions(p_documents, a.place)))
    FROM unnest(v_asked) AS a WHERE a.is_new;
    RETURN QUERY SELECT a.posting, coalesce(a.is_new, false), a.refused, a.facts
                 FROM unnest(v_asked) AS a;
END $$;

-- What the record of actions says of a document.
CREATE OR REPLACE FUNCTION budget_audited(p_kind text, p_number text, p_entries integer)
RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('document', concat(p_kind, ' ', p_number), 'entries', p_entries)
$$;

-- The persons by their proofs, null for who proves nothing; each pair is asked once. The settings are
-- those of this transaction, which is the lot's own.
CREATE OR REPLACE FUNCTION budget_proven(p_people text[], p_proofs text[]) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    v_proven bigint[];
    v_before integer;
BEGIN
    FOR i IN 1 .. cardinality(p_people) LOOP
        v_before := array_position(p_proofs, p_proofs[i]);
        IF v_before < i AND p_people[v_before] = p_people[i] THEN
            v_proven[i] := v_proven[v_before];
            CONTINUE;
        END IF;
        PERFORM set_config('pulih.person', p_people[i], true),
                set_config('pulih.proof', p_proofs[i], true);
        v_proven[i] := pulih_person();
    END LOOP;
    RETURN v_proven;
END $$;
