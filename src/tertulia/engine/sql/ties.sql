-- The track record of A about B at a moment: one row a pair and day -> one row a pair. After tie_days.sql, or over a
-- table tie_days that was kept. Constants: the fields of params.TieParams, and at_day, the moment.
-- Source of the rules: ENGINE.md, section 4. engine.tie_rows says the same of one pair at a time.

-- One row a pair. A day counts at most its saturation, and half as much a half-life later.
CREATE TABLE pairs AS
SELECT
    a, b,
    SUM(CAST(CASE WHEN r < :day_at_most THEN r ELSE :day_at_most END AS DOUBLE)
        * POWER(CAST(2 AS DOUBLE), CAST(day - :at_day AS DOUBLE) / CAST(:half_life_days AS DOUBLE))) AS r,
    SUM(CAST(CASE WHEN s < :day_at_most THEN s ELSE :day_at_most END AS DOUBLE)
        * POWER(CAST(2 AS DOUBLE), CAST(day - :at_day AS DOUBLE) / CAST(:half_life_days AS DOUBLE))) AS s,
    CAST(SUM(CAST(CASE WHEN r < :day_at_most THEN r ELSE :day_at_most END AS DOUBLE)) AS BIGINT) AS r_ever,
    CAST(SUM(CAST(CASE WHEN s < :day_at_most THEN s ELSE :day_at_most END AS DOUBLE)) AS BIGINT) AS s_ever,
    COUNT(*) AS days,
    SUM(CASE WHEN r > 0 THEN 1 ELSE 0 END) AS good_days,
    MIN(day) AS first_day, MAX(day) AS last_day,
    MIN(CASE WHEN r > 0 THEN day END) AS first_good, MAX(CASE WHEN r > 0 THEN day END) AS last_good,
    CAST(BIT_OR(kinds) AS BIGINT) AS kinds,
    MIN(CASE WHEN day > :at_day - :reconnected_days THEN day END) AS first_lately,
    MAX(CASE WHEN day <= :at_day - :reconnected_days THEN day END) AS last_before
FROM tie_days
GROUP BY a, b;

-- Settled: enough distinct ISO weeks, and kinds, within two years of each other. Looked for only where it may be.
CREATE VIEW weeks AS
SELECT d.a AS a, d.b AS b,
    CAST(FLOOR(CAST(d.day + 3 AS DOUBLE) / CAST(7 AS DOUBLE)) AS BIGINT) AS week,
    CAST(BIT_OR(d.kinds) AS BIGINT) AS kinds
FROM tie_days AS d
JOIN pairs AS p ON p.a = d.a AND p.b = d.b
WHERE d.r > 0 AND p.good_days >= :settled_weeks AND p.r_ever > 2 * p.s_ever
GROUP BY d.a, d.b, CAST(FLOOR(CAST(d.day + 3 AS DOUBLE) / CAST(7 AS DOUBLE)) AS BIGINT);

CREATE VIEW spans AS
SELECT a, b,
    COUNT(*) OVER (PARTITION BY a, b ORDER BY week RANGE BETWEEN :settled_span_weeks PRECEDING AND CURRENT ROW) AS weeks,
    BIT_OR(kinds & 127) OVER (
        PARTITION BY a, b ORDER BY week RANGE BETWEEN :settled_span_weeks PRECEDING AND CURRENT ROW
    ) AS kinds
FROM weeks;

CREATE VIEW settled AS
SELECT DISTINCT a, b FROM spans WHERE weeks >= :settled_weeks AND (kinds & (kinds - 1)) <> 0;

-- Gone quiet, now or until lately: the usual gap is looked at only for those whom it may concern, up to when they
-- last met before the silence.
CREATE VIEW quiet AS
SELECT a, b,
    CASE WHEN :at_day - last_day >= :dormant_days THEN last_day ELSE last_before END AS before,
    CASE WHEN :at_day - last_day >= :dormant_days THEN :at_day - last_day ELSE first_lately - last_before END AS silence
FROM pairs
WHERE first_good IS NOT NULL
    AND (:at_day - last_day >= :dormant_days
        OR (first_lately IS NOT NULL AND last_before IS NOT NULL AND first_lately - last_before >= :dormant_days));

CREATE TABLE before_silence AS
SELECT d.a AS a, d.b AS b, d.day AS day, d.r AS r, q.silence AS silence,
    d.day - LAG(d.day) OVER (PARTITION BY d.a, d.b ORDER BY d.day) AS gap
FROM tie_days AS d
JOIN quiet AS q ON q.a = d.a AND q.b = d.b
WHERE d.day <= q.before;

-- Only what was settling is missed when it goes quiet.
CREATE VIEW silences AS
SELECT a, b, MAX(silence) AS silence, MEDIAN(gap) AS usual_gap
FROM before_silence
GROUP BY a, b
HAVING FLOOR(CAST(MIN(CASE WHEN r > 0 THEN day END) + 3 AS DOUBLE) / CAST(7 AS DOUBLE))
    < FLOOR(CAST(MAX(CASE WHEN r > 0 THEN day END) + 3 AS DOUBLE) / CAST(7 AS DOUBLE));

CREATE TABLE ties AS
SELECT
    p.a AS a, p.b AS b, p.r AS r, p.s AS s, p.first_day AS first_day, p.last_day AS last_day, p.days AS days,
    p.kinds AS kinds,
    CASE
        WHEN w.a IS NOT NULL THEN 'settled'
        WHEN FLOOR(CAST(p.first_good + 3 AS DOUBLE) / CAST(7 AS DOUBLE))
            < FLOOR(CAST(p.last_good + 3 AS DOUBLE) / CAST(7 AS DOUBLE)) THEN 'settling'
        ELSE 'new'
    END AS earned,
    CASE
        WHEN q.a IS NOT NULL AND CAST(q.silence AS DOUBLE) >= CAST(:dormant_gaps AS DOUBLE) * q.usual_gap THEN
            CASE WHEN :at_day - p.last_day >= :dormant_days THEN 'dormant' ELSE 'reconnected' END
        WHEN w.a IS NOT NULL THEN 'settled'
        WHEN FLOOR(CAST(p.first_good + 3 AS DOUBLE) / CAST(7 AS DOUBLE))
            < FLOOR(CAST(p.last_good + 3 AS DOUBLE) / CAST(7 AS DOUBLE)) THEN 'settling'
        ELSE 'new'
    END AS state
FROM pairs AS p
LEFT JOIN settled AS w ON w.a = p.a AND w.b = p.b
LEFT JOIN silences AS q ON q.a = p.a AND q.b = p.b
