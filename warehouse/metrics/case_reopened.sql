-- id: case_reopened
-- title: {en: Cases reopened, zh: 个案重新受理率}
-- kind: census
-- census: level
-- unit: percent
-- direction: lower
-- section: service
-- clause: {en: Problems solved in time, zh: 及时解决问题}
-- words:
--   en: Of the cases received in the period and resolved by now, the share that came back afterwards.
--   zh: 周期内受理且已办结的个案中，办结后又重新受理的比例。
SELECT p.period, '' AS segment, count(c.place) AS opening,
       count(CASE WHEN c.reopened_day < $as_of THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.reopened_day < $as_of THEN 1 END) / nullif(count(c.place), 0) AS value
FROM contract_period AS p
LEFT JOIN service_now AS c
    ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.resolved_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
