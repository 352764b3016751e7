-- What a stranger learns of a paper by its code, and nothing without one: the table itself shows
-- its rows to offices of their place alone.
CREATE OR REPLACE FUNCTION documents_verify(p_code text) RETURNS TABLE (
    kind text, office text, number text, dated date, version integer, initials text,
    fingerprints text[], state text, ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT kind, office, number, dated, version, initials, fingerprints, state, ended_on
    FROM documents_papercode WHERE code = p_code
$$;
