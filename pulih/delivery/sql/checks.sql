-- Compare the applicants of an activity with every list, across the walls between provinces: who asks
-- learns that a person of the activity stands in a list, and nothing of anybody else in it.
CREATE OR REPLACE FUNCTION delivery_compare(p_activity bigint)
RETURNS TABLE (applicant bigint, list bigint, status text, name_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM delivery_require_activity(p_activity);
    RETURN QUERY
        SELECT a.id, e.list_id, e.status::text, e.name_key::text
        FROM delivery_applicant a
        JOIN delivery_person p ON p.id = a.person_id
        JOIN delivery_comparisonentry e ON e.nik_key = p.nik_key
        WHERE a.activity_id = p_activity AND a.withdrawn_on IS NULL AND p.nik_key <> '';
END $$;

-- The applicants of an activity who have a seat of the same measure and year in another activity.
CREATE OR REPLACE FUNCTION delivery_seated_elsewhere(p_activity bigint)
RETURNS TABLE (applicant bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM delivery_require_activity(p_activity);
    RETURN QUERY
        SELECT DISTINCT a.id
        FROM delivery_activity act
        JOIN delivery_applicant a ON a.activity_id = act.id AND a.withdrawn_on IS NULL
        JOIN delivery_person p ON p.id = a.person_id AND p.nik_key <> ''
        JOIN delivery_seat s ON s.nik_key = p.nik_key AND s.measure_id = act.measure_id
            AND s.year = extract(year FROM act.starts_on) AND s.given_up_on IS NULL
        JOIN delivery_participant m ON m.id = s.participant_id AND m.activity_id <> act.id
        WHERE act.id = p_activity;
END $$;

-- Functions above run as the owner of the tables, so they ask the reach themselves.
CREATE OR REPLACE FUNCTION delivery_require_activity(p_activity bigint) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM delivery_activity a WHERE a.id = p_activity AND pulih_writes() AND (
            pulih_sees_country() OR a.province_id = ANY (pulih_provinces())
            OR a.regency_id = ANY (pulih_regencies()))
    ) THEN
        RAISE EXCEPTION 'Activity % is out of reach.', p_activity USING ERRCODE = 'PU004';
    END IF;
END $$;

-- Who ran the check stands beside each waiver and objection, whatever a program writes there, so that
-- the constraints can refuse the same person; and what was not asked about is refused.
CREATE OR REPLACE FUNCTION delivery_name_the_maker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_named text[];
BEGIN
    SELECT r.by_id, CASE TG_ARGV[0] WHEN 'unknown' THEN c.unknown ELSE c.failed END
    INTO NEW.maker_id, v_named
    FROM delivery_checkresult c JOIN delivery_checkrun r ON r.id = c.run_id
    WHERE c.id = NEW.result_id;
    IF NEW.check_name <> ALL (coalesce(v_named, '{}')) THEN
        RAISE EXCEPTION 'Check % of result % is not %.', NEW.check_name, NEW.result_id, TG_ARGV[0]
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delivery_waivers_name_the_maker BEFORE INSERT ON delivery_waiver
FOR EACH ROW EXECUTE FUNCTION delivery_name_the_maker('unknown');
CREATE OR REPLACE TRIGGER delivery_objections_name_the_maker BEFORE INSERT OR UPDATE ON delivery_objection
FOR EACH ROW EXECUTE FUNCTION delivery_name_the_maker('failed');
