-- What a unit may spend of its own revenue that is no tax (PNBP): never more, on any day, than the
-- maximum (maksimum pencairan) that the treasury's newest letter of that day allows from what was
-- deposited. Without a letter nothing may be spent. Orders are judged as what they will pay.

CREATE OR REPLACE FUNCTION budget_is_revenue(p_fund text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT p_fund IN ('PNP', 'PNBP') $$;

-- Whoever spends of a unit's revenue, or changes its maximum, waits for the others who do.
CREATE OR REPLACE FUNCTION budget_lock_revenue(p_unit bigint, p_year integer) RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('budget_revenue ' || p_year, p_unit))
$$;

-- The first day from p_from on whose end more would be spent than allowed, with p_adds spent from
-- p_from on; no row where there is none.
CREATE OR REPLACE FUNCTION budget_revenue_overspent(
    p_unit bigint, p_year integer, p_from date, p_adds bigint,
    OUT day date, OUT spent bigint, OUT maximum bigint
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    WITH spent AS (
        SELECT greatest(e.effective_on, p_from) AS day, sum(e.rupiah) AS rupiah
        FROM budget_budgetline l JOIN budget_entry e ON e.line_id = l.id
        WHERE l.unit_id = p_unit AND l.fiscal_year = p_year AND budget_is_revenue(l.fund_source)
          AND e.amount_kind = 'realisation'
        GROUP BY 1
    ), allowed AS (
        SELECT DISTINCT ON (1) greatest(effective_on, p_from) AS day, maximum
        FROM budget_fundterm
        WHERE unit_id = p_unit AND fiscal_year = p_year AND budget_is_revenue(fund_source)
        ORDER BY 1, effective_on DESC, id DESC
    ), days AS (
        SELECT p_from AS day UNION SELECT day FROM spent UNION SELECT day FROM allowed
    ), ends AS (
        SELECT d.day, p_adds + coalesce((
                   SELECT sum(rupiah) FROM spent s WHERE s.day <= d.day), 0)::bigint AS spent,
               coalesce((SELECT maximum FROM allowed a WHERE a.day <= d.day
                         ORDER BY a.day DESC LIMIT 1), 0) AS maximum
        FROM days d
    )
    SELECT * FROM ends WHERE spent > maximum ORDER BY day LIMIT 1
$$;

-- Refuse (PU009) a document that would spend more revenue than allowed. The lines are locked.
CREATE OR REPLACE FUNCTION budget_judge_revenue(
    p_new budget_posting, p_lines bigint[], p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_adds bigint;
    v_broken record;
BEGIN
    SELECT sum(m.rupiah) INTO v_adds
    FROM unnest(p_lines, p_amounts, p_rupiah) AS m (line, amount, rupiah)
    JOIN budget_budgetline l ON l.id = m.line AND budget_is_revenue(l.fund_source)
    WHERE m.amount = CASE p_new.document_kind WHEN 'spm' THEN 'order' ELSE 'realisation' END;
    IF coalesce(v_adds, 0) <= 0 OR p_new.document_kind IN ('dipa', 'pok') THEN
        RETURN;  -- What opens a year tells what was paid before Pulih knew of it.
    END IF;
    PERFORM budget_lock_revenue(p_new.unit_id, p_new.fiscal_year);
    SELECT * INTO v_broken FROM budget_revenue_overspent(
        p_new.unit_id, p_new.fiscal_year, p_new.effective_on, v_adds);
    IF FOUND THEN
        RAISE EXCEPTION 'Of its revenue unit % may spend %, not %.',
            p_new.unit_id, v_broken.maximum, v_broken.spent
            USING ERRCODE = 'PU009', DETAIL = to_jsonb(v_broken)::text;
    END IF;
END $$;

-- Places of a lot whose payments would spend revenue: those are posted alone, one after the other.
CREATE OR REPLACE FUNCTION budget_spending_revenue(
    p_asked budget_asked[], p_lines budget_budgetline[], p_moved budget_movement[]
) RETURNS integer[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT m.place), '{}') FROM unnest(p_moved) AS m
    WHERE m.amount = 'realisation' AND (p_asked[m.place]).kind NOT IN ('dipa', 'pok')
      AND budget_is_revenue((p_lines[m.at]).fund_source)
$$;

-- Who records what an office above the unit decided writes these terms, and no maximum below what is
-- spent already.
CREATE OR REPLACE FUNCTION budget_judge_fund_term() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_broken record;
BEGIN
    IF pulih_role() NOT IN ('planner', 'system') THEN
        RAISE EXCEPTION 'Terms of a fund are recorded by the ministry.' USING ERRCODE = 'PU007',
            DETAIL = jsonb_build_object('rule', 'not_appointed', 'posts', '{approver}'::text[],
                                        'on', NEW.effective_on)::text;
    END IF;
    IF NEW.maximum IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO v_broken FROM budget_revenue_overspent(
        NEW.unit_id, NEW.fiscal_year, NEW.effective_on, 0);
    IF FOUND THEN
        RAISE EXCEPTION 'Unit % has spent % already.', NEW.unit_id, v_broken.spent
            USING ERRCODE = 'PU009', DETAIL = to_jsonb(v_broken)::text;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER budget_fund_terms_are_lawful AFTER INSERT ON budget_fundterm
    FOR EACH ROW EXECUTE FUNCTION budget_judge_fund_term();

CREATE OR REPLACE FUNCTION budget_wait_for_revenue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM budget_lock_revenue(NEW.unit_id, NEW.fiscal_year);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER budget_fund_terms_wait BEFORE INSERT ON budget_fundterm
    FOR EACH ROW EXECUTE FUNCTION budget_wait_for_revenue();
