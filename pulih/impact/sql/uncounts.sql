DROP FUNCTION impact_refresh_counts(bigint[], text);
