-- id: repeat_purchase
-- title: {en: Repeat buyers, zh: 复购率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Returning customers, zh: 客户回购}
-- words:
--   en: Of the members who bought in the period, the share who had bought before their last purchase of it, in the
--     period or earlier.
--   zh: 周期内有消费的会员中，在其周期内最后一次消费之前（周期内或更早）已有过消费的比例。
WITH span AS (
    -- From the start of the period to its end or, while it runs, to the day of the figures.
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS ends_on
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), counted AS (
    -- A buyer's first purchase in the period follows one before it, or none. Who has bought only once bought for the first
    -- time in the period, and not for the second time.
    SELECT s.period,
           sum(CASE WHEN b.previous_day IS NULL OR b.previous_day < s.starts_on THEN b.n END) AS buyers,
           sum(CASE WHEN b.place = 1 THEN b.n END) AS bought_first,
           sum(CASE WHEN b.place = 2 AND b.previous_day >= s.starts_on THEN b.n END) AS bought_again
    FROM span AS s
    LEFT JOIN purchase AS b ON b.day >= s.starts_on AND b.day < s.ends_on
    GROUP BY s.period
), buyer AS (
    SELECT c.period, coalesce(c.buyers, 0) AS opening,
           coalesce(c.buyers, 0) - coalesce(c.bought_first, 0) + coalesce(c.bought_again, 0) AS closing
    FROM counted AS c
)
SELECT y.period, '' AS segment, y.opening, y.closing,
       CASE WHEN y.opening > 0 THEN 100.0 * y.closing / y.opening END AS value
FROM buyer AS y;
