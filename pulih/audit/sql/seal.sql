-- What auditors read is sealed, so that an edit past every action and trigger is found.
--
-- Rows that can change: triggers write into audit_rowchange what each row says from then on. Rows
-- that are only ever added (those changes, the record of actions, the ledger's own seals) are tied
-- into one chain, audit_sealedrows, a few at a time and as late as the next seal, so that no
-- writer waits for another. A room says which tables with the functions at the end of this file.
-- The functions set how moments and bytes are written, so that no session changes a digest.

-- The digest of a row: of its table's name and of all its columns that hold a value, but for those
-- that are left out. A column that comes later and holds nothing changes no digest.
CREATE OR REPLACE FUNCTION audit_digest(p_table text, p_row jsonb, p_without text[]) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(p_table || jsonb_strip_nulls(p_row - p_without)::text, 'UTF8'))
$$;

-- Write down what the rows of one statement say now. Arguments of the trigger: the key; columns that
-- are left out; a column and its value while nobody has said anything yet ('' where there is none).
CREATE OR REPLACE FUNCTION audit_keep_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE
    v_key text := TG_ARGV[0];
    v_without text[] := string_to_array(TG_ARGV[1], ',');
    v_column text := TG_ARGV[2];
    v_open text := TG_ARGV[3];
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_rowchange (at, person_id, table_name, row_key, what, digest)
        SELECT clock_timestamp(), pulih_person(), TG_TABLE_NAME, r ->> v_key, 'made',
               audit_digest(TG_TABLE_NAME, r, v_without)
        FROM (SELECT to_jsonb(n) AS r FROM new_rows n) AS made
        WHERE r ->> v_column IS DISTINCT FROM v_open;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_rowchange (at, person_id, table_name, row_key, what, digest)
        SELECT clock_timestamp(), pulih_person(), TG_TABLE_NAME, r ->> v_key, 'removed',
               audit_digest(TG_TABLE_NAME, r, v_without)
        FROM (SELECT to_jsonb(o) AS r FROM old_rows o) AS removed
        WHERE r ->> v_column IS DISTINCT FROM v_open;
    ELSE
        INSERT INTO audit_rowchange (at, person_id, table_name, row_key, what, digest)
        SELECT clock_timestamp(), pulih_person(), TG_TABLE_NAME, later.key,
               CASE WHEN later.is_open THEN 'opened' ELSE 'changed' END, later.digest
        FROM (SELECT r ->> v_key AS key, audit_digest(TG_TABLE_NAME, r, v_without) AS digest,
                     r ->> v_column IS NOT DISTINCT FROM v_open AS is_open
              FROM (SELECT to_jsonb(n) AS r FROM new_rows n) AS n) AS later
        LEFT JOIN (
              SELECT r ->> v_key AS key, audit_digest(TG_TABLE_NAME, r, v_without) AS digest,
                     r ->> v_column IS NOT DISTINCT FROM v_open AS is_open
              FROM (SELECT to_jsonb(o) AS r FROM old_rows o) AS o) AS earlier USING (key)
        WHERE CASE WHEN later.is_open THEN NOT earlier.is_open
                   ELSE later.digest IS DISTINCT FROM earlier.digest END;
    END IF;
    RETURN NULL;
END $$;

-- The same of one row, for tables in which most updates change nothing that is sealed.
CREATE OR REPLACE FUNCTION audit_keep_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE
    v_without text[] := string_to_array(TG_ARGV[1], ',');
    v_digest bytea := audit_digest(TG_TABLE_NAME, to_jsonb(NEW), v_without);
BEGIN
    IF v_digest IS DISTINCT FROM audit_digest(TG_TABLE_NAME, to_jsonb(OLD), v_without) THEN
        INSERT INTO audit_rowchange (at, person_id, table_name, row_key, what, digest)
        VALUES (clock_timestamp(), pulih_person(), TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0],
                'changed', v_digest);
    END IF;
    RETURN NULL;
END $$;

-- A row of the record carries its own digest, so that one added past this trigger is found as well.
-- That something was done is also said to the rest of the transaction, for whom it matters: a
-- setting goes back with a savepoint (workflow/sql/sent_forms.sql).
CREATE OR REPLACE FUNCTION audit_hash_event() RETURNS trigger LANGUAGE plpgsql
SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
    NEW.hash := audit_digest(TG_TABLE_NAME, to_jsonb(NEW), '{hash}');
    PERFORM set_config('pulih.acted', 'yes', true);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Table % is sealed and is never emptied.', TG_TABLE_NAME USING ERRCODE = 'PU000';
