-- Which class a customer is in on a day: by the contract's bars, unless somebody has stated another.

-- Where no contract is loaded, or one without classes: interest without a deal, the first deal, two deals or more.
INSERT INTO contract_tier (sha256, place, tier, min_deals, min_amount, within_days)
VALUES ('', 1, 'potential', 0, NULL, NULL), ('', 2, 'new', 1, NULL, NULL), ('', 3, 'returning', 2, NULL, NULL);

-- The class of each customer at the end of the day before `cut`, by the bars of that contract version ('' for those above),
-- from what was recorded until `known`. A customer is there who is a member by then, or has bought and was never one. A
-- tier event states a class; one without a tier lifts what was stated.
CREATE MACRO member_tier_on(cut, contract, known) AS TABLE
WITH told AS (
    SELECT h.member_id, h.event, h.day, h.amount, h.tier, h.happened_at
    FROM member_history_until(known) AS h
    WHERE h.day < cut AND h.event IN ('purchase', 'tier')
), standing AS (
    SELECT s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS inside
    FROM member_step_until(known) AS s
    WHERE s.day < cut
    GROUP BY s.member_id
), reached AS (
    SELECT b.member_id, max_by(b.tier, b.place) AS derived
    FROM (SELECT t.member_id, r.place, r.tier
          FROM contract_tier AS r
          JOIN told AS t ON t.event = 'purchase' AND (r.within_days IS NULL OR t.day >= cut - r.within_days)
          WHERE r.sha256 = contract
          GROUP BY t.member_id, r.place, r.tier, r.min_deals, r.min_amount
          HAVING count(*) >= r.min_deals OR sum(t.amount) >= r.min_amount) AS b
    GROUP BY b.member_id
), stated AS (
    SELECT t.member_id, nullif(max_by(coalesce(t.tier, ''), t.happened_at), '') AS said
    FROM told AS t
    WHERE t.event = 'tier'
    GROUP BY t.member_id
), present AS (
    SELECT s.member_id FROM standing AS s WHERE s.inside
    UNION
    SELECT t.member_id FROM told AS t
    WHERE t.event = 'purchase' AND t.member_id NOT IN (SELECT s.member_id FROM standing AS s)
)
SELECT p.member_id, coalesce(d.said, r.derived, f.tier) AS tier, d.said IS NOT NULL AS is_stated
FROM present AS p
LEFT JOIN stated AS d ON d.member_id = p.member_id
LEFT JOIN reached AS r ON r.member_id = p.member_id
-- The first class asks for nothing: whoever reaches no other is in it.
LEFT JOIN contract_tier AS f ON f.sha256 = contract AND f.place = 1;
