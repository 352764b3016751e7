-- What was answered to a form, so that the same form sent again is carried out once. The table is
-- closed to the serving role, which gets an answer only by the digest of the form that asks.

-- Keep the answer where this transaction recorded an act that stands (audit_hash_event says so), and
-- return the answer of an earlier sending, NULL for the first. A sending at the same moment waits
-- here for the other to end. What was refused recorded nothing and is not kept; p_answer is NULL
-- for what is not to be kept in any case.
CREATE OR REPLACE FUNCTION workflow_answer_once(p_form bytea, p_answer bytea) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_answer IS NOT NULL AND current_setting('pulih.acted', true) = 'yes' THEN
        PERFORM set_config('pulih.acted', '', true);
        INSERT INTO workflow_sentform (form, answer) VALUES (p_form, p_answer)
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN (SELECT answer FROM workflow_sentform WHERE form = p_form);
END $$;

-- Forget what was sent more than thirty days ago; return how many. Nobody has such a page open.
CREATE OR REPLACE FUNCTION workflow_forget_sent_forms() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_gone bigint;
BEGIN
    IF pulih_role() IS DISTINCT FROM 'system' THEN
        RAISE insufficient_privilege;
    END IF;
    DELETE FROM workflow_sentform WHERE at < now() - interval '30 days';
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END $$;