END $$;

CREATE OR REPLACE FUNCTION audit_rows_hash(p audit_sealedrows) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(p.previous || p.digest || sha256(p.marks) || convert_to(concat_ws('|',
        (extract(epoch FROM p.sealed_at) * 1000000)::bigint, p.table_name, p.ids, p.newest,
        p.settled, p.mark_id, p.mark_xact), 'UTF8'))
$$;

-- Which tables are sealed, and how: what the triggers say, which `pulih check` holds against its list.
CREATE OR REPLACE FUNCTION audit_sealed_tables(
    OUT name text, OUT how text, OUT key text, OUT without text[], OUT open_column text,
    OUT open_value text
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    SELECT c.relname::text, t.tgname::text, a[1], string_to_array(a[2], ','), a[3], a[4]
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    CROSS JOIN LATERAL string_to_array(encode(t.tgargs, 'escape'), '\000') AS a
    WHERE t.tgname IN ('audit_made', 'audit_added', 'audit_added_quietly')
      AND c.relnamespace = 'public'::regnamespace
$$;

-- Tie all rows that were added since the last time into the chain; return its newest hash. Tables
-- that are sealed quietly are no reason of their own: the ledger's seals would ask for one another.
CREATE OR REPLACE FUNCTION audit_seal_rows(OUT head bytea) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE
    v_table record;
    v_any boolean := false;
BEGIN
    IF pulih_role() IS DISTINCT FROM 'system' THEN
        RAISE EXCEPTION 'Only the clock seals.' USING ERRCODE = 'PU004';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('audit_seal_rows'));
    FOR v_table IN SELECT * FROM audit_sealed_tables() WHERE how <> 'audit_made' ORDER BY how, name
    LOOP
        IF v_table.how = 'audit_added' OR v_any THEN
            WHILE audit_seal_some(v_table.name, v_table.key) LOOP
                v_any := true;
            END LOOP;
        END IF;
    END LOOP;
    SELECT hash INTO head FROM audit_sealedrows ORDER BY id DESC LIMIT 1;
END $$;

-- Tie as many as 100,000 rows of one table into the chain; false where none is left.
CREATE OR REPLACE FUNCTION audit_seal_some(p_table text, p_key text) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    v_last audit_sealedrows;
    v_new audit_sealedrows;
    v_above int8multirange;
    v_open bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    v_next bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
BEGIN
    SELECT * INTO v_last FROM audit_sealedrows WHERE table_name = p_table ORDER BY id DESC LIMIT 1;
    SELECT coalesce(range_agg(ids::int8multirange), '{}') INTO v_above FROM audit_sealedrows
    WHERE table_name = p_table AND newest > coalesce(v_last.settled, 0);
    EXECUTE format($rows$
        SELECT range_agg(int8range(id, id, '[]'))::text,
               string_agg(substr(digest, 1, 4), '' ORDER BY id),
               sha256(string_agg(digest, '' ORDER BY id)), max(id)
        FROM (SELECT %1$I AS id, audit_digest(%2$L, to_jsonb(t), '{}') AS digest FROM %2$I t
              WHERE %1$I > $1 AND NOT %1$I::bigint <@ $2 ORDER BY %1$I LIMIT 100000) AS added
        $rows$, p_key, p_table)
    INTO v_new.ids, v_new.marks, v_new.digest, v_new.newest
    USING coalesce(v_last.settled, 0), v_above;
    IF v_new.ids IS NULL THEN
        RETURN false;
    END IF;
    -- A key is drawn a moment before its transaction is known, so the mark is a key of the last
    -- time. Transactions are numbered anew where a backup was restored: none of then is open.
    v_new.settled := coalesce(v_last.settled, 0);
    v_new.mark_id := coalesce(v_last.mark_id, 0);
    v_new.mark_xact := coalesce(v_last.mark_xact, 0);
    IF v_new.mark_xact <= v_open OR v_new.mark_xact > v_next THEN
        v_new.settled := v_new.mark_id;
        v_new.mark_id := coalesce(v_last.newest, 0);
        v_new.mark_xact := v_next;
    END IF;
    v_new.newest := greatest(v_new.newest, v_last.newest);
    v_new.table_name := p_table;
    v_new.sealed_at := clock_timestamp();
    SELECT hash INTO v_new.previous FROM audit_sealedrows ORDER BY id DESC LIMIT 1;
    v_new.previous := coalesce(v_new.previous, decode(repeat('00', 32), 'hex'));
    v_new.hash := audit_rows_hash(v_new);
    INSERT INTO audit_sealedrows (previous, hash, sealed_at, table_name, ids, marks, digest, newest,
                                  settled, mark_id, mark_xact)
    VALUES (v_new.previous, v_new.hash, v_new.sealed_at, p_table, v_new.ids, v_new.marks,
            v_new.digest, v_new.newest, v_new.settled, v_new.mark_id, v_new.mark_xact);
    RETURN true;
