-- A mail is sent once: sent stays sent, and only a claimed one can become it.
CREATE OR REPLACE FUNCTION workflow_mail_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state, NEW.state) IN (
        ('waiting', 'sending'), ('sending', 'sent'), ('sending', 'unsure'), ('sending', 'failed'),
        ('sending', 'waiting'), ('unsure', 'waiting'), ('failed', 'waiting'))
        OR (OLD.state = 'sent' AND NEW IS DISTINCT FROM OLD)
        OR (NEW.person_id, NEW.address, NEW.subject, NEW.body) IS DISTINCT FROM
           (OLD.person_id, OLD.address, OLD.subject, OLD.body)
    THEN
        RAISE EXCEPTION 'Mail %: from “%” to “%” is no way.', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'PU024';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER workflow_mail_goes_on BEFORE UPDATE ON workflow_mail
    FOR EACH ROW EXECUTE FUNCTION workflow_mail_goes_on();

CREATE OR REPLACE FUNCTION workflow_notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - '{read_at,by_mail,mail_id}'::text[]
            <> to_jsonb(OLD) - '{read_at,by_mail,mail_id}'::text[]
        OR (OLD.mail_id IS NOT NULL AND NEW.mail_id IS DISTINCT FROM OLD.mail_id)
    THEN
        RAISE EXCEPTION 'Notice %: what was said stays.', OLD.id USING ERRCODE = 'PU025';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER workflow_notices_stay BEFORE UPDATE ON workflow_notice
    FOR EACH ROW EXECUTE FUNCTION workflow_notice_stays();
