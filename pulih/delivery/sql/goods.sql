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
