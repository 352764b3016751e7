-- Make a person nobody, here and in the history, whatever area the rows were kept under: who moved
-- left rows that the home office does not see. False, and nothing done, where she ever had a place in
-- a class, also one that the office does not see. The lock makes whoever gives her a place meanwhile
-- come first or wait. The function runs as the owner of the tables, so it asks the reach itself; who
-- calls it lifts the triggers that keep history.
CREATE OR REPLACE FUNCTION delivery_erase_person(p_person bigint, p_name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM delivery_person p WHERE p.id = p_person AND pulih_writes() AND (
        pulih_sees_country() OR p.province_id = ANY (pulih_provinces())
        OR p.regency_id = ANY (pulih_regencies()))
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Person % is out of reach.', p_person USING ERRCODE = 'PU004';
    END IF;
    IF EXISTS (SELECT 1 FROM delivery_participant m WHERE m.person_id = p_person) THEN
        RETURN false;
    END IF;
    UPDATE delivery_person SET name = p_name, village = '', address = '', nik = '', nik_key = '',
        phone = '', has_disability = false, is_laid_off = false, enterprise_id = NULL
    WHERE id = p_person;
    DELETE FROM delivery_personevent e WHERE e.pgh_obj_id = p_person;
    UPDATE delivery_applicant SET household = '' WHERE person_id = p_person AND household <> '';
    UPDATE delivery_applicantevent SET household = '' WHERE person_id = p_person AND household <> '';
    -- What she objected stands in her own words; that she did, and what she was answered, stays.
    UPDATE delivery_objection SET said = p_name WHERE said <> p_name AND result_id IN (
        SELECT r.id FROM delivery_checkresult r JOIN delivery_applicant a ON a.id = r.applicant_id
        WHERE a.person_id = p_person);
    UPDATE delivery_objectionevent SET said = p_name WHERE said <> p_name AND result_id IN (
        SELECT r.id FROM delivery_checkresult r JOIN delivery_applicant a ON a.id = r.applicant_id
        WHERE a.person_id = p_person);
    -- A link to an answer is given to her by name, most of them by a form that she filled in.
    UPDATE people_link SET holder = p_name WHERE purpose = 'delivery.answer' AND subjects && ARRAY(
        SELECT a.id FROM delivery_applicant a WHERE a.person_id = p_person);
    UPDATE people_linkevent SET holder = p_name WHERE purpose = 'delivery.answer' AND subjects && ARRAY(
        SELECT a.id FROM delivery_applicant a WHERE a.person_id = p_person);
    RETURN true;
END $$;

-- Who was erased is given no place: there is nobody to attend or to be paid. The lock makes this wait
-- for an erasing that goes on, as that one waits for a place.
CREATE OR REPLACE FUNCTION delivery_refuse_nobody() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_name text;
BEGIN
    SELECT p.name INTO v_name FROM delivery_person p WHERE p.id = NEW.person_id FOR KEY SHARE;
    IF v_name = '(dihapus)' THEN
        RAISE EXCEPTION 'Person % was erased.', NEW.person_id USING ERRCODE = 'PU030';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_nobody_has_no_place BEFORE INSERT ON delivery_participant
    FOR EACH ROW EXECUTE FUNCTION delivery_refuse_nobody();
