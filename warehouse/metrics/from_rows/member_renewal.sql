-- What does the metric member_renewal come to, counted from the rows up to a basis and not from the rollups?
WITH due AS (
    SELECT p.period, h.member_id, h.event AS last_event
    FROM contract_period AS p
    JOIN member_history_until($members_until) AS h
      ON h.event IN ('renewed', 'lapsed') AND h.day >= p.starts_on AND h.day < p.ends_on AND h.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    QUALIFY row_number() OVER (
        PARTITION BY p.period, h.member_id
        ORDER BY h.happened_at DESC, h.recorded_at DESC, place_at_instant(h.event) DESC, h.event_key DESC NULLS FIRST) = 1
)
SELECT p.period, '' AS segment, count(d.member_id) AS opening,
       count(CASE WHEN d.last_event = 'renewed' THEN 1 END) AS closing,
       100.0 * count(CASE WHEN d.last_event = 'renewed' THEN 1 END) / nullif(count(d.member_id), 0) AS value
FROM contract_period AS p
LEFT JOIN due AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
