-- Which rows of sealed tables are not as they were sealed: altered, removed or added; and what of
-- the seals themselves does not fit. Asked by `pulih check`; it reads as the owner, since there are
-- columns that the serving role does not see, and names keys of rows alone.
CREATE OR REPLACE FUNCTION audit_unsealed() RETURNS TABLE (
    finding text, table_name text, row_key text, sealed_at timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
#variable_conflict use_column
DECLARE
    v_table record;
BEGIN
    FOR v_table IN SELECT * FROM audit_sealed_tables() ORDER BY how, name LOOP
        IF v_table.how = 'audit_made' THEN
            RETURN QUERY SELECT * FROM audit_unsealed_changes(
                v_table.name, v_table.key, v_table.without, v_table.open_column, v_table.open_value);
        ELSIF NOT EXISTS (  -- A broken link is named below, and may not even say which rows.
            SELECT FROM audit_sealedrows r
            WHERE r.table_name = v_table.name AND r.hash <> audit_rows_hash(r)
        ) THEN
            RETURN QUERY SELECT * FROM audit_unsealed_rows(v_table.name, v_table.key);
        END IF;
    END LOOP;
    RETURN QUERY SELECT 'table_not_sealed', c.table_name::text, NULL::text, NULL::timestamptz
        FROM (SELECT DISTINCT table_name FROM audit_rowchange
              UNION SELECT DISTINCT table_name FROM audit_sealedrows) AS c
        WHERE c.table_name NOT IN (SELECT name FROM audit_sealed_tables());
    RETURN QUERY SELECT 'changed_chain', chained.table_name::text, chained.id::text, chained.sealed_at
        FROM (SELECT r.*, audit_rows_hash(r) AS right_hash,
                     lag(r.hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY r.id) AS before
              FROM audit_sealedrows r) AS chained
        WHERE hash <> right_hash OR previous <> before;
    -- A change that changes nothing was written past the triggers.
    RETURN QUERY SELECT 'added', 'audit_rowchange', said.id::text, said.at
        FROM (SELECT c.id, c.at, CASE WHEN c.what NOT IN ('removed', 'opened') THEN c.digest END AS state,
                     lag(CASE WHEN c.what NOT IN ('removed', 'opened') THEN c.digest END)
                         OVER of_row AS before
              FROM audit_rowchange c WINDOW of_row AS (PARTITION BY table_name, row_key ORDER BY id)
             ) AS said
        WHERE state IS NOT DISTINCT FROM before;
    RETURN QUERY SELECT 'added', 'audit_event', e.id::text, e.at FROM audit_event e
        WHERE e.hash <> audit_digest('audit_event', to_jsonb(e), '{hash}');
END $$;

-- Rows that can change, against the last of what was written down of each.
CREATE OR REPLACE FUNCTION audit_unsealed_changes(
    p_table text, p_key text, p_without text[], p_open text, p_value text
) RETURNS TABLE (finding text, table_name text, row_key text, sealed_at timestamptz)
LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
    RETURN QUERY EXECUTE format($check$
        WITH last AS (
            SELECT DISTINCT ON (row_key) row_key, what IN ('removed', 'opened') AS is_free, digest, at
            FROM audit_rowchange WHERE table_name = %1$L ORDER BY row_key, id DESC
        ), rows AS (
            SELECT r ->> %2$L AS row_key, audit_digest(%1$L, r, %3$L) AS digest,
                   r ->> %4$L IS NOT DISTINCT FROM %5$L AS is_open
            FROM (SELECT to_jsonb(t) AS r FROM %1$I t) AS every
        ), held AS (
            SELECT coalesce(rows.row_key, last.row_key)::text AS row_key, last.at,
                   CASE WHEN rows.row_key IS NULL AND NOT is_free THEN 'removed'
                        WHEN coalesce(is_free, true) AND NOT is_open THEN 'added'
                        WHEN NOT is_free AND last.digest <> rows.digest THEN 'altered' END AS finding
            FROM last FULL JOIN rows ON rows.row_key = last.row_key
        )
        SELECT finding, %1$L, row_key, at FROM held WHERE finding IS NOT NULL ORDER BY 3
        $check$, p_table, p_key, p_without, p_open, p_value);
END $$;

-- Rows that are only ever added, against the links that they are tied into.
CREATE OR REPLACE FUNCTION audit_unsealed_rows(p_table text, p_key text)
RETURNS TABLE (finding text, table_name text, row_key text, sealed_at timestamptz)
LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
    RETURN QUERY EXECUTE format($check$
        WITH links AS (
            SELECT id, ids::int8multirange AS ids, marks, digest, sealed_at, settled
            FROM audit_sealedrows WHERE table_name = %1$L
        ), wanted AS (
            SELECT links.id AS link, links.sealed_at, key,
                   substr(marks, 4 * (row_number() OVER (
                       PARTITION BY links.id ORDER BY key))::integer - 3, 4) AS mark
            FROM links, unnest(ids) AS part, generate_series(lower(part), upper(part) - 1) AS key
        ), rows AS (
            SELECT %2$I::bigint AS key, audit_digest(%1$L, to_jsonb(t), '{}') AS digest FROM %1$I t
        ), held AS (
            SELECT link, wanted.sealed_at, coalesce(wanted.key, rows.key) AS key, digest,
                   CASE WHEN rows.key IS NULL THEN 'removed'
                        WHEN wanted.key IS NULL THEN 'added'
                        WHEN substr(digest, 1, 4) IS DISTINCT FROM mark THEN 'altered' END AS finding
            FROM wanted FULL JOIN rows ON rows.key = wanted.key
            WHERE wanted.key IS NOT NULL
               OR rows.key <= (SELECT settled FROM links ORDER BY id DESC LIMIT 1)
        )
        SELECT finding, %1$L, key::text, sealed_at FROM held WHERE finding IS NOT NULL
        UNION ALL
        SELECT 'changed_rows', %1$L, concat(min(key), '-', max(key)), min(held.sealed_at)
        FROM held JOIN links ON links.id = held.link GROUP BY link, links.digest
        HAVING bool_and(finding IS NULL)
           AND sha256(string_agg(held.digest, '' ORDER BY key)) <> links.digest
        $check$, p_table, p_key);
END $$;
