-- The only way in which stock changes: a move takes from one spot and gives to another, in one step.
-- The item is locked first, so that two hand-overs cannot both take the last ones and moves to and fro
-- wait for each other and never for ever. What is more than there is, or leaves a spot before anything
-- came there, is refused with its facts as JSON in DETAIL; behind it the constraint
-- delivery_stock_is_not_negative holds. What leaves a spot carries its share of the spot's value, the
-- last of it all that is left. Stock is written as the owner of the tables: whether the person reaches
-- the place is asked of the move itself, which must stand where its item stands.
CREATE OR REPLACE FUNCTION delivery_move_stock() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_there delivery_stock;
BEGIN
    PERFORM FROM delivery_item
    WHERE id = NEW.item_id AND province_id = NEW.province_id
      AND regency_id IS NOT DISTINCT FROM NEW.regency_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Item % is of another place than its move.', NEW.item_id
            USING ERRCODE = 'PU004';
    END IF;
    IF NEW.from_spot <> '' THEN
        SELECT * INTO v_there FROM delivery_stock
        WHERE item_id = NEW.item_id AND spot = NEW.from_spot;
        IF NEW.quantity > coalesce(v_there.quantity, 0) THEN
            RAISE EXCEPTION '% of item % asked for, % are there.', NEW.quantity, NEW.item_id,
                coalesce(v_there.quantity, 0)
                USING ERRCODE = 'check_violation', CONSTRAINT = 'delivery_stock_is_not_negative',
                      DETAIL = jsonb_build_object('there', coalesce(v_there.quantity, 0));
        ELSIF NEW.day < v_there.since THEN
            RAISE EXCEPTION 'Item % came on %, not by %.', NEW.item_id, v_there.since, NEW.day
                USING ERRCODE = 'check_violation', CONSTRAINT = 'delivery_move_after_goods_came',
                      DETAIL = jsonb_build_object('first', v_there.since);
        END IF;
        NEW.value := floor(v_there.value::numeric * NEW.quantity / v_there.quantity)::bigint;
        UPDATE delivery_stock SET quantity = quantity - NEW.quantity, value = value - NEW.value
        WHERE id = v_there.id;
    END IF;
    IF NEW.to_spot <> '' THEN
        INSERT INTO delivery_stock AS stock
            (item_id, province_id, regency_id, spot, quantity, value, since)
        VALUES (NEW.item_id, NEW.province_id, NEW.regency_id, NEW.to_spot, NEW.quantity, NEW.value,
                NEW.day)
        ON CONFLICT (item_id, spot) DO UPDATE
        SET quantity = stock.quantity + excluded.quantity, value = stock.value + excluded.value,
            since = least(stock.since, excluded.since);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER delivery_move_stock BEFORE INSERT ON delivery_move
FOR EACH ROW EXECUTE FUNCTION delivery_move_stock();

-- Add one move, and its line in the record of actions where a verb is given. It runs as the owner of
-- the tables, so it asks the reach itself, once: the policies of both tables ask the same five times.
-- The place of a move is that of its item.
CREATE OR REPLACE FUNCTION delivery_move_goods(
    p_item bigint, p_kind text, p_from text, p_to text, p_quantity bigint, p_value bigint, p_day date,
    p_payment text, p_paid_by bigint, p_session bigint, p_handover bigint, p_reason text, p_by bigint,
    p_verb text, OUT move bigint, OUT value bigint, OUT recorded_at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_person bigint := pulih_person();
    v_item record;
BEGIN
    SELECT i.province_id, i.regency_id, p.role INTO v_item
    FROM delivery_item i, people_user p
    WHERE i.id = p_item AND p.id = v_person AND p.is_active AND pulih_role_writes(p.role)
      AND (p.role = 'system' OR EXISTS (
          SELECT FROM people_reach r
          WHERE r.user_id = p.id AND r.valid_from <= pulih_today()
            AND (r.valid_to IS NULL OR r.valid_to > pulih_today())
            AND (r.area_id IN (1, i.province_id) OR EXISTS (
                SELECT FROM areas_areaclosure c
                WHERE c.descendant_id = i.regency_id AND c.ancestor_id = r.area_id
                  AND c.valid_from <= pulih_today()
                  AND (c.valid_to IS NULL OR c.valid_to > pulih_today())))));
    IF NOT FOUND OR (p_verb <> '' AND p_by <> v_person AND v_item.role <> 'system') THEN
        RAISE EXCEPTION 'Item % is out of reach.', p_item USING ERRCODE = 'PU004';
    END IF;
    INSERT INTO delivery_move AS m (
        item_id, province_id, regency_id, kind, from_spot, to_spot, quantity, value, day, payment,
        paid_by_id, session_id, handover_id, reason, by_id, recorded_at
    )
    VALUES (
        p_item, v_item.province_id, v_item.regency_id, p_kind, p_from, p_to, p_quantity, p_value,
        p_day, p_payment, p_paid_by, p_session, p_handover, p_reason, p_by, clock_timestamp()
    )
    RETURNING m.id, m.value, m.recorded_at INTO move, value, recorded_at;
    IF p_verb <> '' THEN
        INSERT INTO audit_event (
            at, person_id, verb, subject_type, subject_id, province_id, regency_id, detail
        )
        VALUES (
            recorded_at, p_by, p_verb, 'delivery.item', p_item, v_item.province_id,
            v_item.regency_id, jsonb_build_object('kind', p_kind, 'quantity', p_quantity)
        );
    END IF;
END $$;
