-- The law of a line, in one place: on every day, what is paid lies within what is committed, and
-- what is committed or reserved within the ceiling that is not blocked. The CHECK of budget_budgetline says the
-- same of today's balances, as a last wall.
CREATE OR REPLACE FUNCTION budget_is_lawful(
    p_ceiling bigint, p_blocked bigint, p_committed bigint, p_realised bigint, p_reserved bigint
) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_blocked >= 0 AND p_realised >= 0 AND p_realised <= p_committed AND p_reserved >= 0
       AND p_committed + p_reserved <= p_ceiling - p_blocked
$$;

-- The first day from p_from on whose end would be unlawful with these amounts added from p_from on:
-- the day and what the line would hold on it; null where there is none. Only what takes effect after
-- p_from is read: the balances tell the rest, so a document of today reads nothing. p_taken: movements that
-- are accepted and not yet entries, [{"day", "ceiling", "blocked", "committed", "realised"}]; lists, which
-- give them, reserve nothing. A day that was unlawful before counts only where the amounts make it worse, so that it can be mended.
CREATE OR REPLACE FUNCTION budget_unlawful_day(
    p_line bigint, p_from date, p_ceiling bigint, p_blocked bigint, p_committed bigint,
    p_realised bigint, p_reserved bigint, p_taken jsonb DEFAULT '[]'
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH later AS MATERIALIZED (
        SELECT effective_on AS day,
               sum(rupiah) FILTER (WHERE amount_kind = 'ceiling') AS ceiling,
               sum(rupiah) FILTER (WHERE amount_kind = 'block') AS blocked,
               sum(rupiah) FILTER (WHERE amount_kind = 'commitment') AS committed,
               sum(rupiah) FILTER (WHERE amount_kind = 'realisation') AS realised,
               sum(rupiah) FILTER (WHERE amount_kind = 'reservation') AS reserved
        FROM budget_entry WHERE line_id = p_line AND effective_on > p_from GROUP BY 1
    ), moved (day, ceiling, blocked, committed, realised, reserved) AS (
        SELECT * FROM later
        UNION ALL
        SELECT p_from, -sum(ceiling), -sum(blocked), -sum(committed), -sum(realised), -sum(reserved)
        FROM later
        UNION ALL
        SELECT p_from, ceiling, blocked, committed, realised, reserved
        FROM budget_budgetline WHERE id = p_line
        UNION ALL
        SELECT greatest(day, p_from), ceiling, blocked, committed, realised, 0
        FROM jsonb_to_recordset(p_taken) AS t (
            day date, ceiling bigint, blocked bigint, committed bigint, realised bigint)
        UNION ALL
        SELECT p_from, p_ceiling, p_blocked, p_committed, p_realised, p_reserved
    ), ends AS (
        SELECT DISTINCT day, coalesce(sum(ceiling) OVER days, 0)::bigint AS ceiling,
               coalesce(sum(blocked) OVER days, 0)::bigint AS blocked,
               coalesce(sum(committed) OVER days, 0)::bigint AS committed,
               coalesce(sum(realised) OVER days, 0)::bigint AS realised,
               coalesce(sum(reserved) OVER days, 0)::bigint AS reserved
        FROM moved WINDOW days AS (ORDER BY day)
    )
    SELECT to_jsonb(ends) FROM ends
    WHERE (blocked < 0 AND p_blocked < 0) OR (realised < 0 AND p_realised < 0)
       OR (reserved < 0 AND p_reserved < 0)
       OR (realised > committed AND p_realised > p_committed)
       OR (committed + reserved > ceiling - blocked
           AND p_committed + p_reserved > p_ceiling - p_blocked)
    ORDER BY day LIMIT 1
$$;
