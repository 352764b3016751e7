-- The law of lines for documents that are posted together. It says that four margins of a line are
-- never below zero: what is free (ceiling less block, commitment and reservation), what is committed
-- and unpaid, what is paid, and what is held back. See law.sql, which says the same of amounts.

-- Refuse (PU002) what would break the law of a line, in the order of the documents and on every day; a
-- refused document moves nothing on any of its lines.
CREATE OR REPLACE FUNCTION budget_judge_in_order(
    p_asked budget_asked[], p_lines budget_budgetline[], p_moves budget_line_movement[]
) RETURNS budget_asked[] LANGUAGE plpgsql AS $$
DECLARE
    v_move budget_line_movement;
    v_place integer := 0;
    v_first integer;  -- Of the moves of this document.
    v_broken jsonb;
    v_day jsonb;
    v_at integer;
    v_now budget_line_margins;
    v_latest date[] := (SELECT array_agg(latest_on) FROM unnest(p_lines));
    v_margins budget_line_margins[] := (SELECT array_agg(m ORDER BY m.at)
        FROM budget_margins(p_lines, budget_first_days(p_lines, p_moves)) AS m);
BEGIN
    FOR i IN 1 .. cardinality(p_moves) LOOP
        v_move := p_moves[i];
        v_at := v_move.at;
        v_now := v_margins[v_at];
        IF v_move.place <> v_place THEN
            v_place := v_move.place;
            v_first := i;
            v_broken := NULL;
        END IF;
        v_day := NULL;
        IF v_move.effective < v_latest[v_at] AND NOT coalesce(
               v_now.least_free + least(v_move.free, 0) >= 0
               AND v_now.least_unpaid + least(v_move.unpaid, 0) >= 0
               AND v_now.least_paid + least(v_move.realised, 0) >= 0
               AND v_now.least_held + least(v_move.blocked, 0) >= 0, false) THEN
            v_day := budget_unlawful_day(
                v_move.line, v_move.effective, v_move.ceiling, v_move.blocked, v_move.committed,
                v_move.realised, 0, budget_accepted_before(p_asked, p_moves, v_first, v_move.line));
        END IF;
        IF v_day IS NOT NULL OR NOT v_move.is_ours OR least(
               v_now.free + v_move.free, v_now.unpaid + v_move.unpaid,
               v_now.paid + v_move.realised, v_now.held + v_move.blocked) < 0 THEN
            v_broken := coalesce(v_broken, '[]')
                || (budget_broken_line(p_lines[v_at], v_move, v_now) || coalesce(v_day, '{}'));
        END IF;
        IF i < cardinality(p_moves) AND p_moves[i + 1].place = v_place THEN
            CONTINUE;
        END IF;
        IF v_broken IS NOT NULL THEN
            p_asked[v_place].refused := 'PU002';
            p_asked[v_place].facts := v_broken;
            CONTINUE;
        END IF;
        FOR j IN v_first .. i LOOP
            v_move := p_moves[j];
            v_at := v_move.at;
            v_margins[v_at] := budget_margins_after(v_margins[v_at], v_move);
            v_latest[v_at] := greatest(v_latest[v_at], v_move.effective);
        END LOOP;
    END LOOP;
    RETURN p_asked;
END $$;

