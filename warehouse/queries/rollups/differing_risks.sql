-- Does the list of who is at risk say something else than was found by now, or stand in another order or with other numbers than its own?
WITH numbered AS (
    SELECT l.place, l.marks, l.lapsed, l.complaint, l.low_score, l.falling, l.silent,
           row_number() OVER (ORDER BY bit_count(l.marks) DESC, l.spent DESC, l.key) AS own_place,
           sum(l.marks & 1) OVER so_far AS own_lapsed, sum((l.marks >> 1) & 1) OVER so_far AS own_complaint,
           sum((l.marks >> 2) & 1) OVER so_far AS own_low_score, sum((l.marks >> 3) & 1) OVER so_far AS own_falling,
           sum((l.marks >> 4) & 1) OVER so_far AS own_silent
    FROM risk_list AS l
    WINDOW so_far AS (ORDER BY l.place)
), summed AS (
    SELECT count(*) AS members, count(*) FILTER (n.marks & 1 > 0) AS lapsed, count(*) FILTER (n.marks & 2 > 0) AS complaint,
           count(*) FILTER (n.marks & 4 > 0) AS low_score, count(*) FILTER (n.marks & 8 > 0) AS falling,
           count(*) FILTER (n.marks & 16 > 0) AS silent
    FROM numbered AS n
)
SELECT 'risk_list' AS rollup
WHERE EXISTS (FROM risk_kept EXCEPT ALL FROM risk_found) OR EXISTS (FROM risk_found EXCEPT ALL FROM risk_kept)
   OR EXISTS (
       SELECT 1
       FROM numbered AS n
       WHERE (n.place, n.lapsed, n.complaint, n.low_score, n.falling, n.silent)
             IS DISTINCT FROM (n.own_place, n.own_lapsed, n.own_complaint, n.own_low_score, n.own_falling, n.own_silent))
   OR EXISTS (
       SELECT 1
       FROM risk_listed AS k
       JOIN summed AS s
           ON (k.members, k.lapsed, k.complaint, k.low_score, k.falling, k.silent)
              IS DISTINCT FROM (s.members, s.lapsed, s.complaint, s.low_score, s.falling, s.silent));
