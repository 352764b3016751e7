-- Who posts and who takes back each kind of document, by hand and from a delivered file: the one table
-- that the posting functions and the pages ask. `approver` is whoever records what an office above the
-- unit decided (the ministry); the others are posts of the unit. Empty: nobody. Pulih itself may all.
--
-- paper: what else a document of this kind needs. letter: the office that decided, as its party;
-- its_block: the block that it releases, by the office that blocked; approved_revision: a revision of
-- this unit and year that was approved by a letter of this number and moves just this.
CREATE OR REPLACE FUNCTION budget_doors()
RETURNS TABLE (kind text, hands text[], paper text, file text, file_hands text[], takes_back text[])
LANGUAGE sql IMMUTABLE AS $$
    VALUES
        ('dipa', '{approver}'::text[], '', 'budget', '{}'::text[], '{approver}'::text[]),
        ('pok', '{}', 'opens_the_year', 'budget', '{}', '{approver}'),
        ('revision', '{approver,kpa}', 'approved_revision', NULL, '{}', '{}'),
        ('block', '{approver,kpa}', 'letter', NULL, '{}', '{approver}'),
        ('release', '{approver,kpa}', 'its_block', NULL, '{}', '{approver}'),
        ('commitment', '{ppk}', '', 'treasury', '{ppk}', '{ppk}'),
        ('spp', '{ppk}', '', NULL, '{}', '{ppk}'),
        ('spm', '{ppspm}', '', NULL, '{}', '{ppspm}'),
        ('sp2d', '{treasurer,ppspm}', '', 'treasury', '{treasurer,ppspm}', '{treasurer,ppspm}'),
        ('imprest', '{treasurer}', '', NULL, '{}', '{treasurer}'),
        ('return', '{treasurer,ppspm}', '', 'treasury', '{treasurer,ppspm}', '{treasurer,ppspm}'),
        ('reservation', '{approver}', '', NULL, '{}', '{approver}'),
        ('unreserve', '{approver}', '', NULL, '{}', '{approver}'),
        ('correction', '{}', '', 'treasury', '{treasurer,ppspm,ppk}', '{approver}')
$$;

-- Does a person have one of these hands in a unit on a day?
CREATE OR REPLACE FUNCTION budget_has_hand(p_unit bigint, p_person bigint, p_on date, p_hands text[])
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM budget_appointment
        WHERE unit_id = p_unit AND person_id = p_person AND post = ANY (p_hands)
          AND valid_from <= p_on AND (valid_to IS NULL OR valid_to > p_on)
    ) OR ('approver' = ANY (p_hands) AND EXISTS (
        SELECT 1 FROM people_user WHERE id = p_person AND is_active AND role IN ('planner', 'system')))
$$;