-- By line: the first day of the documents, where one comes before what the line holds already or may
-- come to hold; else null.
CREATE OR REPLACE FUNCTION budget_first_days(p_lines budget_budgetline[], p_moves budget_line_movement[])
RETURNS date[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_first date[] := array_fill(NULL::date, ARRAY[cardinality(p_lines)]);
    v_latest date[] := (SELECT array_agg(latest_on) FROM unnest(p_lines));
    v_move budget_line_movement;
BEGIN
    FOREACH v_move IN ARRAY p_moves LOOP
        v_first[v_move.at] := least(v_first[v_move.at], v_move.effective);
        v_latest[v_move.at] := greatest(v_latest[v_move.at], v_move.effective);
    END LOOP;
    RETURN (SELECT array_agg(CASE WHEN first < latest THEN first END ORDER BY n)
            FROM unnest(v_first, v_latest) WITH ORDINALITY AS d (first, latest, n));
END $$;

-- The margins of lines now, and the least of them on any day from p_first on. Each document that is
-- accepted lowers the least by what it takes and raises them by nothing, so that what passes them is
-- lawful on all days; what does not pass is judged day by day.
CREATE OR REPLACE FUNCTION budget_margins(p_lines budget_budgetline[], p_first date[])
RETURNS SETOF budget_line_margins LANGUAGE sql STABLE AS $$
    SELECT l.at::integer, now.free, now.unpaid, l.realised, l.blocked,
           now.free - later.free, now.unpaid - later.unpaid, l.realised - later.paid,
           l.blocked - later.held
    FROM unnest(p_lines, p_first) WITH ORDINALITY AS l (
        id, fiscal_year, authority, fund_source, programme, activity, output, suboutput, component,
        subcomponent, account, line_key, detail, is_protected, ceiling, blocked, committed, realised,
        measure_id, province_id, unit_id, head, latest_on, sequence, reserved, first, at)
    CROSS JOIN LATERAL (SELECT ceiling - blocked - committed - reserved AS free,
                               committed - realised AS unpaid) AS now
    LEFT JOIN LATERAL (
        SELECT greatest(max(d.free), 0)::bigint AS free, greatest(max(d.unpaid), 0)::bigint AS unpaid,
               greatest(max(d.paid), 0)::bigint AS paid, greatest(max(d.held), 0)::bigint AS held
        FROM (
            SELECT sum(CASE amount_kind WHEN 'ceiling' THEN rupiah WHEN 'block' THEN -rupiah
                       WHEN 'commitment' THEN -rupiah WHEN 'reservation' THEN -rupiah END) OVER days,
                   sum(CASE amount_kind WHEN 'commitment' THEN rupiah
                       WHEN 'realisation' THEN -rupiah END) OVER days,
                   sum(rupiah) FILTER (WHERE amount_kind = 'realisation') OVER days,
                   sum(rupiah) FILTER (WHERE amount_kind = 'block') OVER days
            FROM budget_entry WHERE line_id = l.id AND effective_on > l.first
            WINDOW days AS (ORDER BY effective_on DESC)) AS d (free, unpaid, paid, held)
    ) AS later ON l.first IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION budget_margins_after(p budget_line_margins, p_move budget_line_movement)
RETURNS budget_line_margins LANGUAGE sql IMMUTABLE AS $$
    SELECT ROW(
        p.at, p.free + p_move.free, p.unpaid + p_move.unpaid, p.paid + p_move.realised,
        p.held + p_move.blocked,
        p.least_free + least(p_move.free, 0), p.least_unpaid + least(p_move.unpaid, 0),
        p.least_paid + least(p_move.realised, 0), p.least_held + least(p_move.blocked, 0)
    )::budget_line_margins
$$;

-- What a document would make of a line, as a refusal tells it; of another unit's line, only which.
CREATE OR REPLACE FUNCTION budget_broken_line(
    p_line budget_budgetline, p_move budget_line_movement, p_now budget_line_margins
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'line', p_move.line, 'line_key', p_line.line_key, 'is_ours', p_move.is_ours
    ) || CASE WHEN p_move.is_ours THEN jsonb_build_object(
        'ceiling', p_now.free + p_now.held + p_now.unpaid + p_now.paid + p_line.reserved
                   + p_move.ceiling,
        'blocked', p_now.held + p_move.blocked,
        'committed', p_now.unpaid + p_now.paid + p_move.committed,
        'realised', p_now.paid + p_move.realised, 'reserved', p_line.reserved
    ) ELSE '{}' END
$$;

-- What the accepted documents before one of them move on a line, as budget_unlawful_day takes it.
CREATE OR REPLACE FUNCTION budget_accepted_before(
    p_asked budget_asked[], p_moves budget_line_movement[], p_before integer, p_line bigint
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'day', effective, 'ceiling', ceiling, 'blocked', blocked, 'committed', committed,
        'realised', realised)), '[]')
    FROM unnest(p_moves[1 : p_before - 1])
    WHERE line = p_line AND (p_asked[place]).refused IS NULL
$$;
