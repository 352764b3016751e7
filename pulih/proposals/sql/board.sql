-- What offices asked for, what was promised and what is funded, by province: for all officers, in
-- sums, so it reads past the row policies and gives no row of anybody. Amendments are gathered once for all
-- proposals: looked up for each, they took most of the time of many.

CREATE OR REPLACE FUNCTION proposals_board(p_year integer)
RETURNS TABLE (province_id bigint, province text, asked_count bigint, asked bigint,
               promised_count bigint, promised bigint, funded_count bigint, funded bigint,
               rejected_count bigint, newest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH amended AS (
        SELECT DISTINCT ON (proposal_id) proposal_id, rupiah_after FROM proposals_amendment
        WHERE version_id IS NOT NULL ORDER BY proposal_id, number DESC
    ), counted AS (
        SELECT one.province_id, answer.outcome,
            coalesce(answer.asked_rupiah, one.asked_rupiah) AS asked,
            coalesce(amended.rupiah_after, answer.approved_rupiah) AS promised,
            one.state IN ('reserved', 'scheduled', 'running', 'accounted') AS is_funded
        FROM proposals_proposal one
        JOIN proposals_round round ON round.id = one.round_id AND round.fiscal_year = p_year
        LEFT JOIN proposals_proposaldecision answer ON answer.proposal_id = one.id
        LEFT JOIN amended ON amended.proposal_id = one.id
        WHERE one.state NOT IN ('draft', 'withdrawn')
    ), summed AS (
        SELECT province_id, count(*) AS asked_count, sum(asked)::bigint AS asked,
            count(*) FILTER (WHERE outcome <> 'rejected') AS promised_count,
            coalesce(sum(promised), 0)::bigint AS promised,
            count(*) FILTER (WHERE is_funded) AS funded_count,
            coalesce(sum(promised) FILTER (WHERE is_funded), 0)::bigint AS funded,
            count(*) FILTER (WHERE outcome = 'rejected') AS rejected_count
        FROM counted GROUP BY province_id
    )
    SELECT area.id, area.name, summed.asked_count, summed.asked, summed.promised_count,
        summed.promised, summed.funded_count, summed.funded, summed.rejected_count, newest.at
    FROM summed JOIN areas_area area ON area.id = summed.province_id
    -- The newest step of a province is found from the end of an index, and mostly at once.
    LEFT JOIN LATERAL (
        SELECT step.at FROM workflow_step step
        JOIN proposals_proposal one ON one.id = step.subject_id
            AND one.state NOT IN ('draft', 'withdrawn')
        JOIN proposals_round round ON round.id = one.round_id AND round.fiscal_year = p_year
        WHERE step.machine = 'proposal' AND step.province_id = summed.province_id
        ORDER BY step.at DESC LIMIT 1
    ) newest ON true
    ORDER BY area.sort_key
$$;
