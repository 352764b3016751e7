-- What a document is known by: its kind, its number however written, its unit and its year.
-- The unique index of budget_posting is over this function: whoever changes it makes that anew.
--
-- No matter: blanks and signs without width, small letters or capitals, the kind of dash, and the
-- zeros before a number of digits alone. A number that holds no letter or digit is none ('').
CREATE OR REPLACE FUNCTION budget_number_key(p_number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    v_key text := p_number;
BEGIN
    IF v_key ~ '^[1-9][0-9]*$' THEN
        RETURN v_key;
    END IF;
    IF v_key ~ '[^ -~]' THEN
        v_key := translate(normalize(v_key, NFKC),
            U&'\2010\2011\2012\2013\2014\2015\2212', '-------');
        v_key := regexp_replace(v_key, U&'[\0009-\000D\001C-\001F\0085\00A0\00AD\1680\2000-\200F'
            '\2028-\202F\205F-\2064\3000\FEFF]', '', 'g');
    END IF;
    v_key := upper(replace(v_key, ' ', '') COLLATE "C");
    IF v_key ~ '^[0-9]+$' THEN
        v_key := ltrim(v_key, '0');
    END IF;
    RETURN CASE WHEN v_key ~ '[0-9A-Z]' OR v_key ~ '[^ -~]' THEN v_key ELSE '' END;
END $$;

-- A payee as payees are compared: letters and digits alone, in capitals.
CREATE OR REPLACE FUNCTION budget_party_key(p_party text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(upper(normalize(p_party, NFKC)), '[^[:alnum:]]', '', 'g')
$$;
