-- What offices asked for, what was promised and what is funded, by province: for everybody, in sums,
-- so it reads past the row policies and gives no row of anybody. Amendments and steps are gathered
-- once for all proposals: looked up for each, they took most of the time of many.

CREATE OR REPLACE FUNCTION proposals_board(p_year integer)
RETURNS TABLE (province_id bigint, province text, asked_count bigint, asked bigint,
               promised_count bigint, promised bigint, funded_count bigint, funded bigint,
               rejected_count bigint, newest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH amended AS (
        SELECT DISTINCT ON (proposal_id) proposal_id, rupiah_after FROM proposals_amendment
        WHERE version_id IS NOT NULL ORDER BY proposal_id, number DESC
    ), stepped AS (
        SELECT subject_id, max(at) AS at FROM workflow_step WHERE machine = 'proposal' GROUP BY 1
    ), counted AS (
        SELECT one.province_id, one.state, answer.outcome, stepped.at,
            coalesce(answer.asked_rupiah, one.asked_rupiah) AS asked,
            coalesce(amended.rupiah_after, answer.approved_rupiah) AS promised,
            one.state IN ('reserved', 'scheduled', 'running', 'accounted') AS is_funded
        FROM proposals_proposal one
        JOIN proposals_round round ON round.id = one.round_id AND round.fiscal_year = p_year
        LEFT JOIN proposals_proposaldecision answer ON answer.proposal_id = one.id
        LEFT JOIN amended ON amended.proposal_id = one.id
        LEFT JOIN stepped ON stepped.subject_id = one.id
        WHERE one.state NOT IN ('draft', 'withdrawn')
    )
    SELECT area.id, area.name,
        count(*), sum(asked)::bigint,
        count(*) FILTER (WHERE outcome <> 'rejected'), coalesce(sum(promised), 0)::bigint,
        count(*) FILTER (WHERE is_funded),
        coalesce(sum(promised) FILTER (WHERE is_funded), 0)::bigint,
        count(*) FILTER (WHERE outcome = 'rejected'),
        max(at)
    FROM counted JOIN areas_area area ON area.id = counted.province_id
    GROUP BY area.id, area.name, area.sort_key ORDER BY area.sort_key
$$;
