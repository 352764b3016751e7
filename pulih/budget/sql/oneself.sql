-- Nobody is paid by oneself: whoever commits, asks, orders or records is not who is paid.

-- A person's name as payees are compared: without titles before and after it, in capitals.
CREATE OR REPLACE FUNCTION budget_person_key(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT budget_party_key(regexp_replace(
        split_part(upper(normalize(p_name, NFKC)), ',', 1),
        '^[ .]*((PROF|DRS|DRA|DRG|DR|IR|HJ|H|SDRI|SDR|BPK|BAPAK|IBU|NY|NN|TN|UD|PD)[ .]+)+', ''))
$$;

-- Is this person among those whom a payee's text names, alone or in a list, by name or by NIP? Money
-- for the treasurer's post is the office's, whoever holds the post; a sole trader (UD) is its owner.
CREATE OR REPLACE FUNCTION budget_is_paid(p_person bigint, p_party text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_party text := upper(normalize(p_party, NFKC));
    v_key text;
BEGIN
    IF p_party = '' OR v_party ~ '\mBENDAHARA\M' THEN
        RETURN false;
    END IF;
    SELECT budget_person_key(name) INTO v_key FROM people_user WHERE id = p_person;
    IF v_key <> '' AND strpos(budget_party_key(v_party), v_key) > 0 AND EXISTS (
        SELECT FROM regexp_split_to_table(
            v_party, '[,;:/&()\n]|\m(DAN|DKK|CS|CQ|QQ|NIP|NIK|NPWP|AN|A\.N)\M|[0-9]{8,}') AS part
        WHERE budget_person_key(part) = v_key) THEN
        RETURN true;
    END IF;
    RETURN v_party ~ '([0-9][ .-]*){18}' AND EXISTS (
        SELECT FROM budget_appointment WHERE person_id = p_person
           AND strpos(regexp_replace(v_party, '[^0-9]', '', 'g'), nip) > 0);
END $$;

-- Nobody who made a document of this chain is a payee of one of it (PU007): it would be enough to
-- let another post name the payee.
CREATE OR REPLACE FUNCTION budget_judge_payee(p_new budget_posting) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_paid record;
BEGIN
    IF budget_is_paid(p_new.posted_by_id, p_new.party) THEN
        RAISE EXCEPTION 'Person % would be paid.', p_new.posted_by_id
            USING ERRCODE = 'PU007', DETAIL = '{"rule": "to_oneself"}';
    ELSIF p_new.refers_to_id IS NULL THEN
        RETURN;
    END IF;
    WITH RECURSIVE chain AS (
        SELECT p.* FROM budget_posting p WHERE p.id = p_new.refers_to_id
        UNION ALL
        SELECT p.* FROM budget_posting p JOIN chain ON p.id = chain.refers_to_id
    ), made AS (
        SELECT posted_by_id AS person, document_kind::text AS kind, document_number::text AS number,
               party::text FROM chain
        UNION ALL SELECT p_new.posted_by_id, NULL, NULL, p_new.party
    ), parties AS (SELECT DISTINCT party FROM made WHERE party <> '')
    SELECT made.person, made.kind, made.number INTO v_paid
    FROM made CROSS JOIN parties
    WHERE budget_is_paid(made.person, parties.party) ORDER BY made.number NULLS FIRST LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Person % would be paid.', v_paid.person
            USING ERRCODE = 'PU007', DETAIL = (to_jsonb(v_paid) || jsonb_build_object(
                'rule', CASE WHEN v_paid.kind IS NULL THEN 'to_oneself' ELSE 'to_its_maker' END,
                'name', (SELECT name FROM people_user WHERE id = v_paid.person)))::text;
    END IF;
END $$;
