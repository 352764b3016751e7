-- No subject lies with nobody: a step follows the one before by a declared move, and as a transaction
-- ends each subject has exactly one open main duty, or, where its last step is final, no open duty.

CREATE OR REPLACE FUNCTION workflow_step_follows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_last workflow_step;
BEGIN
    SELECT * INTO v_last FROM workflow_step
    WHERE machine = NEW.machine AND subject_id = NEW.subject_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(v_last.number, 0) + 1 OR NEW.from_state <> coalesce(v_last.to_state, '')
        OR coalesce(v_last.is_final, false)
        OR (v_last.id IS NOT NULL AND (NEW.province_id IS DISTINCT FROM v_last.province_id
                                       OR NEW.regency_id IS DISTINCT FROM v_last.regency_id))
    THEN
        RAISE EXCEPTION '% %: step % from “%” does not follow step % to “%”.', NEW.machine,
            NEW.subject_id, NEW.number, NEW.from_state, v_last.number, v_last.to_state
            USING ERRCODE = 'PU020';
    END IF;
    -- A machine that no room declares moves nothing, so that it has no arrows to keep to.
    IF EXISTS (SELECT 1 FROM workflow_arrows() one WHERE one.machine = NEW.machine)
        AND NOT EXISTS (
            SELECT 1 FROM workflow_arrows() one
            WHERE (one.machine, one.from_state, one.move, one.to_state, one.is_final)
                = (NEW.machine, NEW.from_state, NEW.move, NEW.to_state, NEW.is_final))
    THEN
        RAISE EXCEPTION '% %: no move “%” leads from “%” to “%”.', NEW.machine, NEW.subject_id,
            NEW.move, NEW.from_state, NEW.to_state USING ERRCODE = 'PU020';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER workflow_steps_follow BEFORE INSERT ON workflow_step
    FOR EACH ROW EXECUTE FUNCTION workflow_step_follows();

CREATE OR REPLACE FUNCTION workflow_duty_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL
        OR (NEW.machine, NEW.subject_id, NEW.kind) <> (OLD.machine, OLD.subject_id, OLD.kind)
    THEN
        RAISE EXCEPTION 'Duty %: a duty is closed, and nothing else.', OLD.id
            USING ERRCODE = 'PU021';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER workflow_duties_stay_closed BEFORE UPDATE OR DELETE ON workflow_duty
    FOR EACH ROW EXECUTE FUNCTION workflow_duty_stays_closed();

CREATE OR REPLACE FUNCTION workflow_one_duty() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_is_final boolean;
    v_main bigint;
    v_open bigint;
BEGIN
    SELECT is_final INTO v_is_final FROM workflow_step
    WHERE machine = NEW.machine AND subject_id = NEW.subject_id ORDER BY number DESC LIMIT 1;
    SELECT count(*) FILTER (WHERE kind = 'main'), count(*) INTO v_main, v_open FROM workflow_duty
    WHERE machine = NEW.machine AND subject_id = NEW.subject_id AND closed_at IS NULL;
    IF v_is_final IS NULL OR (v_is_final AND v_open > 0) OR (NOT v_is_final AND v_main <> 1) THEN
        RAISE EXCEPTION '% % has % open main duties and % in all; final: %.', NEW.machine,
            NEW.subject_id, v_main, v_open, v_is_final USING ERRCODE = 'PU022';
    END IF;
    RETURN NULL;
END $$;

-- Closing reaches every duty of the subject, those too that the person may not see.
CREATE OR REPLACE FUNCTION workflow_close_duties(p_step bigint, p_kind text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_step workflow_step;
    v_count integer;
BEGIN
    SELECT * INTO STRICT v_step FROM workflow_step WHERE id = p_step;
    IF NOT pulih_writes() OR EXISTS (SELECT 1 FROM workflow_step later
        WHERE later.machine = v_step.machine AND later.subject_id = v_step.subject_id
          AND later.number > v_step.number)
    THEN
        RAISE EXCEPTION 'Step % may not close duties.', p_step USING ERRCODE = 'PU023';
    END IF;
    UPDATE workflow_duty SET closed_at = v_step.at, closed_by_step_id = v_step.id
    WHERE machine = v_step.machine AND subject_id = v_step.subject_id AND closed_at IS NULL
      AND (p_kind IS NULL OR kind = p_kind);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;

-- The posts that the person holds today: their duties are to be seen wherever they lie.
CREATE OR REPLACE FUNCTION workflow_posts() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
    v_role text := pulih_role();
    v_today date := pulih_today();
BEGIN
    RETURN ARRAY(
        SELECT post_id FROM workflow_postholder
        WHERE person_id = v_person AND v_role IS NOT NULL
          AND since <= v_today AND (until IS NULL OR until > v_today));
END $$;
