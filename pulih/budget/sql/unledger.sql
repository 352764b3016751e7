DROP TRIGGER budget_posts_are_kept_apart ON budget_appointment;
DROP FUNCTION budget_keep_posts_apart();
DROP FUNCTION budget_seal();
DROP FUNCTION budget_seal_hash(bytea, timestamptz, bigint, bigint, jsonb);
DROP FUNCTION budget_post_many(
    bigint, text[], text[], bigint[], integer[], date[], text[], text[], text[], integer[],
    bigint[], text[], bigint[]
);
DROP FUNCTION budget_judge_in_order();
DROP FUNCTION budget_post(
    text, text, bigint, integer, date, text, bigint, bigint[], text[], bigint[], bigint, bigint,
    text, text
);
DROP FUNCTION budget_judge_chain(bigint, bigint);
DROP FUNCTION budget_settling(bigint);
DROP FUNCTION budget_family(bigint);
DROP FUNCTION budget_judge_duties(budget_posting);
DROP FUNCTION budget_named(text, budget_posting);
DROP FUNCTION budget_may_follow(text, text);
DROP FUNCTION budget_judge_parent(budget_posting, bigint[], text[], bigint[]);
DROP FUNCTION budget_differences(bigint, budget_posting, bigint[], text[], bigint[]);
DROP FUNCTION budget_judge_document(
    text, text, integer, date, bigint[], text[], bigint[], boolean
);
DROP FUNCTION budget_may_move(text, text, bigint, boolean);
DROP FUNCTION budget_reached_province(bigint);
DROP AGGREGATE budget_chain(bytea, text);
DROP FUNCTION budget_chain_step(bytea, bytea, text);
DROP FUNCTION budget_link(bytea, text);
DROP FUNCTION budget_entry_text(
    bytea, bigint, integer, bigint, text, bigint, date, timestamptz
);
DROP FUNCTION budget_posting_hash(budget_posting);
DROP FUNCTION budget_document_hash(
    text, text, integer, bigint, bigint, integer, date, timestamptz, text, text, text, bigint,
    bigint, bigint, bigint, bigint
);
