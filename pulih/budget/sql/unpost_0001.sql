DROP FUNCTION budget_post(
    text, text, bigint, integer, date, text, bigint, bigint[], text[], bigint[]
);
