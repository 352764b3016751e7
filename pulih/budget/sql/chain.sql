-- What the hashes of the ledger are taken of. The check recomputes them with these same functions.
-- Numbers, days and moments are written so that no setting of a session changes a letter. All are
-- STABLE, as `convert_to` is: whoever promises more is never drawn into the statement that asks.
CREATE OR REPLACE FUNCTION budget_document_hash(
    p_kind text, p_number text, p_edition integer, p_unit bigint, p_province bigint, p_year integer,
    p_effective date, p_recorded timestamptz, p_reason text, p_party text, p_method text,
    p_refers bigint, p_settles bigint, p_reverses bigint, p_batch bigint, p_person bigint,
    p_promise bigint DEFAULT NULL
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to((jsonb_build_array(
        p_kind, p_number, p_edition, p_unit, p_province, p_year, p_effective - date '2000-01-01',
        (extract(epoch FROM p_recorded) * 1000000)::bigint, p_reason, p_party, p_method, p_refers,
        p_settles, p_reverses, p_batch, p_person)
        -- Before 0.2.0 no document had a promise, and what was hashed then still is.
        || CASE WHEN p_promise IS NULL THEN '[]' ELSE jsonb_build_array(p_promise) END)::text,
        'UTF8'))
$$;

CREATE OR REPLACE FUNCTION budget_posting_hash(p budget_posting) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT budget_document_hash(
        p.document_kind, p.document_number, p.edition, p.unit_id, p.province_id, p.fiscal_year,
        p.effective_on, p.recorded_at, p.reason, p.party, p.method, p.refers_to_id, p.settles_id,
        p.reverses_id, p.batch_id, p.posted_by_id, p.promise_id)
$$;

CREATE OR REPLACE FUNCTION budget_entry_text(
    p_posting_hash bytea, p_line bigint, p_sequence integer, p_province bigint,
    p_amount text, p_rupiah bigint, p_effective date, p_recorded timestamptz
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('|', encode(p_posting_hash, 'hex'), p_line, p_sequence, p_province, p_amount,
                     p_rupiah, p_effective - date '2000-01-01',
                     (extract(epoch FROM p_recorded) * 1000000)::bigint)
$$;

-- What a line is: the chain of its entries begins with this, so that no part of it can be written
-- anew afterwards. Chains of before 0.2.0 begin with 32 zero bytes; their lines are sealed as rows.
CREATE OR REPLACE FUNCTION budget_line_hash(l budget_budgetline) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        l.id, l.unit_id, l.province_id, l.fiscal_year, l.authority, l.fund_source, l.programme,
        l.activity, l.output, l.suboutput, l.component, l.subcomponent, l.account, l.line_key
    )::text, 'UTF8'))
$$;

-- The hash of an entry: of the one before it (of the line before the first), and of its text.
CREATE OR REPLACE FUNCTION budget_link(p_before bytea, p_text text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(coalesce(p_before, decode(repeat('00', 32), 'hex')) || convert_to(p_text, 'UTF8'))
$$;

-- Links a whole run of entries, as a window: budget_chain(head before the run, text) OVER (…).
CREATE OR REPLACE FUNCTION budget_chain_step(p_state bytea, p_head bytea, p_text text) RETURNS bytea
LANGUAGE sql STABLE AS $$ SELECT budget_link(coalesce(p_state, p_head), p_text) $$;

CREATE OR REPLACE AGGREGATE budget_chain(bytea, text) (SFUNC = budget_chain_step, STYPE = bytea);
