-- Commitment officer, payment order officer and treasurer of a unit are never one person on one day;
-- and nobody writes an appointment of oneself.
CREATE OR REPLACE FUNCTION budget_keep_posts_apart() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_other record;
BEGIN
    IF NEW.person_id = pulih_person() AND pulih_role() <> 'system' THEN
        RAISE EXCEPTION 'Person % appoints oneself.', NEW.person_id
            USING ERRCODE = 'PU007', DETAIL = '{"rule": "appoints_oneself"}';
    END IF;
    PERFORM 1 FROM budget_spendingunit WHERE id = NEW.unit_id FOR NO KEY UPDATE;  -- One at a time.
    SELECT * INTO v_other FROM budget_appointment other
    WHERE other.unit_id = NEW.unit_id AND other.person_id = NEW.person_id
      AND other.id IS DISTINCT FROM NEW.id
      AND (other.post = NEW.post
           OR (other.post IN ('ppk', 'ppspm', 'treasurer')
               AND NEW.post IN ('ppk', 'ppspm', 'treasurer')))
      AND daterange(other.valid_from, other.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Person % is % of unit % already.', NEW.person_id, v_other.post, NEW.unit_id
            USING ERRCODE = 'PU007', DETAIL = jsonb_build_object(
                'rule', CASE WHEN v_other.post = NEW.post THEN 'appointed_already'
                             ELSE 'posts_kept_apart' END,
                'post', v_other.post, 'new_post', NEW.post, 'from', v_other.valid_from,
                'to', v_other.valid_to, 'decree', v_other.decree)::text;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER budget_posts_are_kept_apart BEFORE INSERT OR UPDATE ON budget_appointment
    FOR EACH ROW EXECUTE FUNCTION budget_keep_posts_apart();
