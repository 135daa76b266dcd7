-- id: care_on_time
-- title: {en: Care given on time, zh: 关怀及时率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: care
-- clause: {en: 'Greetings, birthdays, festivals and gifts', zh: 问候、生日、节日与礼品}
-- words:
--   en: Of the greetings and gifts due in the period to members who agreed to be contacted, the share given on the day or
--     before; late and forgotten ones are missed. Members who do not agree are neither contacted nor counted.
--   zh: 周期内应向同意联系的会员给予的问候与礼品中，当日或提前完成的比例；逾期或遗漏的计为未及时。未同意联系的会员不联系，也不计入。
SELECT p.period, '' AS segment, CAST(coalesce(sum(d.n), 0) AS BIGINT) AS opening,
       CAST(coalesce(sum(CASE WHEN d.given_on <= d.due_on THEN d.n END), 0) AS BIGINT) AS closing,
       100.0 * coalesce(sum(CASE WHEN d.given_on <= d.due_on THEN d.n END), 0) / nullif(sum(d.n), 0) AS value
FROM contract_period AS p
LEFT JOIN care_day AS d
    ON d.due_on >= p.starts_on AND d.due_on < p.ends_on AND (d.due_on < $today OR d.due_on < $as_of AND d.given_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
