-- A member belongs to the regency of its group, whoever writes the row: its work counts there.
CREATE OR REPLACE FUNCTION market_member_is_of_the_regency() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM market_group AS hub
        JOIN registry_enterprise AS firm ON firm.id = NEW.enterprise_id
        WHERE hub.id = NEW.group_id
          AND hub.regency_id = NEW.regency_id AND firm.regency_id = NEW.regency_id
    ) THEN
        RAISE EXCEPTION 'Enterprise % is not of the regency of group %.', NEW.enterprise_id, NEW.group_id
            USING ERRCODE = 'PU000';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER market_members_are_of_the_regency
    BEFORE INSERT OR UPDATE ON market_member FOR EACH ROW
    EXECUTE FUNCTION market_member_is_of_the_regency();
