-- Items whose stock at a spot is not what their moves leave there, or stands in another place.
WITH moved AS (
    SELECT item_id, spot, sum(quantity) AS quantity, sum(value) AS value, min(came) AS since
    FROM (
        SELECT item_id, to_spot AS spot, quantity, value, day AS came FROM delivery_move WHERE to_spot <> ''
        UNION ALL
        SELECT item_id, from_spot, -quantity, -value, NULL FROM delivery_move WHERE from_spot <> ''
    ) AS each_way
    GROUP BY item_id, spot
)
SELECT item_id, spot, coalesce(stock.quantity, 0), coalesce(moved.quantity, 0)
FROM delivery_stock stock FULL JOIN moved USING (item_id, spot)
LEFT JOIN delivery_item item ON item.id = item_id
WHERE coalesce(stock.quantity, 0) <> coalesce(moved.quantity, 0)
   OR coalesce(stock.value, 0) <> coalesce(moved.value, 0)
   OR stock.since IS DISTINCT FROM moved.since
   OR (stock.province_id, stock.regency_id) IS DISTINCT FROM (item.province_id, item.regency_id)
ORDER BY item_id, spot
