-- What became of promised money, by province: committed and paid by the ledger, and the value that
-- receivers signed for of what its activities made. For everybody, in sums, so it reads past the row
-- policies and gives no row of anybody. What arrived is worth its share, rounded down to the rupiah.
CREATE OR REPLACE FUNCTION delivery_board(p_year integer)
RETURNS TABLE (province_id bigint, committed bigint, paid bigint, delivered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH money AS (
        SELECT promise.province_id,
            coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'commitment'), 0) AS committed,
            coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'realisation'), 0) AS paid
        FROM budget_promise promise
        JOIN budget_posting p ON p.promise_id = promise.id
        JOIN budget_entry e ON e.posting_id = p.id
        WHERE promise.room = 'proposals' AND promise.fiscal_year = p_year
        GROUP BY promise.province_id
    ), signed AS (
        SELECT a.province_id, sum(floor(h.value::numeric * h.received / h.sent)) AS delivered
        FROM delivery_handover h
        JOIN delivery_activity a ON a.id = h.activity_id
        JOIN proposals_proposal one ON one.id = a.proposal_id
        JOIN proposals_round round ON round.id = one.round_id AND round.fiscal_year = p_year
        WHERE h.received_on IS NOT NULL AND h.sent > 0
        GROUP BY a.province_id
    )
    SELECT coalesce(m.province_id, s.province_id), coalesce(m.committed, 0)::bigint,
           coalesce(m.paid, 0)::bigint, coalesce(s.delivered, 0)::bigint
    FROM money m FULL JOIN signed s ON s.province_id = m.province_id
$$;
