-- Balances and the ledger have one writer: the function budget_post, which runs as the owner of
-- the tables. Whoever else tries is refused, the serving role above all.
CREATE OR REPLACE FUNCTION budget_refuse_other_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'Only budget_post writes the balances and the ledger (%).', TG_TABLE_NAME
            USING ERRCODE = 'PU000';
    END IF;
    RETURN NEW;
END $$;

-- Who is not the owner writes no balance, no chain and no seal. Only the owner may truncate a table,
-- so that right tells him apart without asking the catalogue for every row. A WHEN is read anew by
-- each statement, so it is short: the columns stand in the trigger's own list.
CREATE OR REPLACE TRIGGER budget_balances_change
    BEFORE UPDATE OF ceiling, blocked, committed, realised, reserved, sequence, head, latest_on
    ON budget_budgetline FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_budgetline'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE OR REPLACE TRIGGER budget_lines_are_born_empty BEFORE INSERT ON budget_budgetline FOR EACH ROW
    WHEN ((NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised, NEW.reserved, NEW.sequence)
          IS DISTINCT FROM (0, 0, 0, 0, 0, 0) OR NEW.head IS NOT NULL OR NEW.latest_on IS NOT NULL)
    EXECUTE FUNCTION budget_refuse_other_writers();

-- A line with entries stays. The entries themselves carry no foreign keys: their one writer has the
-- line locked, and the check finds an entry whose line or document is gone.
CREATE OR REPLACE FUNCTION budget_refuse_losing_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Line % has entries in the ledger and stays.', OLD.line_key
        USING ERRCODE = 'PU000';
END $$;
CREATE OR REPLACE TRIGGER budget_lines_with_entries_stay BEFORE DELETE ON budget_budgetline FOR EACH ROW
    WHEN (OLD.sequence > 0) EXECUTE FUNCTION budget_refuse_losing_entries();

-- Nor does it become another line: its chain begins with what it is.
CREATE OR REPLACE FUNCTION budget_refuse_another_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Line % has entries in the ledger and keeps its key.', OLD.line_key
        USING ERRCODE = 'PU000';
END $$;
CREATE OR REPLACE TRIGGER budget_lines_stay_what_they_are BEFORE UPDATE OF id, unit_id, province_id,
    fiscal_year, authority, fund_source, programme, activity, output, suboutput, component,
    subcomponent, account, line_key ON budget_budgetline FOR EACH ROW
    WHEN (OLD.sequence > 0 AND (
        OLD.id, OLD.unit_id, OLD.province_id, OLD.fiscal_year, OLD.authority, OLD.fund_source,
        OLD.programme, OLD.activity, OLD.output, OLD.suboutput, OLD.component, OLD.subcomponent,
        OLD.account, OLD.line_key) IS DISTINCT FROM (
        NEW.id, NEW.unit_id, NEW.province_id, NEW.fiscal_year, NEW.authority, NEW.fund_source,
        NEW.programme, NEW.activity, NEW.output, NEW.suboutput, NEW.component, NEW.subcomponent,
        NEW.account, NEW.line_key))
    EXECUTE FUNCTION budget_refuse_another_identity();

CREATE OR REPLACE TRIGGER budget_postings_have_one_writer BEFORE INSERT ON budget_posting FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_posting'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE OR REPLACE TRIGGER budget_entries_have_one_writer BEFORE INSERT ON budget_entry FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_entry'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE OR REPLACE TRIGGER budget_seals_have_one_writer BEFORE INSERT ON budget_seal FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE OR REPLACE TRIGGER budget_sealed_heads_have_one_writer BEFORE INSERT ON budget_sealedhead FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_sealedhead'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE OR REPLACE TRIGGER budget_promised_lines_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON budget_promisedline FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse_other_writers();
CREATE OR REPLACE TRIGGER budget_summed_lines_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON budget_summedline FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse_other_writers();
CREATE OR REPLACE TRIGGER budget_day_sums_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON budget_daysum FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse_other_writers();
