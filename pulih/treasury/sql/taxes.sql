-- As a transaction ends, an edition says what its SPP asks for and what its deductions add up to, is the
-- next one after the last, and gives a reason where it departs from the rule.
CREATE OR REPLACE FUNCTION treasury_withholding_adds_up() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_id bigint := CASE TG_TABLE_NAME WHEN 'treasury_withholding' THEN to_jsonb(NEW) ->> 'id'
                   ELSE to_jsonb(NEW) ->> 'withholding_id' END;
    v_one treasury_withholding;
    v_asked bigint;
    v_withheld bigint;
    v_differs boolean;
BEGIN
    SELECT * INTO v_one FROM treasury_withholding WHERE id = v_id;
    SELECT coalesce(sum(rupiah), 0) INTO v_asked FROM budget_entry
    WHERE posting_id = v_one.request_id AND amount_kind = 'request';
    SELECT coalesce(sum(rupiah), 0), coalesce(bool_or(rupiah <> suggested), false)
    INTO v_withheld, v_differs FROM treasury_deduction WHERE withholding_id = v_id;
    IF v_one.gross <> v_asked OR v_one.withheld <> v_withheld OR (v_differs AND v_one.reason = '')
       OR v_one.edition <> (SELECT count(*) FROM treasury_withholding
                            WHERE request_id = v_one.request_id AND edition <= v_one.edition) THEN
        RAISE EXCEPTION 'Withholding % says % of % asked and % withheld of %.', v_id, v_one.gross,
            v_asked, v_one.withheld, v_withheld USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- A receipt number is that of one tax of one unit, wherever else it was typed.
CREATE OR REPLACE FUNCTION treasury_ntpn_is_used(p_ntpn text, p_deduction bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM treasury_taxproof t
        JOIN treasury_deduction d ON d.id = t.deduction_id
        JOIN treasury_withholding w ON w.id = d.withholding_id
        JOIN treasury_deduction ours ON ours.id = p_deduction
        JOIN treasury_withholding of_ours ON of_ours.id = ours.withholding_id
        WHERE t.ntpn = p_ntpn AND NOT t.is_void
          AND (d.tax, w.unit_id) IS DISTINCT FROM (ours.tax, of_ours.unit_id)
          AND NOT EXISTS (SELECT 1 FROM treasury_taxproof later
                          WHERE later.deduction_id = t.deduction_id AND later.id > t.id))
$$;
CREATE OR REPLACE FUNCTION treasury_proof_is_its_own() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.is_void THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('treasury_ntpn'));  -- One number at a time.
    IF treasury_ntpn_is_used(NEW.ntpn, NEW.deduction_id) THEN
        RAISE EXCEPTION 'NTPN % is that of another tax or unit.', NEW.ntpn
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER treasury_proofs_are_their_own BEFORE INSERT ON treasury_taxproof
FOR EACH ROW EXECUTE FUNCTION treasury_proof_is_its_own();
