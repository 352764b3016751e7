-- What an auditor reads of who was paid by a list: an edit past the actions is found by the check.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'delivery_paymentlist', 'delivery_paymententry', 'delivery_listpaper', 'delivery_teaching',
    'delivery_honorarium', 'delivery_paidsession']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'delivery_paymentlistevent', 'delivery_paymententryevent', 'delivery_honorariumevent',
    'delivery_paidsessionevent']) AS t;
-- Goods from the purchase to the signature that received them. What lies where is held by the sum of
-- the moves (checks/stock.sql).
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'delivery_item', 'delivery_move', 'delivery_receiver', 'delivery_handover',
    'delivery_signature', 'delivery_countcorrection', 'delivery_handoverphoto', 'delivery_trainer']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'delivery_itemevent', 'delivery_receiverevent', 'delivery_handoverevent',
    'delivery_trainerevent']) AS t;
-- Who was there, which payments and certificates rest on, and the signed sheets that say so; who said
-- that the number of a seat is wrong.
SELECT audit_seal_table(t::regclass)
FROM unnest(ARRAY['delivery_mark', 'delivery_attendancefile', 'delivery_numbercorrection']) AS t;
