-- Claim the seats of a class list: the participants of an activity who have none yet, or only a
-- provisional one. The one way in which seats are made, across the walls between provinces: whoever
-- sits elsewhere in the same measure and year is answered with the province and the activity's title
-- alone. All in the order of the keys, so that two lists wait for each other and never for ever.
-- The function runs as the owner of the tables, so it asks the reach itself.
CREATE OR REPLACE FUNCTION delivery_claim_seats(p_activity bigint)
RETURNS TABLE (participant bigint, seat bigint, province bigint, title text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_measure bigint;
    v_year integer;
    v_one record;
BEGIN
    SELECT a.measure_id, extract(year FROM a.starts_on) INTO v_measure, v_year
    FROM delivery_activity a WHERE a.id = p_activity AND pulih_writes() AND (
        pulih_sees_country() OR a.province_id = ANY (pulih_provinces())
        OR a.regency_id = ANY (pulih_regencies()))
    FOR NO KEY UPDATE;  -- One claim of an activity at a time: it must not meet its own seats.
    IF v_measure IS NULL THEN
        RAISE EXCEPTION 'Activity % is out of reach.', p_activity USING ERRCODE = 'PU004';
    END IF;
    FOR v_one IN
        SELECT m.id, m.province_id, m.regency_id, p.nik_key, s.id AS seat_id
        FROM delivery_participant m JOIN delivery_person p ON p.id = m.person_id
        LEFT JOIN delivery_seat s ON s.participant_id = m.id
        WHERE m.activity_id = p_activity AND m.left_on IS NULL
          AND (s.id IS NULL OR (s.nik_key = '' AND p.nik_key <> ''))
        ORDER BY p.nik_key, m.id
        FOR SHARE OF p  -- Nobody's number changes between the reading and the seat.
    LOOP
        participant := v_one.id;
        LOOP  -- Again where the seat that stood in the way was given up meanwhile.
            province := NULL;
            title := NULL;
            seat := delivery_take_seat(v_one.seat_id, v_one.id, v_measure, v_year, v_one.nik_key,
                                       v_one.province_id, v_one.regency_id);
            EXIT WHEN seat IS NOT NULL;
            SELECT a.province_id, a.title INTO province, title
            FROM delivery_seat s JOIN delivery_participant m ON m.id = s.participant_id
            JOIN delivery_activity a ON a.id = m.activity_id
            WHERE s.measure_id = v_measure AND s.year = v_year AND s.nik_key = v_one.nik_key
              AND s.given_up_on IS NULL;
            EXIT WHEN FOUND;
        END LOOP;
        RETURN NEXT;
    END LOOP;
END $$;

-- Make a seat, or let a provisional one become whole; null where the person sits elsewhere.
CREATE OR REPLACE FUNCTION delivery_take_seat(
    p_seat bigint, p_participant bigint, p_measure bigint, p_year integer, p_key text,
    p_province bigint, p_regency bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_seat bigint;
BEGIN
    IF p_seat IS NULL THEN
        INSERT INTO delivery_seat (participant_id, measure_id, year, nik_key, province_id,
                                   regency_id, claimed_at)
        VALUES (p_participant, p_measure, p_year, p_key, p_province, p_regency, clock_timestamp())
        ON CONFLICT DO NOTHING RETURNING id INTO v_seat;
        RETURN v_seat;
    END IF;
    BEGIN
        UPDATE delivery_seat SET nik_key = p_key WHERE id = p_seat RETURNING id INTO v_seat;
    EXCEPTION WHEN unique_violation THEN
        RETURN NULL;
    END;
    RETURN v_seat;
END $$;

-- Seats are written by these functions alone.
CREATE OR REPLACE FUNCTION delivery_refuse_other_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'Only delivery_claim_seats writes seats.' USING ERRCODE = 'PU000';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER delivery_seats_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON delivery_seat FOR EACH STATEMENT EXECUTE FUNCTION delivery_refuse_other_writers();

-- Who leaves a class gives the seat up, so that another programme's office may seat the person.
CREATE OR REPLACE FUNCTION delivery_give_seat_up() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE delivery_seat SET given_up_on = NEW.left_on WHERE participant_id = NEW.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER delivery_who_leaves_gives_the_seat_up AFTER UPDATE OF left_on
    ON delivery_participant FOR EACH ROW WHEN (NEW.left_on IS DISTINCT FROM OLD.left_on)
    EXECUTE FUNCTION delivery_give_seat_up();

-- Does somebody of the speaker's area hold a seat by a NIK, wherever it is?
CREATE OR REPLACE FUNCTION delivery_holds_a_seat(p_person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM delivery_seat s JOIN delivery_participant m ON m.id = s.participant_id
        JOIN delivery_person p ON p.id = m.person_id
        WHERE p.id = p_person AND s.given_up_on IS NULL AND s.nik_key <> '' AND (
            pulih_sees_country() OR p.province_id = ANY (pulih_provinces())
            OR p.regency_id = ANY (pulih_regencies())));
END $$;

-- The NIK of who holds a seat by it stays, unless two officers said the same of it (the two newest
-- corrections); the seats then go with the number, once in the country as ever. Seats that another
-- province gave count, too, so the function runs as the owner of the tables.
CREATE OR REPLACE FUNCTION delivery_number_stays() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_seats bigint[];
BEGIN
    SELECT array_agg(s.id) INTO v_seats
    FROM delivery_seat s JOIN delivery_participant m ON m.id = s.participant_id
    WHERE m.person_id = NEW.id AND s.given_up_on IS NULL AND s.nik_key <> '';
    IF v_seats IS NULL THEN
        RETURN NEW;
    END IF;
    IF 2 > (
        SELECT count(DISTINCT c.by_id) FROM (
            SELECT * FROM delivery_numbercorrection
            WHERE person_id = NEW.id ORDER BY id DESC LIMIT 2) AS c
        WHERE c.key_before = OLD.nik_key AND c.nik_key = NEW.nik_key
    ) THEN
        RAISE EXCEPTION 'Person % holds a seat by the number that is stored.', NEW.id
            USING ERRCODE = 'PU031';
    END IF;
    UPDATE delivery_seat SET nik_key = NEW.nik_key WHERE id = ANY (v_seats);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_seats_hold_the_number BEFORE UPDATE ON delivery_person
    FOR EACH ROW WHEN (OLD.nik_key <> '' AND NEW.nik_key <> OLD.nik_key)
    EXECUTE FUNCTION delivery_number_stays();
