-- id: member_renewal
-- title: {en: Memberships renewed, zh: 会籍续费率}
-- kind: census
-- unit: percent
-- direction: higher
-- clause: {en: Qualification and retention of members, zh: 会员资格与保留}
-- words:
--   en: Of the members whose membership was renewed or lapsed in the period, the share whose last of the two in it is a
--     renewal. A renewal after a lapse in the same period counts as renewed.
--   zh: 周期内会籍续费或到期的会员中，周期内最后一次为续费的比例；同一周期内到期后又续费的计为续费。
WITH due AS (
    SELECT p.period, h.member_id, max_by(h.event, h.happened_at) AS last_event
    FROM contract_period AS p
    JOIN member_history_until($members_until) AS h
      ON h.event IN ('renewed', 'lapsed') AND h.day >= p.starts_on AND h.day < p.ends_on AND h.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, h.member_id
)
SELECT p.period, '' AS segment, count(d.member_id) AS opening,
       count(CASE WHEN d.last_event = 'renewed' THEN 1 END) AS closing,
       100.0 * count(CASE WHEN d.last_event = 'renewed' THEN 1 END) / nullif(count(d.member_id), 0) AS value
FROM contract_period AS p
LEFT JOIN due AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
