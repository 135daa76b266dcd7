-- A table for the classes of those in all parts.
CREATE OR REPLACE TEMP TABLE tier_spans_made AS
SELECT CAST(0 AS BIGINT) AS part, CAST(0 AS BIGINT) AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated,
       s.channel, s.joined_on
FROM tier_span_sealed AS s
LIMIT 0;
