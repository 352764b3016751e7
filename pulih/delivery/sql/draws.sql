-- What anybody reads of how participants are chosen: criteria, digest and day of the frozen list, seed
-- and witnesses, and how many applied for how many places. No person: witnesses by their initials
-- alone, and a number of applicants below five is not told (as `FEWEST` of portal/datasets/base.py).
CREATE OR REPLACE FUNCTION delivery_public_draws(p_activity bigint, p_before bigint)
RETURNS TABLE (id bigint, activity bigint, title text, place text, version smallint,
    published_at timestamptz, frozen_at timestamptz, drawn_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, a.id, a.title, concat_ws(', ', r.name, p.name), s.version, s.published_at,
           s.frozen_at, s.drawn_at
    FROM delivery_selection s JOIN delivery_activity a ON a.id = s.activity_id
    JOIN areas_area p ON p.id = a.province_id LEFT JOIN areas_area r ON r.id = a.regency_id
    WHERE (p_activity IS NULL OR a.id = p_activity) AND (p_before IS NULL OR s.id < p_before)
    ORDER BY s.id DESC LIMIT 50
$$;

CREATE OR REPLACE FUNCTION delivery_public_draw(p_selection bigint)
RETURNS TABLE (id bigint, activity bigint, title text, place text, year integer, version smallint,
    criteria jsonb, published_at timestamptz, digest text, frozen_at timestamptz, seed text,
    witnesses text[], drawn_at timestamptz, applications bigint, places bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, a.id, a.title, concat_ws(', ', r.name, p.name),
           extract(year FROM a.starts_on)::int, s.version, s.criteria, s.published_at, s.digest,
           s.frozen_at, s.seed,
           ARRAY[delivery_initials(s.witness), delivery_initials(s.other_witness)], s.drawn_at,
           (SELECT CASE WHEN count(*) >= 5 THEN count(*) END
            FROM delivery_selectionentry e WHERE e.selection_id = s.id),
           (SELECT sum(free.value::bigint)::bigint FROM jsonb_each_text(s.places) AS free)
    FROM delivery_selection s JOIN delivery_activity a ON a.id = s.activity_id
    JOIN areas_area p ON p.id = a.province_id LEFT JOIN areas_area r ON r.id = a.regency_id
    WHERE s.id = p_selection
$$;

-- The first letters of a name without titles and asides: `Dr. Siti Nur (camat), S.T.` → `S. N.`
CREATE OR REPLACE FUNCTION delivery_initials(p_name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(upper(left(word, 1)) || '.', ' ' ORDER BY at), '')
    FROM regexp_split_to_table(split_part(split_part(p_name, '(', 1), ',', 1), '\s+')
        WITH ORDINALITY AS one (word, at)
    WHERE word <> '' AND word NOT LIKE '%.' AND at <= 5
$$;
