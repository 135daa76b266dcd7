-- What does the metric cost_per_registered_member come to, counted from the rows up to a basis and not from the rollups?
WITH ended AS (
    SELECT p.period, c.record_id, c.cost, c.channel, c.started_on, c.ended_on
    FROM contract_period AS p
    JOIN campaign_until($records_until) AS c
        ON c.ended_on >= p.starts_on AND c.ended_on < p.ends_on AND c.ended_on < $as_of
    WHERE p.sha256 = $contract
), joined AS (
    SELECT e.period, e.record_id, count(f.member_id) AS members
    FROM ended AS e
    JOIN member_step_until($members_until) AS s ON s.step = 'joined' AND s.day >= e.started_on AND s.day <= e.ended_on
    JOIN member_file_until($members_until) AS f ON f.member_id = s.member_id AND f.channel = e.channel
    GROUP BY e.period, e.record_id
)
SELECT p.period, '' AS segment, count(e.record_id) AS opening, CAST(coalesce(sum(j.members), 0) AS BIGINT) AS closing,
       CAST(sum(e.cost) / nullif(sum(j.members), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN ended AS e ON e.period = p.period
LEFT JOIN joined AS j ON j.period = e.period AND j.record_id = e.record_id
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