END $$;

-- Seal a table whose rows may change. p_key: its key; p_without: columns that other checks hold
-- (comma between them); p_by_row: where most updates touch those alone; p_open, p_value: rows are
-- not sealed while this column holds this value. Rows that are there already are sealed as found,
-- once: afterwards a row without a change of its own was added past the triggers. What a table that
-- is sealed anew says already is not said twice.
CREATE OR REPLACE FUNCTION audit_seal_table(
    p_table regclass, p_key text DEFAULT 'id', p_without text DEFAULT '',
    p_by_row boolean DEFAULT false, p_open text DEFAULT '', p_value text DEFAULT ''
) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE
    v_name text := (SELECT relname FROM pg_class WHERE oid = p_table);
    v_arguments text := format('(%L, %L, %L, %L)', p_key, p_without, p_open, p_value);
    v_is_new boolean := NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = p_table AND tgname = 'audit_made');
    v_columns text := (
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped
          AND attname <> ALL (string_to_array(p_without, ',')));
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER audit_made AFTER INSERT ON %I REFERENCING NEW TABLE AS'
        ' new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_changes', v_name) || v_arguments;
    EXECUTE format('CREATE OR REPLACE TRIGGER audit_removed AFTER DELETE ON %I REFERENCING OLD TABLE AS'
        ' old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_changes', v_name) || v_arguments;
    IF p_by_row THEN
        EXECUTE format('CREATE OR REPLACE TRIGGER audit_changed AFTER UPDATE OF %s ON %I FOR EACH ROW'
            ' EXECUTE FUNCTION audit_keep_change', v_columns, v_name) || v_arguments;
    ELSE
        EXECUTE format('CREATE OR REPLACE TRIGGER audit_changed AFTER UPDATE ON %I REFERENCING OLD'
            ' TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT'
            ' EXECUTE FUNCTION audit_keep_changes', v_name) || v_arguments;
    END IF;
    EXECUTE format('CREATE OR REPLACE TRIGGER audit_not_emptied BEFORE TRUNCATE ON %I'
        ' EXECUTE FUNCTION audit_refuse_truncate()', v_name);
    IF v_is_new THEN
        EXECUTE format('INSERT INTO audit_rowchange (at, table_name, row_key, what, digest)'
            ' SELECT clock_timestamp(), %1$L, r ->> %2$L, ''found'', audit_digest(%1$L, r, %3$L)'
            ' FROM (SELECT to_jsonb(t) AS r FROM %1$I t) AS found LEFT JOIN ('
            '     SELECT DISTINCT ON (row_key) row_key,'
            '            CASE WHEN what NOT IN (''removed'', ''opened'') THEN digest END AS said'
            '     FROM audit_rowchange WHERE table_name = %1$L ORDER BY row_key, id DESC'
            ' ) AS last ON last.row_key = r ->> %2$L'
            ' WHERE r ->> %4$L IS DISTINCT FROM %5$L'
            ' AND said IS DISTINCT FROM audit_digest(%1$L, r, %3$L)',
            v_name, p_key, string_to_array(p_without, ','), p_open, p_value);
    END IF;
END $$;

-- Seal a table whose rows are only ever added. p_quietly: it is no reason to seal.
CREATE OR REPLACE FUNCTION audit_seal_added(
    p_table regclass, p_key text DEFAULT 'id', p_quietly boolean DEFAULT false
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %s'
        ' EXECUTE FUNCTION audit_refuse_truncate(%L)',
        CASE WHEN p_quietly THEN 'audit_added_quietly' ELSE 'audit_added' END, p_table, p_key);
END $$;
