-- Only the ministry puts an amendment in force: an office that could would edit what was approved.

CREATE OR REPLACE FUNCTION proposals_ministry_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.granted_in IS NOT NULL AND NOT pulih_sees_country() THEN
        RAISE EXCEPTION 'proposals_amendment: amendment % is not granted by its office', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER proposals_ministry_grants BEFORE INSERT OR UPDATE ON proposals_amendment
    FOR EACH ROW EXECUTE FUNCTION proposals_ministry_grants();
