-- Up to where are the register, responses and cases in what is sealed and in the list of who is at risk; and is there more by now?
SELECT m.events, m.files, m.replaced, m.merges, k.responses, k.cases,
       (SELECT count(*) FROM member_event) > m.events OR (SELECT count(*) FROM member) > m.files
       OR (SELECT count(*) FROM member_event_replaced) > m.replaced OR (SELECT count(*) FROM member_merge) > m.merges
       OR (SELECT count(*) FROM response) > k.responses
       OR (SELECT count(*) FROM service_case_record) > k.cases AS is_more
FROM register_mark AS m
CROSS JOIN risk_listed AS k;
