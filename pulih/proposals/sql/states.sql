-- A proposal is in the state that its last step led to, and in no other: the column is kept by the
-- step itself, and nobody else may change it.

CREATE OR REPLACE FUNCTION proposals_follow_step() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE proposals_proposal SET state = NEW.to_state
    WHERE id = NEW.subject_id AND state <> NEW.to_state;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER proposals_follow_step AFTER INSERT ON workflow_step
    FOR EACH ROW WHEN (NEW.machine = 'proposal') EXECUTE FUNCTION proposals_follow_step();

CREATE OR REPLACE FUNCTION proposals_state_is_last_step() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM (SELECT to_state FROM workflow_step
        WHERE machine = 'proposal' AND subject_id = NEW.id ORDER BY number DESC LIMIT 1)
    THEN
        RAISE EXCEPTION 'Proposal %: only a step changes the state.', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER proposals_state_is_last_step BEFORE UPDATE OF state ON proposals_proposal
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION proposals_state_is_last_step();
