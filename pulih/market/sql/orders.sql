-- What must hold of orders whoever writes them: the need's sum, the moves, price, certificates, weeks.

-- Units that an order takes from its need: all while it is under way, what was good once it ended.
CREATE OR REPLACE FUNCTION market_units_held(state text, quantity bigint, good bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN state IN ('offered', 'accepted', 'confirmed', 'sent', 'partly') THEN quantity
                WHEN state = 'received' THEN good ELSE 0 END
$$;

-- The need keeps the sum of its orders; its own constraint refuses more than it asks for. The update
-- locks the need, so that of two writers the second sees what the first ordered.
CREATE OR REPLACE FUNCTION market_order_counts_on_its_need() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before bigint := 0; received_before bigint := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := market_units_held(OLD.state, OLD.quantity, OLD.good);
        received_before := OLD.good;
    END IF;
    IF before <> market_units_held(NEW.state, NEW.quantity, NEW.good) OR received_before <> NEW.good THEN
        UPDATE market_need SET
            ordered = ordered - before + market_units_held(NEW.state, NEW.quantity, NEW.good),
            received = received - received_before + NEW.good
        WHERE id = NEW.need_id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER market_orders_count_on_their_need
    AFTER INSERT OR UPDATE ON market_order FOR EACH ROW
    EXECUTE FUNCTION market_order_counts_on_its_need();

-- An order begins as an offer within the need's highest price, and moves along the arrows only.
CREATE OR REPLACE FUNCTION market_order_is_lawful() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    most bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT max_price INTO most FROM market_needterms WHERE id = NEW.terms_id AND need_id = NEW.need_id;
        IF NOT FOUND OR NEW.state <> 'offered' OR NEW.good + NEW.refused + NEW.sent <> 0 THEN
            RAISE EXCEPTION 'An order begins as an offer on terms of its need.' USING ERRCODE = 'PU000';
        END IF;
        IF most IS NOT NULL AND NEW.goods + NEW.fee + NEW.transport > most::numeric * NEW.quantity THEN
            RAISE EXCEPTION 'An order above the highest price of its need.' USING ERRCODE = 'PU000';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.need_id, NEW.terms_id, NEW.quantity, NEW.goods, NEW.fee, NEW.transport, NEW.ready_by,
        NEW.group_id, NEW.enterprise_id) IS DISTINCT FROM (OLD.need_id, OLD.terms_id, OLD.quantity,
        OLD.goods, OLD.fee, OLD.transport, OLD.ready_by, OLD.group_id, OLD.enterprise_id) THEN
        RAISE EXCEPTION 'What was offered is never edited.' USING ERRCODE = 'PU000';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'lapsed'),
        ('offered', 'cancelled'), ('accepted', 'confirmed'), ('accepted', 'cancelled'),
        ('confirmed', 'sent'), ('confirmed', 'cancelled'), ('sent', 'partly'),
        ('sent', 'received'), ('sent', 'cancelled'), ('partly', 'received'),
        ('partly', 'cancelled')) THEN
        RAISE EXCEPTION 'An order does not go from % to %.', OLD.state, NEW.state USING ERRCODE = 'PU000';
    END IF;
    IF OLD.state = 'offered' AND NEW.state = 'accepted' THEN
        PERFORM market_refuse_unlawful_work(NEW);
    END IF;
    IF NEW.state = 'sent' AND OLD.state <> 'sent' OR NEW.sent_on IS DISTINCT FROM OLD.sent_on THEN
        PERFORM market_refuse_uncertified(NEW, NEW.sent_on, NEW.sent_on);
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER market_orders_are_lawful
    BEFORE INSERT OR UPDATE ON market_order FOR EACH ROW EXECUTE FUNCTION market_order_is_lawful();

-- Accepting needs weeks that are free and certificates that hold from the work to the due day. Firms are locked in
-- the order of their ids, so that two orders of one firm are judged one after the other.
CREATE OR REPLACE FUNCTION market_refuse_unlawful_work(taken market_order) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    firm bigint;
BEGIN
    PERFORM market_refuse_uncertified(taken, taken.work_from,
        (SELECT due FROM market_needterms WHERE id = taken.terms_id));
    FOR firm IN SELECT enterprise_id FROM market_orderpart WHERE order_id = taken.id ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('market.firm:' || firm, 0));
        IF market_weeks_exceeded(firm, taken.id) THEN
            RAISE EXCEPTION 'Firm % has not the weeks for this order.', firm USING ERRCODE = 'PU002';
        END IF;
    END LOOP;
END $$;

-- Tell whether a firm's accepted work, with one order more, exceeds its weeks: whatever begins on a
-- day or later and is due by another needs the days between. That is all there is to it for work that
-- may be put aside and taken up again (each order first whose day comes first).
CREATE OR REPLACE FUNCTION market_weeks_exceeded(firm bigint, added bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH work AS (
        SELECT one.ready_by, greatest(one.work_from, part.free_from) AS work_from,
               part.quantity::numeric(40, 20) / part.per_week AS weeks
        FROM market_orderpart AS part JOIN market_order AS one ON one.id = part.order_id
        WHERE part.enterprise_id = firm AND (one.id = added OR one.state IN ('accepted', 'confirmed', 'sent', 'partly'))
    ), spans AS (
        SELECT DISTINCT begun.work_from, due.ready_by FROM work AS begun CROSS JOIN work AS due
    )
    SELECT EXISTS (
        SELECT 1 FROM spans JOIN work
            ON work.work_from >= spans.work_from AND work.ready_by <= spans.ready_by
        GROUP BY spans.work_from, spans.ready_by
        HAVING sum(work.weeks)
            > greatest(spans.ready_by - spans.work_from, 0) / 7.0 + 0.0000000001)
$$;
