-- Whether a file still counts must be known also to those who see one of its rows and not the
-- file: a regency's officer, of the list that her province delivered. Tells ids and days alone.
CREATE OR REPLACE FUNCTION inbox_standing() RETURNS TABLE (id bigint, as_of date) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, as_of FROM inbox_importbatch WHERE state = 'done' AND is_newest
$$;
