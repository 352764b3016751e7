-- Who is not the owner writes no balance, no chain and no seal. Only the owner may truncate a table,
-- so that right tells him apart without asking the catalogue for every row. A WHEN is read anew by
-- each statement, so it is short: the columns stand in the trigger's own list.
DROP TRIGGER budget_balances_change ON budget_budgetline;
CREATE TRIGGER budget_balances_change
    BEFORE UPDATE OF ceiling, blocked, committed, realised, sequence, head, latest_on
    ON budget_budgetline FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_budgetline'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();

DROP TRIGGER budget_lines_are_born_empty ON budget_budgetline;
CREATE TRIGGER budget_lines_are_born_empty BEFORE INSERT ON budget_budgetline FOR EACH ROW
    WHEN ((NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised, NEW.sequence)
          IS DISTINCT FROM (0, 0, 0, 0, 0) OR NEW.head IS NOT NULL OR NEW.latest_on IS NOT NULL)
    EXECUTE FUNCTION budget_refuse_other_writers();

-- A line with entries stays. The entries themselves carry no foreign keys: their one writer has the
-- line locked, and the check finds an entry whose line or document is gone.
CREATE FUNCTION budget_refuse_losing_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Line % has entries in the ledger and stays.', OLD.line_key
        USING ERRCODE = 'PU000';
END $$;
CREATE TRIGGER budget_lines_with_entries_stay BEFORE DELETE ON budget_budgetline FOR EACH ROW
    WHEN (OLD.sequence > 0) EXECUTE FUNCTION budget_refuse_losing_entries();

DROP TRIGGER budget_postings_have_one_writer ON budget_posting;
CREATE TRIGGER budget_postings_have_one_writer BEFORE INSERT ON budget_posting FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_posting'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();
DROP TRIGGER budget_entries_have_one_writer ON budget_entry;
CREATE TRIGGER budget_entries_have_one_writer BEFORE INSERT ON budget_entry FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_entry'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE TRIGGER budget_seals_have_one_writer BEFORE INSERT ON budget_seal FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_sealed_heads_have_one_writer BEFORE INSERT ON budget_sealedhead FOR EACH ROW
    WHEN (NOT has_table_privilege('budget_sealedhead'::regclass, 'TRUNCATE'))
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_summed_lines_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON budget_summedline FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_day_sums_have_one_writer BEFORE INSERT OR UPDATE OR DELETE
    ON budget_daysum FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse_other_writers();

-- Room beside each line for the next states of its balances, so that no index is touched.
ALTER TABLE budget_budgetline SET (fillfactor = 60);
