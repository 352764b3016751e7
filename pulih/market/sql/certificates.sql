-- Whether one verified certificate of a firm covers a standard on all days between two; a day that a
-- certificate does not state has no bound.
CREATE OR REPLACE FUNCTION market_is_certified(firm bigint, demanded bigint, first_day date, last_day date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN demanded IS NULL OR EXISTS (
        SELECT 1 FROM market_certificate AS held JOIN market_standard AS rule ON rule.id = demanded
        WHERE held.enterprise_id = firm AND held.verified_at IS NOT NULL
          AND (held.standard_id = rule.id OR held.kind = ANY (rule.accepts))
          AND (held.valid_from IS NULL OR held.valid_from <= first_day)
          AND (held.valid_to IS NULL OR held.valid_to >= last_day));
END $$;

-- Refuse an order of which a firm has no certificate that covers the days.
CREATE OR REPLACE FUNCTION market_refuse_uncertified(taken market_order, first_day date, last_day date)
RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    firm bigint;
BEGIN
    SELECT part.enterprise_id INTO firm FROM market_orderpart AS part
    JOIN market_needterms AS terms ON terms.id = taken.terms_id
    WHERE part.order_id = taken.id
      AND NOT market_is_certified(part.enterprise_id, terms.standard_id, first_day, last_day)
    ORDER BY 1 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Firm % holds no certificate from % to %.', firm, first_day, last_day
            USING ERRCODE = 'PU001';
    END IF;
END $$;

-- Nobody is offered a part that its certificate does not cover from the work to the due day.
CREATE OR REPLACE FUNCTION market_part_is_certified() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    taken market_order; demanded bigint; due_on date;
BEGIN
    SELECT * INTO taken FROM market_order WHERE id = NEW.order_id;
    SELECT standard_id, due INTO demanded, due_on FROM market_needterms WHERE id = taken.terms_id;
    IF NOT market_is_certified(NEW.enterprise_id, demanded, taken.work_from, due_on) THEN
        RAISE EXCEPTION 'Firm % holds no certificate from % to %.', NEW.enterprise_id, taken.work_from,
            due_on USING ERRCODE = 'PU001';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER market_parts_are_certified
    BEFORE INSERT ON market_orderpart FOR EACH ROW EXECUTE FUNCTION market_part_is_certified();

-- Good units are received on a day on which the certificate holds. What a BAST carries was asked on
-- the day of the BAST, as it was sent.
CREATE OR REPLACE FUNCTION market_receipt_is_certified() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    taken market_order;
BEGIN
    IF NEW.good > 0 AND NEW.bast = '' THEN
        SELECT * INTO taken FROM market_order WHERE id = NEW.order_id;
        PERFORM market_refuse_uncertified(taken, NEW.received_on, NEW.received_on);
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER market_receipts_are_certified
    BEFORE INSERT ON market_receipt FOR EACH ROW EXECUTE FUNCTION market_receipt_is_certified();

-- A match that was offered stays offered: it is adopted once.
CREATE OR REPLACE FUNCTION market_run_is_adopted_once() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'adopted' AND (NEW.state, NEW.adopted_by_id, NEW.adopted_at)
        IS DISTINCT FROM (OLD.state, OLD.adopted_by_id, OLD.adopted_at)
        OR NEW.state = 'adopted' AND OLD.state NOT IN ('solved', 'adopted') THEN
        RAISE EXCEPTION 'A match does not go from % to %.', OLD.state, NEW.state USING ERRCODE = 'PU000';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER market_runs_are_adopted_once
    BEFORE UPDATE ON market_run FOR EACH ROW EXECUTE FUNCTION market_run_is_adopted_once();
