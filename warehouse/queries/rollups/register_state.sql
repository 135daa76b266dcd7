-- How many rows has everything that classes and files of members follow from? Rows are only added: the same numbers, the same
-- rows.
SELECT (SELECT count(*) FROM member) AS members, (SELECT count(*) FROM member_event) AS events,
       (SELECT count(*) FROM member_event_replaced) AS replaced, (SELECT count(*) FROM member_merge) AS merges,
       (SELECT count(*) FROM contract_tier) AS tiers, (SELECT count(*) FROM contract_period) AS periods;
