-- id: member_renewal
-- title: {en: Memberships renewed, zh: 会籍续费率}
-- kind: census
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Qualification and retention of members, zh: 会员资格与保留}
-- words:
--   en: Of the members whose membership was renewed or lapsed in the period, the share whose last of the two in it is a
--     renewal. A renewal after a lapse in the same period counts as renewed.
--   zh: 周期内会籍续费或到期的会员中，周期内最后一次为续费的比例；同一周期内到期后又续费的计为续费。
WITH span AS (
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS ends_on
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), counted AS (
    -- The last of each member in the period is the one whose next lies behind it.
    SELECT s.period, CAST(coalesce(sum(r.n), 0) AS BIGINT) AS opening,
           CAST(coalesce(sum(CASE WHEN r.event = 'renewed' THEN r.n END), 0) AS BIGINT) AS closing
    FROM span AS s
    LEFT JOIN renewal AS r ON r.day >= s.starts_on AND r.day < s.ends_on AND (r.next_day IS NULL OR r.next_day >= s.ends_on)
    GROUP BY s.period
)
SELECT c.period, '' AS segment, c.opening, c.closing, 100.0 * c.closing / nullif(c.opening, 0) AS value
FROM counted AS c;
