-- Balances and the ledger have one writer: the function budget_post, which runs as the owner of
-- the tables. Whoever else tries is refused, the serving role above all.
CREATE FUNCTION budget_refuse_other_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'Only budget_post writes the balances and the ledger (%).', TG_TABLE_NAME
            USING ERRCODE = 'PU000';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budget_balances_change BEFORE UPDATE ON budget_budgetline FOR EACH ROW
    WHEN ((OLD.ceiling, OLD.blocked, OLD.committed, OLD.realised)
          IS DISTINCT FROM (NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised))
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE TRIGGER budget_lines_are_born_empty BEFORE INSERT ON budget_budgetline FOR EACH ROW
    WHEN ((NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised) IS DISTINCT FROM (0, 0, 0, 0))
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE TRIGGER budget_postings_have_one_writer BEFORE INSERT ON budget_posting FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE TRIGGER budget_entries_have_one_writer BEFORE INSERT ON budget_entry FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
