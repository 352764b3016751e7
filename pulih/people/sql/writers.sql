-- Who writes what everybody reads. Such tables have no policy, for there is nothing in them to hide;
-- but other walls stand on them: reach is read out of areas, money is judged by references, plans by
-- measures. A trigger and no policy: one for writing would also keep from locking what one may read.

-- The roles are the trigger's arguments; without any the owner alone writes. Only the owner may
-- truncate, which tells a migration apart.
CREATE OR REPLACE FUNCTION people_refuse_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT has_table_privilege(TG_RELID, 'TRUNCATE')
        AND coalesce(pulih_role() <> ALL (coalesce(TG_ARGV, '{}')), true) THEN
        RAISE EXCEPTION 'Others write %.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

-- Let these roles alone write a table, besides its owner.
CREATE OR REPLACE FUNCTION people_written_by(p_table regclass, VARIADIC p_roles text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER people_has_writers BEFORE INSERT OR UPDATE OR DELETE ON %s'
        ' FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_writer(%s)', p_table,
        (SELECT string_agg(quote_literal(role), ', ') FROM unnest(p_roles) AS role));
END $$;

-- Reach is read out of these: whoever could write them would give himself the country.
SELECT people_written_by(t::regclass, VARIADIC '{}')
FROM unnest(ARRAY['areas_area', 'areas_areaclosure', 'areas_areacode']) AS t;
