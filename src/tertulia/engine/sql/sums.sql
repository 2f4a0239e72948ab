-- From people to sums: one row a frame with all that the states of a space are made of. Input: what talk.sql and
-- reading.sql make.

-- What two people say to each other belongs to both: whoever is drawn anew takes it along with them. So the variance
-- of a mean over people is more than that of as many people who never met. It is the sum over all pairs of values with
-- a person in common (Aronow, Samii & Assenova 2015): of each value's part that one partner has to do with, less the
-- mean (`apart`), the squared sums of each person, on either side, less those of each pair, which were counted with both.
CREATE VIEW valued AS
SELECT frame, 'exchange' AS what, actor, CAST(phi_n AS DOUBLE) AS n, y FROM read
UNION ALL
SELECT frame, 'uptake_t' AS what, actor, CAST(rk_t_n AS DOUBLE) AS n, t_mean AS y FROM ranked WHERE t_mean IS NOT NULL
UNION ALL
SELECT frame, 'uptake_o' AS what, actor, CAST(rk_o_n AS DOUBLE) AS n, o_mean AS y FROM ranked WHERE o_mean IS NOT NULL;

CREATE VIEW dealt AS
SELECT
    frame, 'exchange' AS what, one AS actor, other AS partner, CAST(n_one AS DOUBLE) AS n,
    CAST(n_one * both_ways AS DOUBLE) AS y
FROM met
UNION ALL
SELECT
    frame, 'exchange' AS what, other AS actor, one AS partner, CAST(n_other AS DOUBLE) AS n,
    CAST(n_other * both_ways AS DOUBLE) AS y
FROM met
UNION ALL
SELECT
    b.frame AS frame, 'exchange' AS what, b.opener AS actor, b.answerer AS partner,
    CASE WHEN o.answerers > 0 THEN CAST(1 AS DOUBLE) / CAST(o.answerers AS DOUBLE) END AS n,
    CASE WHEN o.answerers > 0 THEN CAST(b.returned AS DOUBLE) / CAST(o.answerers AS DOUBLE) END AS y
FROM answered_by AS b
JOIN opened AS o ON o.frame = b.frame AND o.opening = b.opening
UNION ALL
SELECT
    f.frame AS frame, 'uptake_t' AS what, a.actor AS actor, p.addressee AS partner, CAST(1 AS DOUBLE) AS n,
    a.rk_t + CAST(0.5 AS DOUBLE) AS y
FROM acts AS a
JOIN placed AS p ON p.act = a.act
JOIN frames AS f ON f.space = a.space AND a.t > f.starts AND a.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = a.act
WHERE a.rk_t IS NOT NULL AND g.act IS NULL
UNION ALL
SELECT
    f.frame AS frame, 'uptake_o' AS what, a.actor AS actor, p.addressee AS partner, CAST(1 AS DOUBLE) AS n,
    a.rk_o + CAST(0.5 AS DOUBLE) AS y
FROM acts AS a
JOIN placed AS p ON p.act = a.act
JOIN frames AS f ON f.space = a.space AND a.t > f.starts AND a.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = a.act
WHERE a.rk_o IS NOT NULL AND g.act IS NULL;

CREATE TABLE apart AS
SELECT
    frame, what, actor, partner,
    CASE WHEN own_n > 0 THEN (CAST(y AS DOUBLE) - middle * n) / CAST(own_n AS DOUBLE) END AS e
FROM (
    SELECT
        v.frame AS frame, v.what AS what, v.actor AS actor, d.partner AS partner, SUM(d.y) AS y, SUM(d.n) AS n,
        MAX(v.n) AS own_n, MAX(m.middle) AS middle
    FROM valued AS v
    JOIN dealt AS d ON d.frame = v.frame AND d.what = v.what AND d.actor = v.actor
    JOIN (SELECT frame, what, AVG(y) AS middle FROM valued GROUP BY frame, what) AS m
        ON m.frame = v.frame AND m.what = v.what
    GROUP BY v.frame, v.what, v.actor, d.partner
) AS parts;

CREATE VIEW shared AS
SELECT frame, what, SUM(e * e) AS squares
FROM (
    SELECT frame, what, person, SUM(e) AS e
    FROM (
        SELECT frame, what, actor AS person, e FROM apart
        UNION ALL
        SELECT frame, what, partner AS person, e FROM apart WHERE partner IS NOT NULL
    ) AS sides
    GROUP BY frame, what, person
) AS of_people
GROUP BY frame, what
UNION ALL
SELECT frame, what, -SUM(e * e) AS squares
FROM (
    SELECT frame, what, one, other, SUM(e) AS e
    FROM (
        SELECT
            frame, what, e, CASE WHEN actor < partner THEN actor ELSE partner END AS one,
            CASE WHEN actor < partner THEN partner ELSE actor END AS other
        FROM apart
        WHERE partner IS NOT NULL
    ) AS sides
    GROUP BY frame, what, one, other
) AS of_pairs
GROUP BY frame, what;

