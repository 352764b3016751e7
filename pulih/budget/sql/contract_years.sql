-- What a multi-year contract (kontrak tahun jamak) may commit in each of its years: never more, on any
-- day, than the newest letter of approval that holds on that day gives the year. A contract is known
-- by its unit and its number, which it keeps from year to year. A year that no letter ever named is
-- not judged here, nor are the days before the first letter.

-- The first day of p_year from p_from on whose end more would be committed than the letter gives the
-- year, with p_adds committed from p_from on; no row where there is none.
CREATE OR REPLACE FUNCTION budget_contract_over(
    p_unit bigint, p_key text, p_year integer, p_from date, p_adds bigint,
    OUT day date, OUT committed bigint, OUT maximum bigint
) RETURNS SETOF record LANGUAGE sql STABLE AS $$
    WITH roots AS (
        SELECT id FROM budget_posting
        WHERE document_kind = 'commitment' AND budget_number_key(document_number) = p_key
          AND unit_id = p_unit AND fiscal_year = p_year AND settles_id IS NULL
    ), moved AS (
        SELECT greatest(e.effective_on, p_from) AS day, sum(e.rupiah) AS rupiah
        FROM (SELECT id FROM roots
              UNION ALL SELECT id FROM budget_posting WHERE settles_id IN (SELECT id FROM roots)) AS p
        JOIN budget_entry e ON e.posting_id = p.id AND e.amount_kind = 'commitment'
        GROUP BY 1
    ), letters AS (
        SELECT edition, max(effective_on) AS effective_on,
               coalesce(max(rupiah) FILTER (WHERE fiscal_year = p_year), 0) AS maximum
        FROM budget_contractyear
        WHERE unit_id = p_unit AND budget_number_key(contract_number) = p_key GROUP BY edition
    ), allowed AS (
        SELECT DISTINCT ON (1) greatest(effective_on, p_from) AS day, maximum
        FROM letters ORDER BY 1, edition DESC
    ), days AS (
        SELECT p_from AS day UNION SELECT day FROM moved UNION SELECT day FROM allowed
    ), ends AS (
        SELECT d.day, p_adds + coalesce((
                   SELECT sum(rupiah) FROM moved m WHERE m.day <= d.day), 0)::bigint AS committed,
               (SELECT maximum FROM allowed a WHERE a.day <= d.day ORDER BY a.day DESC LIMIT 1)
                   AS maximum
        FROM days d WHERE d.day <= make_date(p_year, 12, 31)
    )
    SELECT * FROM ends WHERE committed > maximum ORDER BY day LIMIT 1
$$;

-- Does any letter name this year of the contract?
CREATE OR REPLACE FUNCTION budget_is_planned(p_unit bigint, p_key text, p_year integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM budget_contractyear
                   WHERE unit_id = p_unit AND budget_number_key(contract_number) = p_key
                     AND fiscal_year = p_year)
$$;

-- Whoever commits more for a contract of several years waits for the others who do.
CREATE OR REPLACE FUNCTION budget_lock_contract(p_unit bigint, p_key text) RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('budget_contract ' || p_key, p_unit))
$$;

-- Refuse (PU010) what would commit more for a contract in a year than its letter gives. The lines are
-- locked.
CREATE OR REPLACE FUNCTION budget_judge_contract_year(
    p_new budget_posting, p_amounts text[], p_rupiah bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_adds bigint;
    v_number text := p_new.document_number;
    v_key text;
    v_broken record;
BEGIN
    SELECT sum(m.rupiah) INTO v_adds FROM unnest(p_amounts, p_rupiah) AS m (amount, rupiah)
    WHERE m.amount = 'commitment';
    IF coalesce(v_adds, 0) <= 0 THEN
        RETURN;
    END IF;
    IF p_new.settles_id IS NOT NULL THEN
        SELECT document_number INTO v_number FROM budget_posting WHERE id = p_new.settles_id;
    ELSIF p_new.document_kind <> 'commitment' THEN
        RETURN;
    END IF;
    v_key := budget_number_key(v_number);
    IF NOT budget_is_planned(p_new.unit_id, v_key, p_new.fiscal_year) THEN
        RETURN;
    END IF;
    PERFORM budget_lock_contract(p_new.unit_id, v_key);
    SELECT * INTO v_broken FROM budget_contract_over(
        p_new.unit_id, v_key, p_new.fiscal_year, p_new.effective_on, v_adds);
    IF FOUND THEN
        PERFORM budget_refuse_contract_year(
            v_number, p_new.fiscal_year, v_broken.day, v_broken.committed, v_broken.maximum);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION budget_refuse_contract_year(
    p_number text, p_year integer, p_day date, p_committed bigint, p_maximum bigint
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Contract % may commit % in %, not %.', p_number, p_maximum, p_year, p_committed
        USING ERRCODE = 'PU010', DETAIL = jsonb_build_object(
            'number', p_number, 'year', p_year, 'day', p_day, 'committed', p_committed,
            'maximum', p_maximum)::text;
END $$;

-- Places of a lot that commit for a contract of several years: those are posted alone, one after the
-- other.
CREATE OR REPLACE FUNCTION budget_planned_contracts(p_asked budget_asked[]) RETURNS integer[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(a.place), '{}') FROM unnest(p_asked) AS a
    WHERE a.kind = 'commitment' AND budget_is_planned(a.unit, budget_number_key(a.number), a.year)
$$;

-- Who records what an office above the unit decided writes the years of a contract, and none below
-- what is committed already. Lines of those years are locked first, in the order of their ids, so
-- that nobody commits meanwhile who has not seen the letter.
CREATE OR REPLACE FUNCTION budget_judge_contract_years() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_broken record;
BEGIN
    IF pulih_role() NOT IN ('planner', 'system') THEN
        RAISE EXCEPTION 'Years of a contract are recorded by the ministry.' USING ERRCODE = 'PU007',
            DETAIL = jsonb_build_object('rule', 'not_appointed', 'posts', '{approver}'::text[],
                'on', (SELECT max(effective_on) FROM made))::text;
    END IF;
    PERFORM 1 FROM budget_budgetline l
    WHERE EXISTS (SELECT FROM budget_contractyear y JOIN made m
                  ON y.unit_id = m.unit_id
                     AND budget_number_key(y.contract_number) = budget_number_key(m.contract_number)
                  WHERE y.unit_id = l.unit_id AND y.fiscal_year = l.fiscal_year)
    ORDER BY l.id FOR NO KEY UPDATE;
    SELECT y.fiscal_year, c.contract_number, o.* INTO v_broken
    FROM (SELECT DISTINCT unit_id, contract_number, edition, effective_on FROM made) AS c
    JOIN (SELECT DISTINCT unit_id, budget_number_key(contract_number) AS key, fiscal_year
          FROM budget_contractyear) AS y
        ON y.unit_id = c.unit_id AND y.key = budget_number_key(c.contract_number)
    CROSS JOIN LATERAL budget_contract_over(
        c.unit_id, y.key, y.fiscal_year, c.effective_on, 0) AS o
    ORDER BY y.fiscal_year LIMIT 1;
    IF FOUND THEN
        PERFORM budget_refuse_contract_year(v_broken.contract_number, v_broken.fiscal_year,
                                            v_broken.day, v_broken.committed, v_broken.maximum);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER budget_contract_years_are_lawful AFTER INSERT ON budget_contractyear
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION budget_judge_contract_years();
