-- Search by the beginnings of words, quick under row-level security.
--
-- A policy keeps PostgreSQL from using an index for any operator that could leak what it looks at,
-- the one of full-text search among them. These functions therefore run with the owner's rights
-- and ask for the reach of the person themselves, before anything else; they give back ids and
-- numbers, never rows. Each query is written with its values in it, so that the planner sees how
-- frequent a beginning is: a frequent one is found by walking the names in order, a rare one by
-- the index of words.

CREATE OR REPLACE FUNCTION registry_reach() RETURNS text LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
DECLARE
    provinces bigint[];
    regencies bigint[];
BEGIN
    IF pulih_sees_country() THEN
        RETURN 'true';
    END IF;
    provinces := pulih_provinces();
    regencies := pulih_regencies();
    IF cardinality(provinces) = 0 AND cardinality(regencies) = 1 THEN
        RETURN format('regency_id = %s', regencies[1]);
    END IF;
    -- One province whose regencies never belonged to another: its own index serves.
    IF cardinality(provinces) = 1 AND NOT EXISTS (
        SELECT 1 FROM areas_areaclosure AS closure
        JOIN areas_area AS area ON area.id = closure.ancestor_id AND area.level = 'province'
        WHERE closure.descendant_id = ANY (regencies) AND closure.ancestor_id <> provinces[1]
    ) THEN
        RETURN format('province_id = %s', provinces[1]);
    END IF;
    RETURN format('(province_id = ANY (%L::bigint[]) OR regency_id = ANY (%L::bigint[]))',
                  provinces, regencies);
END $$;

CREATE OR REPLACE FUNCTION registry_condition(filters jsonb) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT concat_ws(' AND ', registry_reach(), 'is_listed', 'merged_into_id IS NULL',
        'province_id = ' || (filters ->> 'province')::bigint,
        'regency_id = ' || (filters ->> 'regency')::bigint,
        'scale = ' || quote_literal(filters ->> 'scale'),
        'commodity_group = ' || quote_literal(filters ->> 'commodity'),
        'status = ' || quote_literal(filters ->> 'status'),
        CASE filters ->> 'making' WHEN 'yes' THEN 'is_manufacturing'
            WHEN 'no' THEN 'NOT is_manufacturing' WHEN 'unknown' THEN 'is_manufacturing IS NULL' END,
        CASE filters ->> 'missing' WHEN 'nik' THEN 'nik IS NULL' WHEN 'nib' THEN 'nib IS NULL'
            WHEN 'phone' THEN 'phone IS NULL' WHEN 'village' THEN 'village_code IS NULL'
            WHEN 'kbli' THEN 'kbli IS NULL'
            WHEN 'wrong_village' THEN 'village_code IS NOT NULL AND regency_id IS NOT NULL'
                ' AND NOT EXISTS (SELECT FROM areas_areacode AS known'
                ' WHERE known.area_id = regency_id AND known.scheme IN (''kemendagri'', ''bps'')'
                ' AND known.code = left(village_code, 4))'
            WHEN 'wrong_kbli' THEN 'left(kbli, 2) NOT BETWEEN ''10'' AND ''33''' END)
$$;

-- Words come as letters and figures alone; anything else finds nothing.
CREATE OR REPLACE FUNCTION registry_asked(asked text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT string_agg(word || ':*', ' & ')::tsquery FROM unnest(asked) AS word
    WHERE word ~ '^[a-z0-9]+$'
$$;

-- The next `size` enterprises after (from_rank, from_key, from_id): first those whose name begins
-- with the first word (rank 0), then the others (rank 1), each in the order of the names. Without
-- words all that the filters keep, with rank 1.
CREATE OR REPLACE FUNCTION registry_search(
    asked text[], filters jsonb, from_rank int, from_key text, from_id bigint, size int
) RETURNS TABLE (id bigint, rank int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET work_mem = '32MB' AS $$
DECLARE
    condition text := registry_condition(filters);
    query tsquery := registry_asked(asked);
    -- Where a page continues, its start replaces the lower bound: PostgreSQL would begin at the
    -- lesser of two and walk the whole way between.
    after text := format('(sort_key, id) > (%L, %s)', from_key, from_id);
    starts text := format('sort_key >= %L', asked[1]);
    begins text := format('sort_key < %L', asked[1] || '~');
    found int := 0;
    every text := 'SELECT id, %s FROM registry_enterprise WHERE %s AND %s
        ORDER BY sort_key, id LIMIT %s';
BEGIN
    IF cardinality(asked) = 0 THEN
        RETURN QUERY EXECUTE format(every, 1, condition,
            CASE WHEN from_id = 0 THEN 'true' ELSE after END, size);
        RETURN;
    END IF;
    IF query IS NULL THEN
        RETURN;
    END IF;
    IF from_rank = 0 THEN
        begins := begins || ' AND ' || CASE WHEN from_id = 0 THEN starts ELSE after END;
        IF cardinality(asked) > 1 THEN
            begins := begins || format(' AND search @@ %L::tsquery', query);
        END IF;
        RETURN QUERY EXECUTE format(every, 0, condition, begins, size);
        GET DIAGNOSTICS found = ROW_COUNT;
    END IF;
    IF found < size THEN
        RETURN QUERY EXECUTE format(every, 1, condition,
            format('search @@ %L::tsquery AND NOT (%s AND sort_key < %L)',
                   query, starts, asked[1] || '~')
            || CASE WHEN from_rank = 1 THEN ' AND ' || after ELSE '' END,
            size - found);
    END IF;
END $$;

-- How many there are, counted no further than `most`. Reading the whole table until enough are
-- found costs ten times what the index of words does, which the planner cannot see.
CREATE OR REPLACE FUNCTION registry_count(asked text[], filters jsonb, most int) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET work_mem = '32MB' SET enable_seqscan = off AS $$
DECLARE
    total bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM registry_enterprise
        WHERE %s AND %s LIMIT %s) AS counted',
        registry_condition(filters),
        CASE WHEN cardinality(asked) = 0 THEN 'true'
            ELSE format('search @@ %L::tsquery', coalesce(registry_asked(asked), ''::tsquery)) END,
        most) INTO total;
    RETURN total;
END $$;
