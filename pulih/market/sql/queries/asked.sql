-- Open needs of a product by province of delivery: how many, the units that no order holds yet, and how
-- many of them that is a week when each need's are spread out until it is due.
SELECT province_id, count(*), sum(quantity - ordered),
    ceil(sum((quantity - ordered) * 7.0 / (due - %(day)s::date)))
FROM market_need
WHERE product_id = %(product)s AND state IN ('open', 'matched') AND due > %(day)s AND quantity > ordered
GROUP BY province_id