-- May the person post this document (PU007), by this paper or file (PU008)? p_new.refers_to_id is what
-- a correction corrects.
CREATE OR REPLACE FUNCTION budget_judge_door(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_parent budget_posting;
    v_kind text := p_new.document_kind;
    v_door record;
    v_file text;
    v_hands text[];
BEGIN
    IF p_new.refers_to_id IS NOT NULL THEN
        SELECT * INTO v_parent FROM budget_posting WHERE id = p_new.refers_to_id;
    END IF;
    IF v_kind = 'correction' THEN
        v_kind := coalesce(v_parent.document_kind, v_kind);
    ELSIF v_kind = 'sp2d' AND p_new.batch_id IS NULL
          AND v_parent.document_kind IS DISTINCT FROM 'spm' THEN
        v_kind := 'imprest';  -- Paid without a payment order.
    END IF;
    SELECT * INTO v_door FROM budget_doors() d WHERE d.kind = v_kind;
    IF p_new.batch_id IS NOT NULL THEN
        v_file := budget_file_of(p_new.batch_id, p_new.province_id);
        IF v_file = 'budget' AND p_new.document_kind IN ('pok', 'correction') THEN
            PERFORM budget_judge_sheet(p_new, v_parent, p_amounts);
            RETURN;
        END IF;
        IF v_file IS DISTINCT FROM v_door.file THEN
            RAISE EXCEPTION 'No delivered file brings a % here.', v_kind USING ERRCODE = 'PU008',
                DETAIL = jsonb_build_object('rule', 'not_by_file', 'kind', v_kind)::text;
        END IF;
        v_hands := v_door.file_hands;
    ELSE
        v_hands := CASE WHEN p_new.document_kind = 'correction' THEN v_door.takes_back
                        ELSE v_door.hands END;
    END IF;
    IF p_new.document_kind <> 'correction' THEN
        PERFORM budget_judge_paper(p_new, v_parent, v_door.paper, p_lines, p_amounts, p_rupiah);
        IF v_door.paper IN ('letter', 'its_block') AND budget_party_key(p_new.party) <> 'KPA' THEN
            v_hands := array_remove(v_hands, 'kpa');  -- Another office's letter.
        END IF;
    END IF;
    IF cardinality(v_hands) = 0 THEN
        RAISE EXCEPTION 'Nobody posts a % like this.', p_new.document_kind USING ERRCODE = 'PU008',
            DETAIL = jsonb_build_object('rule', CASE
                WHEN p_new.document_kind <> 'correction' THEN 'not_by_hand'
                WHEN v_kind = 'correction' THEN 'corrects_nothing'
                ELSE 'not_taken_back' END, 'kind', v_kind)::text;
    END IF;
    PERFORM budget_judge_hands(p_new, v_hands);
END $$;

-- The kind of the delivered file that a document names, if it speaks for this province.
CREATE OR REPLACE FUNCTION budget_file_of(p_batch bigint, p_province bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT kind FROM inbox_importbatch WHERE id = p_batch AND province_id IN (1, p_province)
$$;

-- The person holds one of the posts, is not who is paid, and did not make what this orders to be paid.
CREATE OR REPLACE FUNCTION budget_judge_hands(p_new budget_posting, p_hands text[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_made record;
BEGIN
    IF NOT budget_has_hand(p_new.unit_id, p_new.posted_by_id, p_new.effective_on, p_hands) THEN
        RAISE EXCEPTION 'Person % is none of % on %.', p_new.posted_by_id, p_hands, p_new.effective_on
            USING ERRCODE = 'PU007', DETAIL = jsonb_build_object(
                'rule', 'not_appointed', 'posts', p_hands, 'on', p_new.effective_on)::text;
    END IF;
    IF p_new.document_kind IN ('commitment', 'spp', 'spm', 'sp2d') THEN
        PERFORM budget_judge_payee(p_new);
    END IF;
    IF p_new.document_kind NOT IN ('spm', 'correction') OR NOT EXISTS (
        SELECT 1 FROM budget_posting WHERE id = p_new.refers_to_id
            AND (p_new.document_kind = 'spm' OR document_kind = 'spm')) THEN
        RETURN;
    END IF;
    WITH RECURSIVE chain AS (
        SELECT p.* FROM budget_posting p WHERE p.id = p_new.refers_to_id
        UNION ALL
        SELECT p.* FROM budget_posting p JOIN chain ON p.id = chain.refers_to_id
    )
    SELECT document_kind, document_number INTO v_made FROM chain
    WHERE posted_by_id = p_new.posted_by_id AND document_kind IN ('commitment', 'spp') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Person % made % % and may not order its payment.',
            p_new.posted_by_id, v_made.document_kind, v_made.document_number
            USING ERRCODE = 'PU007', DETAIL = jsonb_build_object(
                'rule', 'made_it_herself', 'kind', v_made.document_kind,
                'number', v_made.document_number)::text;
    END IF;
END $$;

-- A POK file opens a unit's year; once it has a ceiling, revisions and letters move it. What a file
-- opened is taken back by who sends it, until other documents stand beside it.
CREATE OR REPLACE FUNCTION budget_judge_sheet(
    p_new budget_posting, p_parent budget_posting, p_amounts text[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_rule text;
BEGIN
    IF NOT p_amounts && '{ceiling,block}'::text[] THEN
        RETURN;
    END IF;
    IF p_new.document_kind = 'pok' AND budget_year_is_open(p_new.unit_id, p_new.fiscal_year) THEN
        v_rule := 'sheet_moves_ceilings';
    ELSIF p_new.document_kind = 'correction' AND EXISTS (
        SELECT 1 FROM budget_posting p
        LEFT JOIN budget_posting corrected ON corrected.id = p.refers_to_id
        WHERE p.unit_id = p_new.unit_id AND p.fiscal_year = p_new.fiscal_year
          AND p.document_kind <> 'pok' AND corrected.document_kind IS DISTINCT FROM 'pok'
    ) AND NOT budget_has_hand(p_new.unit_id, p_new.posted_by_id, p_new.effective_on, '{approver}') THEN
        v_rule := 'others_beside_the_sheet';
    END IF;
    IF v_rule IS NOT NULL THEN
        RAISE EXCEPTION 'A POK file may not move ceilings here: %.', v_rule USING ERRCODE = 'PU008',
            DETAIL = jsonb_build_object('rule', v_rule, 'year', p_new.fiscal_year)::text;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION budget_year_is_open(p_unit bigint, p_year integer) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM budget_budgetline
                   WHERE unit_id = p_unit AND fiscal_year = p_year AND ceiling > 0)
$$;

CREATE OR REPLACE FUNCTION budget_judge_paper(
    p_new budget_posting, p_parent budget_posting, p_paper text, p_lines bigint[],
    p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_office text := CASE WHEN p_parent.document_kind = 'block' THEN p_parent.party ELSE 'DJA' END;
    v_rule text;
BEGIN
    IF p_paper IN ('letter', 'its_block') AND budget_party_key(p_new.party) = '' THEN
        v_rule := 'names_no_office';
    ELSIF p_paper = 'its_block' AND p_parent.id IS NULL THEN
        v_rule := 'names_no_block';
    ELSIF p_paper = 'its_block' AND v_office <> ''
          AND budget_party_key(v_office) <> budget_party_key(p_new.party) THEN
        v_rule := 'another_office';
    ELSIF p_paper = 'approved_revision'
          AND NOT budget_is_approved(p_new, p_lines, p_amounts, p_rupiah) THEN
        v_rule := 'not_approved';
    END IF;
    IF v_rule IS NOT NULL THEN
        RAISE EXCEPTION 'The paper of a % does not suffice: %.', p_new.document_kind, v_rule
            USING ERRCODE = 'PU008', DETAIL = jsonb_build_object(
                'rule', v_rule, 'kind', p_new.document_kind, 'office', v_office)::text;
    END IF;
END $$;
