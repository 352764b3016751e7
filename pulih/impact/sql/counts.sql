-- Make the public counts of some provinces anew, and the country's from all provinces.
--
-- An officer's import may refresh them although she sees her own province alone, so the function
-- runs as the owner of the tables; it gives back nothing but counts. Regency cells under 5 are
-- hidden. Where one hidden cell could be got by subtraction (from the province's total of the
-- same code, or from the regency's total over codes that partition it), the next smallest is
-- hidden with it, until none stands alone.
CREATE OR REPLACE FUNCTION impact_refresh_counts(p_provinces bigint[], p_definition text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
DECLARE
    v_provinces bigint[];
    v_regencies bigint[];
    v_hidden integer;
    v_cells integer;
BEGIN
    IF NOT pulih_writes() THEN
        RAISE EXCEPTION 'Counts are refreshed by those who may write.' USING ERRCODE = 'PU004';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('impact_refresh_counts'));
    -- A regency that changed provinces belongs to both: refresh all that share one.
    SELECT array_agg(DISTINCT descendant_id) INTO v_regencies
    FROM areas_areaclosure c JOIN areas_area a ON a.id = c.descendant_id
    WHERE c.ancestor_id = ANY (p_provinces) AND a.level = 'regency';
    SELECT array_agg(DISTINCT ancestor_id) INTO v_provinces
    FROM areas_areaclosure c JOIN areas_area a ON a.id = c.ancestor_id
    WHERE a.level = 'province'
      AND (c.descendant_id = ANY (v_regencies) OR c.ancestor_id = ANY (p_provinces));
    SELECT array_agg(DISTINCT descendant_id) INTO v_regencies
    FROM areas_areaclosure c JOIN areas_area a ON a.id = c.descendant_id
    WHERE c.ancestor_id = ANY (v_provinces) AND a.level = 'regency';

    DELETE FROM impact_affectedcount
    WHERE area_id = 1 OR area_id = ANY (v_provinces) OR area_id = ANY (v_regencies);

    WITH reports AS (
        SELECT * FROM impact_impactreport
        WHERE is_latest AND NOT is_withdrawn AND province_id = ANY (v_provinces)
    ), facts AS (
        SELECT 'all' AS dimension, '' AS code, * FROM reports
        UNION ALL SELECT 'need', u, r.* FROM reports r, unnest(needs) u
        UNION ALL SELECT 'obstacle', u, r.* FROM reports r, unnest(obstacles) u
        UNION ALL SELECT 'status', status, r.* FROM reports r
        UNION ALL SELECT 'commodity_group', commodity_group, r.* FROM reports r
    ), cells AS (
        SELECT CASE WHEN grouping(regency_id) = 0 THEN regency_id ELSE province_id END AS area,
               grouping(regency_id) = 0 AS is_regency, dimension, code,
               max(reported) AS as_of,
               count(*) FILTER (WHERE is_affected) AS firms,
               coalesce(sum(workers_hit) FILTER (WHERE is_affected), 0) AS workers,
               coalesce(sum(severity) FILTER (WHERE is_affected), 0) AS severity_sum,
               count(severity) FILTER (WHERE is_affected) AS severity_known,
               count(*) AS reporting
        FROM facts
        GROUP BY GROUPING SETS ((province_id, dimension, code), (regency_id, dimension, code))
    ), registered AS (
        SELECT CASE WHEN grouping(regency_id) = 0 THEN regency_id ELSE province_id END AS area,
               count(*) AS firms
        FROM registry_enterprise
        WHERE is_listed AND merged_into_id IS NULL AND province_id = ANY (v_provinces)
        GROUP BY GROUPING SETS ((province_id), (regency_id))
    )
    INSERT INTO impact_affectedcount
        (area_id, as_of, dimension, code, firms, workers, severity_sum, severity_known, reporting,
         registered, is_hidden, definition_version, refreshed_at)
    SELECT c.area, c.as_of, c.dimension, c.code, c.firms, c.workers, c.severity_sum,
           c.severity_known, c.reporting, CASE WHEN c.dimension = 'all' THEN r.firms END,
           c.is_regency AND c.firms BETWEEN 1 AND 4, p_definition, now()
    FROM cells c LEFT JOIN registered r ON r.area = c.area
    WHERE c.area IS NOT NULL;

    LOOP
        WITH cells AS (
            SELECT n.id, n.is_hidden, n.firms, n.dimension, n.code, n.area_id, p.ancestor_id
            FROM impact_affectedcount n
            JOIN areas_area a ON a.id = n.area_id AND a.level = 'regency'
            JOIN areas_areaclosure p ON p.descendant_id = n.area_id
            JOIN areas_area b ON b.id = p.ancestor_id AND b.level = 'province'
            WHERE n.area_id = ANY (v_regencies) AND n.firms > 0
        ), ranked AS (
            SELECT id, is_hidden,
                   count(*) FILTER (WHERE is_hidden) OVER same_code AS hidden_in_province,
                   row_number() OVER (PARTITION BY ancestor_id, dimension, code
                                      ORDER BY is_hidden, firms, area_id) AS place_in_province,
                   count(*) FILTER (WHERE is_hidden) OVER same_area AS hidden_in_regency,
                   row_number() OVER (PARTITION BY ancestor_id, area_id, dimension
                                      ORDER BY is_hidden, firms, code) AS place_in_regency,
                   dimension
            FROM cells
            WINDOW same_code AS (PARTITION BY ancestor_id, dimension, code),
                   same_area AS (PARTITION BY ancestor_id, area_id, dimension)
        )
        UPDATE impact_affectedcount n SET is_hidden = true
        FROM ranked r
        WHERE n.id = r.id AND NOT r.is_hidden
          AND ((r.hidden_in_province = 1 AND r.place_in_province = 1)
               OR (r.dimension IN ('status', 'commodity_group')
                   AND r.hidden_in_regency = 1 AND r.place_in_regency = 1));
        GET DIAGNOSTICS v_hidden = ROW_COUNT;
        EXIT WHEN v_hidden = 0;
    END LOOP;
    UPDATE impact_affectedcount
    SET firms = NULL, workers = NULL, severity_sum = NULL, severity_known = NULL,
        reporting = NULL, registered = NULL
    WHERE is_hidden AND area_id = ANY (v_regencies);

    INSERT INTO impact_affectedcount
        (area_id, as_of, dimension, code, firms, workers, severity_sum, severity_known, reporting,
         registered, is_hidden, definition_version, refreshed_at)
    SELECT 1, max(n.as_of), n.dimension, n.code, sum(n.firms), sum(n.workers),
           sum(n.severity_sum), sum(n.severity_known), sum(n.reporting), sum(n.registered),
           false, p_definition, now()
    FROM impact_affectedcount n JOIN areas_area a ON a.id = n.area_id
    WHERE a.level = 'province'
    GROUP BY n.dimension, n.code;
    SELECT count(*) INTO v_cells FROM impact_affectedcount;
    RETURN v_cells;
END $$;
