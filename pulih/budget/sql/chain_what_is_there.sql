-- Chain the entries that were posted before there were chains, in the order of their ids.
ALTER TABLE budget_posting DISABLE TRIGGER USER;
ALTER TABLE budget_entry DISABLE TRIGGER USER;
ALTER TABLE budget_budgetline DISABLE TRIGGER USER;

UPDATE budget_posting p SET hash = budget_posting_hash(p);

UPDATE budget_entry e
SET recorded_at = p.recorded_at, sequence = numbered.sequence
FROM (SELECT id, row_number() OVER (PARTITION BY line_id ORDER BY id) AS sequence
      FROM budget_entry) AS numbered, budget_posting p
WHERE numbered.id = e.id AND p.id = e.posting_id;

UPDATE budget_entry e SET hash = linked.hash
FROM (SELECT e.id, budget_chain(NULL, budget_entry_text(
          p.hash, e.line_id, e.sequence, e.province_id, e.amount_kind, e.rupiah, e.effective_on,
          e.recorded_at)) OVER (PARTITION BY e.line_id ORDER BY e.sequence) AS hash
      FROM budget_entry e JOIN budget_posting p ON p.id = e.posting_id) AS linked
WHERE linked.id = e.id;

UPDATE budget_budgetline l
SET sequence = newest.sequence, head = newest.hash, latest_on = newest.latest_on
FROM (SELECT DISTINCT ON (line_id) line_id, sequence, hash,
             max(effective_on) OVER (PARTITION BY line_id) AS latest_on
      FROM budget_entry ORDER BY line_id, sequence DESC) AS newest
WHERE newest.line_id = l.id;

ALTER TABLE budget_posting ENABLE TRIGGER USER;
ALTER TABLE budget_entry ENABLE TRIGGER USER;
ALTER TABLE budget_budgetline ENABLE TRIGGER USER;
