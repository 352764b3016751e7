-- What a list says stays: its request is named once it is posted, and it may be withdrawn.
CREATE OR REPLACE FUNCTION delivery_payment_list_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_may text[] := ARRAY['request_id', 'withdrawn_on', 'withdrawn_because'];
BEGIN
    IF to_jsonb(NEW) - v_may <> to_jsonb(OLD) - v_may OR OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION 'Payment list % is fixed; withdraw it and make another.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_payment_lists_stay BEFORE UPDATE ON delivery_paymentlist
FOR EACH ROW EXECUTE FUNCTION delivery_payment_list_stays();

CREATE OR REPLACE FUNCTION delivery_payment_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'is_void' <> to_jsonb(OLD) - 'is_void' OR OLD.is_void THEN
        RAISE EXCEPTION 'Line % of a payment list is fixed.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_payment_entries_stay BEFORE UPDATE ON delivery_paymententry
FOR EACH ROW EXECUTE FUNCTION delivery_payment_entry_stays();

-- Nobody is paid who has no seat by NIK, nor for a day without a mark that says present and stands,
-- nor by one row twice for a day, or twice at all where it is paid once; whatever a program forgets.
-- It asks the least; the rules of the room ask more.
CREATE OR REPLACE FUNCTION delivery_payment_is_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM delivery_seat s WHERE s.participant_id = NEW.participant_id
                   AND s.nik_key <> '' AND s.given_up_on IS NULL) THEN
        RAISE EXCEPTION 'Participant % has no seat by NIK.', NEW.participant_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF cardinality(NEW.days) = 0 OR EXISTS (
        SELECT 1 FROM unnest(NEW.days) AS paid (day) WHERE NOT EXISTS (
            SELECT 1 FROM delivery_mark m JOIN delivery_session s ON s.id = m.session_id
            WHERE m.participant_id = NEW.participant_id AND s.day = paid.day
              AND m.presence = 'present' AND NOT EXISTS (
                SELECT 1 FROM delivery_mark c WHERE c.participant_id = m.participant_id
                  AND c.corrects_device = m.device AND c.corrects_number = m.number))
    ) THEN
        RAISE EXCEPTION 'Participant % was not present on each day.', NEW.participant_id
            USING ERRCODE = 'check_violation';
    END IF;
    -- Of two lists at once the second waits here, and then sees what the first pays.
    PERFORM pg_advisory_xact_lock(
        hashtextextended('delivery.paid:' || NEW.participant_id || ':' || NEW.row_id, 0));
    IF EXISTS (
        SELECT FROM delivery_paymententry e JOIN delivery_paymentlist l ON l.id = e.list_id
        WHERE e.participant_id = NEW.participant_id AND e.row_id = NEW.row_id AND NOT e.is_void
          AND (l.basis <> 'day' OR e.days && NEW.days)
    ) THEN
        RAISE EXCEPTION 'Participant % is paid already by row %.', NEW.participant_id, NEW.row_id
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_payments_are_owed BEFORE INSERT ON delivery_paymententry
FOR EACH ROW EXECUTE FUNCTION delivery_payment_is_owed();

-- The same of honoraria: lines and their sessions are fixed, but for being void with their list.
CREATE OR REPLACE TRIGGER delivery_honoraria_stay BEFORE UPDATE ON delivery_honorarium
FOR EACH ROW EXECUTE FUNCTION delivery_payment_entry_stays();
CREATE OR REPLACE TRIGGER delivery_paid_sessions_stay BEFORE UPDATE ON delivery_paidsession
FOR EACH ROW EXECUTE FUNCTION delivery_payment_entry_stays();

-- Nobody is paid for a session of another class, beyond the hours that the newest word gives, or in
-- which nobody is marked present by a mark that stands.
CREATE OR REPLACE FUNCTION delivery_session_is_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM delivery_session s JOIN delivery_trainer t ON t.cohort_id = s.cohort_id
                   WHERE s.id = NEW.session_id AND t.id = NEW.trainer_id)
       OR coalesce((SELECT t.lesson_hours FROM delivery_teaching t WHERE t.session_id = NEW.session_id
                    AND t.trainer_id = NEW.trainer_id ORDER BY t.id DESC LIMIT 1), 0) < NEW.lesson_hours
    THEN
        RAISE EXCEPTION 'Trainer % did not teach session %.', NEW.trainer_id, NEW.session_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM delivery_mark m WHERE m.session_id = NEW.session_id AND m.presence = 'present'
        AND NOT EXISTS (
            SELECT 1 FROM delivery_mark c WHERE c.participant_id = m.participant_id
            AND c.corrects_device = m.device AND c.corrects_number = m.number)
    ) THEN
        RAISE EXCEPTION 'Nobody was present in session %.', NEW.session_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_paid_sessions_are_owed BEFORE INSERT ON delivery_paidsession
FOR EACH ROW EXECUTE FUNCTION delivery_session_is_owed();