-- One row a frame: moments (people K, Σy, Σy², the items behind them) of each mean over people, and the counts.
CREATE TABLE sums AS
SELECT
    f.frame AS frame, f.space AS space, f.starts AS starts, f.ends AS ends,
    COALESCE(p.present, 0) AS present, COALESCE(p.contributions, 0) AS contributions,
    COALESCE(p.openers, 0) AS openers, COALESCE(p.openings, 0) AS openings,
    COALESCE(p.openings_squared, 0) AS openings_squared,
    COALESCE(o.answered, 0) AS answered, COALESCE(p.answerable, 0) - COALESCE(o.answered, 0) AS unanswered,
    COALESCE(w.answers, 0) AS answers, COALESCE(w.answers_squared, 0) AS answers_squared,
    COALESCE(w.answerable_squared, 0) AS answerable_squared, COALESCE(w.answers_answerable, 0) AS answers_answerable,
    COALESCE(m.responses, 0) AS responses, COALESCE(m.meetings, 0) AS meetings, COALESCE(m.returned, 0) AS returned,
    COALESCE(p.closed_in, 0) AS closed_in, p.text_version AS text_version,
    COALESCE(r.k, 0) AS exchange_k, COALESCE(r.total, CAST(0 AS DOUBLE)) AS exchange_total,
    COALESCE(r.squares, CAST(0 AS DOUBLE)) AS exchange_squares, COALESCE(r.items, 0) AS exchange_items,
    COALESCE(d.exchange, CAST(0 AS DOUBLE)) AS exchange_shared,
    COALESCE(r.rest_k, 0) AS rest_k, COALESCE(r.rest_total, CAST(0 AS DOUBLE)) AS rest_total,
    COALESCE(r.rest_squares, CAST(0 AS DOUBLE)) AS rest_squares, COALESCE(r.rest_items, 0) AS rest_items,
    COALESCE(u.t_k, 0) AS uptake_t_k, COALESCE(u.t_total, CAST(0 AS DOUBLE)) AS uptake_t_total,
    COALESCE(u.t_squares, CAST(0 AS DOUBLE)) AS uptake_t_squares,
    COALESCE(u.t_items, 0) AS uptake_t_items,
    COALESCE(u.t_within, CAST(0 AS DOUBLE)) AS uptake_t_within,
    COALESCE(u.t_apiece, CAST(0 AS DOUBLE)) AS uptake_t_apiece,
    COALESCE(d.t, CAST(0 AS DOUBLE)) AS uptake_t_shared,
    COALESCE(u.t_rest_k, 0) AS uptake_t_rest_k, COALESCE(u.t_rest_total, CAST(0 AS DOUBLE)) AS uptake_t_rest_total,
    COALESCE(u.t_rest_squares, CAST(0 AS DOUBLE)) AS uptake_t_rest_squares,
    COALESCE(u.t_rest_items, 0) AS uptake_t_rest_items,
    COALESCE(u.o_k, 0) AS uptake_o_k, COALESCE(u.o_total, CAST(0 AS DOUBLE)) AS uptake_o_total,
    COALESCE(u.o_squares, CAST(0 AS DOUBLE)) AS uptake_o_squares,
    COALESCE(u.o_items, 0) AS uptake_o_items,
    COALESCE(u.o_within, CAST(0 AS DOUBLE)) AS uptake_o_within,
    COALESCE(u.o_apiece, CAST(0 AS DOUBLE)) AS uptake_o_apiece,
    COALESCE(d.o, CAST(0 AS DOUBLE)) AS uptake_o_shared,
    COALESCE(u.o_rest_k, 0) AS uptake_o_rest_k, COALESCE(u.o_rest_total, CAST(0 AS DOUBLE)) AS uptake_o_rest_total,
    COALESCE(u.o_rest_squares, CAST(0 AS DOUBLE)) AS uptake_o_rest_squares,
    COALESCE(u.o_rest_items, 0) AS uptake_o_rest_items
