-- The only way in which stock changes: a move takes from one spot and gives to another, in one step.
-- The spot that goods leave is locked first, so that two hand-overs cannot both take the last ones;
-- the constraint delivery_stock_is_not_negative refuses what is more than there is. What leaves a
-- spot carries its share of the spot's value, the last of it all that is left.
CREATE OR REPLACE FUNCTION delivery_move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_there delivery_stock;
BEGIN
    IF NEW.from_spot <> '' THEN
        INSERT INTO delivery_stock (item_id, province_id, regency_id, spot, quantity, value)
        VALUES (NEW.item_id, NEW.province_id, NEW.regency_id, NEW.from_spot, 0, 0)
        ON CONFLICT (item_id, spot) DO NOTHING;
        SELECT * INTO v_there FROM delivery_stock
        WHERE item_id = NEW.item_id AND spot = NEW.from_spot FOR NO KEY UPDATE;
        NEW.value := CASE WHEN v_there.quantity > 0
            THEN floor(v_there.value::numeric * NEW.quantity / v_there.quantity)::bigint ELSE 0 END;
        UPDATE delivery_stock SET quantity = quantity - NEW.quantity, value = value - NEW.value
        WHERE id = v_there.id;
    END IF;
    IF NEW.to_spot <> '' THEN
        INSERT INTO delivery_stock AS stock
            (item_id, province_id, regency_id, spot, quantity, value)
        VALUES (NEW.item_id, NEW.province_id, NEW.regency_id, NEW.to_spot, NEW.quantity, NEW.value)
        ON CONFLICT (item_id, spot) DO UPDATE
        SET quantity = stock.quantity + excluded.quantity, value = stock.value + excluded.value;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER delivery_move_stock BEFORE INSERT ON delivery_move
FOR EACH ROW EXECUTE FUNCTION delivery_move_stock();
