-- What was published stays: the steps of a selection are written once, in their order, and criteria
-- and list are as they were when the seed was drawn.
CREATE OR REPLACE FUNCTION delivery_selection_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_new jsonb := to_jsonb(NEW);
    v_old jsonb := to_jsonb(OLD);
    v_fixed text[] := ARRAY['activity_id', 'version', 'criteria', 'published_at', 'published_by_id'];
BEGIN
    IF OLD.frozen_at IS NOT NULL THEN
        v_fixed := v_fixed || ARRAY['places', 'digest', 'frozen_at', 'frozen_by_id'];
    END IF;
    IF OLD.drawn_at IS NOT NULL THEN
        v_fixed := v_fixed || ARRAY['seed', 'witness', 'other_witness', 'drawn_at', 'drawn_by_id'];
    END IF;
    IF OLD.solved_at IS NOT NULL THEN
        v_fixed := v_fixed || ARRAY['explanation', 'solved_at'];
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(v_fixed) AS name
               WHERE v_new -> name IS DISTINCT FROM v_old -> name) THEN
        RAISE EXCEPTION 'Selection % was published; a step is never written again.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_selections_only_go_on BEFORE UPDATE ON delivery_selection
FOR EACH ROW EXECUTE FUNCTION delivery_selection_goes_on();

-- Nobody joins a list after it was frozen, nor is decided on after the plan.
CREATE OR REPLACE FUNCTION delivery_refuse_late_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM delivery_selection s WHERE s.id = NEW.selection_id
               AND s.frozen_at IS NOT NULL) THEN
        RAISE EXCEPTION 'The list of selection % is frozen.', NEW.selection_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_frozen_lists_stay BEFORE INSERT ON delivery_selectionentry
FOR EACH ROW EXECUTE FUNCTION delivery_refuse_late_entries();
