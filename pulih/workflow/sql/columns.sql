-- A row whose state stands in its own column changes it by a move of its machine alone. A room gives
-- its table the triggers: on INSERT where the state is not the first, and on UPDATE of the state.
CREATE OR REPLACE FUNCTION workflow_state_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    v_from text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        v_from := OLD.state;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM workflow_arrows() one
        WHERE one.machine = TG_ARGV[0] AND one.from_state = v_from AND one.to_state = NEW.state)
    THEN
        RAISE EXCEPTION '% %: no move leads from “%” to “%”.', TG_ARGV[0], NEW.id, v_from, NEW.state
            USING ERRCODE = 'PU020';
    END IF;
    RETURN NEW;
END $$;
