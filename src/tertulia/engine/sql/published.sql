-- What y has published about z: credits given, and "yes, that's it". Nothing else passes on to a third person; no "not
-- quite", no missed meeting, no record. After ties.sql, over acts that the reader may read.

CREATE VIEW told AS
SELECT a, b, MIN(t) AS t, MIN(act) AS act, MAX(w) AS w
FROM undisputed
WHERE kind IN ('answered', 'heard')
GROUP BY a, b, kind, once
UNION ALL
SELECT a, b, t, act, w FROM undisputed WHERE kind = 'moved_me';

CREATE VIEW told_days AS
SELECT o.a AS a, o.b AS b, CAST(FLOOR(CAST(o.t AS DOUBLE) / CAST(:day_us AS DOUBLE)) AS BIGINT) AS day,
    CAST(SUM(CAST(o.w AS DOUBLE)) AS BIGINT) AS r, MIN(o.act) AS first_act, MAX(o.act) AS last_act
FROM told AS o
LEFT JOIN unmeasured AS u ON u.actor = o.a
LEFT JOIN unmeasured AS v ON v.actor = o.b
WHERE u.actor IS NULL AND v.actor IS NULL
GROUP BY o.a, o.b, CAST(FLOOR(CAST(o.t AS DOUBLE) / CAST(:day_us AS DOUBLE)) AS BIGINT);

CREATE TABLE published AS
SELECT a, b,
    SUM(CAST(CASE WHEN r < :day_at_most THEN r ELSE :day_at_most END AS DOUBLE)
        * POWER(CAST(2 AS DOUBLE), CAST(day - :at_day AS DOUBLE) / CAST(:half_life_days AS DOUBLE))) AS r,
    MAX(day) AS last_day, MIN(first_act) AS first_act, MAX(last_act) AS last_act
FROM told_days
GROUP BY a, b
