-- Products and standards come with the program.
SELECT people_written_by(t::regclass, 'system') FROM unnest(ARRAY[
    'market_product', 'market_standard']) AS t;
