-- The way of granted goods off the state's books: each case, and the papers of its steps.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY['grants_grantcase', 'grants_grantpaper']) AS t;
