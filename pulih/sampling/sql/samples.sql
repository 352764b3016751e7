-- What was published stays: the list of a check is as it was frozen, and its seed is drawn once.
CREATE OR REPLACE FUNCTION sampling_check_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_drawing text[] := ARRAY['seed', 'witness', 'other_witness', 'drawn_at', 'drawn_by_id'];
BEGIN
    IF OLD.drawn_at IS NOT NULL OR to_jsonb(NEW) - v_drawing <> to_jsonb(OLD) - v_drawing THEN
        RAISE EXCEPTION 'Sampling check % is fixed.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER sampling_checks_go_on BEFORE UPDATE ON sampling_samplecheck
FOR EACH ROW EXECUTE FUNCTION sampling_check_goes_on();

-- A correction names the visit of the same line, whatever a program writes; and only what the seed
-- drew is visited, so that nobody chooses where to look.
CREATE OR REPLACE FUNCTION sampling_visit_is_of_a_drawn_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM sampling_drawnunit d WHERE d.unit_id = NEW.unit_id) THEN
        RAISE EXCEPTION 'Line % was not drawn.', NEW.unit_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sampling_visit v WHERE v.id = NEW.corrects_id AND v.unit_id = NEW.unit_id
    ) THEN
        RAISE EXCEPTION 'Visit % is of another line.', NEW.corrects_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER sampling_visits_are_of_drawn_lines BEFORE INSERT ON sampling_visit
FOR EACH ROW EXECUTE FUNCTION sampling_visit_is_of_a_drawn_line();