FROM frames AS f
LEFT JOIN (
    SELECT
        frame, COUNT(*) AS present, CAST(SUM(n) AS BIGINT) AS contributions,
        COUNT(CASE WHEN openings > 0 THEN 1 END) AS openers, CAST(SUM(openings) AS BIGINT) AS openings,
        CAST(SUM(openings * openings) AS BIGINT) AS openings_squared, CAST(SUM(answerable) AS BIGINT) AS answerable,
        COUNT(CASE WHEN closed > 0 THEN 1 END) AS closed_in, MAX(text_version) AS text_version
    FROM people
    GROUP BY frame
) AS p ON p.frame = f.frame
LEFT JOIN (
    SELECT
        frame, COUNT(*) AS k, SUM(y) AS total, SUM(y * y) AS squares, CAST(SUM(phi_n) AS BIGINT) AS items,
        COUNT(CASE WHEN is_few = 0 THEN 1 END) AS rest_k,
        SUM(CASE WHEN is_few = 0 THEN y ELSE CAST(0 AS DOUBLE) END) AS rest_total,
        SUM(CASE WHEN is_few = 0 THEN y * y ELSE CAST(0 AS DOUBLE) END) AS rest_squares,
        CAST(SUM(CASE WHEN is_few = 0 THEN phi_n ELSE 0 END) AS BIGINT) AS rest_items
    FROM read
    GROUP BY frame
) AS r ON r.frame = f.frame
LEFT JOIN (
    SELECT
        frame,
        COUNT(t_mean) AS t_k, SUM(t_mean) AS t_total, SUM(t_mean * t_mean) AS t_squares,
        CAST(SUM(CASE WHEN t_mean IS NULL THEN 0 ELSE rk_t_n END) AS BIGINT) AS t_items, SUM(t_within) AS t_within,
        SUM(CASE WHEN rk_t_n > 0 THEN CAST(1 AS DOUBLE) / CAST(rk_t_n AS DOUBLE) END) AS t_apiece,
        COUNT(CASE WHEN t_few = 0 THEN t_mean END) AS t_rest_k,
        SUM(CASE WHEN t_few = 0 THEN t_mean END) AS t_rest_total,
        SUM(CASE WHEN t_few = 0 THEN t_mean * t_mean END) AS t_rest_squares,
        CAST(SUM(CASE WHEN t_few = 0 THEN rk_t_n ELSE 0 END) AS BIGINT) AS t_rest_items,
        COUNT(o_mean) AS o_k, SUM(o_mean) AS o_total, SUM(o_mean * o_mean) AS o_squares,
        CAST(SUM(CASE WHEN o_mean IS NULL THEN 0 ELSE rk_o_n END) AS BIGINT) AS o_items, SUM(o_within) AS o_within,
        SUM(CASE WHEN rk_o_n > 0 THEN CAST(1 AS DOUBLE) / CAST(rk_o_n AS DOUBLE) END) AS o_apiece,
        COUNT(CASE WHEN o_few = 0 THEN o_mean END) AS o_rest_k,
        SUM(CASE WHEN o_few = 0 THEN o_mean END) AS o_rest_total,
        SUM(CASE WHEN o_few = 0 THEN o_mean * o_mean END) AS o_rest_squares,
        CAST(SUM(CASE WHEN o_few = 0 THEN rk_o_n ELSE 0 END) AS BIGINT) AS o_rest_items
    FROM ranked
    GROUP BY frame
) AS u ON u.frame = f.frame
LEFT JOIN (
    SELECT frame, CAST(SUM(old_enough) AS BIGINT) AS answered FROM opened GROUP BY frame
) AS o ON o.frame = f.frame
LEFT JOIN (
    SELECT
        frame, CAST(SUM(n_one + n_other) AS BIGINT) AS responses, COUNT(*) AS meetings,
        CAST(SUM(both_ways) AS BIGINT) AS returned
    FROM met
    GROUP BY frame
) AS m ON m.frame = f.frame
LEFT JOIN (
    SELECT
        frame, SUM(CASE WHEN what = 'exchange' THEN squares END) AS exchange,
        SUM(CASE WHEN what = 'uptake_t' THEN squares END) AS t, SUM(CASE WHEN what = 'uptake_o' THEN squares END) AS o
    FROM shared
    GROUP BY frame
) AS d ON d.frame = f.frame
LEFT JOIN (
    SELECT
        frame, CAST(SUM(answers) AS BIGINT) AS answers, CAST(SUM(answers * answers) AS BIGINT) AS answers_squared,
        CAST(SUM(answerable * answerable) AS BIGINT) AS answerable_squared,
        CAST(SUM(answers * answerable) AS BIGINT) AS answers_answerable
    FROM (
        SELECT frame, person, SUM(answers) AS answers, SUM(answerable) AS answerable
        FROM (
            SELECT frame, actor AS person, CAST(0 AS BIGINT) AS answers, answerable FROM people
            UNION ALL
            SELECT frame, answerer AS person, CAST(old_enough AS BIGINT) AS answers, CAST(0 AS BIGINT) AS answerable
            FROM answered_by
        ) AS sides
        GROUP BY frame, person
    ) AS by_person
    GROUP BY frame
) AS w ON w.frame = f.frame
