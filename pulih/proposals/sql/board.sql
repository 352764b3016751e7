-- What offices asked for, what was promised and what is funded, by province: for everybody, in sums,
-- so it reads past the row policies and gives no row of anybody.

CREATE OR REPLACE FUNCTION proposals_board(p_year integer)
RETURNS TABLE (province_id bigint, province text, asked_count bigint, asked bigint,
               promised_count bigint, promised bigint, funded_count bigint, funded bigint,
               rejected_count bigint, newest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT area.id, area.name,
        count(*), sum(coalesce(answer.asked_rupiah, one.asked_rupiah))::bigint,
        count(*) FILTER (WHERE answer.outcome <> 'rejected'),
        coalesce(sum(coalesce(amended.rupiah_after, answer.approved_rupiah)), 0)::bigint,
        count(*) FILTER (WHERE one.state IN ('reserved', 'scheduled', 'running', 'accounted')),
        coalesce(sum(coalesce(amended.rupiah_after, answer.approved_rupiah))
            FILTER (WHERE one.state IN ('reserved', 'scheduled', 'running', 'accounted')), 0)::bigint,
        count(*) FILTER (WHERE answer.outcome = 'rejected'),
        max((SELECT max(step.at) FROM workflow_step step
             WHERE step.machine = 'proposal' AND step.subject_id = one.id))
    FROM proposals_proposal one
    JOIN proposals_round round ON round.id = one.round_id AND round.fiscal_year = p_year
    JOIN areas_area area ON area.id = one.province_id
    LEFT JOIN proposals_proposaldecision answer ON answer.proposal_id = one.id
    LEFT JOIN LATERAL (SELECT rupiah_after FROM proposals_amendment
                       WHERE proposal_id = one.id AND version_id IS NOT NULL
                       ORDER BY number DESC LIMIT 1) amended ON true
    WHERE one.state NOT IN ('draft', 'withdrawn')
    GROUP BY area.id, area.name, area.sort_key ORDER BY area.sort_key
$$;
