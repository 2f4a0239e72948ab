-- From people to sums: one row a frame with all that the states of a space are made of. Input: what talk.sql and
-- reading.sql make.

-- What two people say to each other belongs to both: whoever is drawn anew takes it along with them. So the variance
-- of a mean over people is more than that of as many people who never met. It is the sum over all pairs of values with
-- a person in common (Aronow, Samii & Assenova 2015): of each value's part that one partner has to do with, less the
-- mean (`apart`), the squared sums of each person, on either side, less those of each pair, which were counted with both.
CREATE TABLE apart AS
SELECT
    d.frame AS frame, d.actor AS actor, d.partner AS partner,
    CASE WHEN r.phi_n > 0 THEN (d.back - m.middle * d.n) / CAST(r.phi_n AS DOUBLE) END AS exchange,
    CAST(NULL AS DOUBLE) AS t, CAST(NULL AS DOUBLE) AS o
FROM (
    SELECT frame, actor, partner, CAST(n AS DOUBLE) AS n, CAST(n_both_ways AS DOUBLE) AS back FROM addressed_to
    UNION ALL
    SELECT
        b.frame AS frame, b.opener AS actor, b.answerer AS partner,
        CASE WHEN o.answerers > 0 THEN CAST(1 AS DOUBLE) / CAST(o.answerers AS DOUBLE) END AS n,
        CASE WHEN o.answerers > 0 THEN CAST(b.returned AS DOUBLE) / CAST(o.answerers AS DOUBLE) END AS back
    FROM answered_by AS b
    JOIN opened AS o ON o.frame = b.frame AND o.opening = b.opening
) AS d
JOIN read AS r ON r.frame = d.frame AND r.actor = d.actor
JOIN (SELECT frame, AVG(y) AS middle FROM read GROUP BY frame) AS m ON m.frame = d.frame
UNION ALL
SELECT
    s.frame AS frame, s.actor AS actor, s.partner AS partner, CAST(NULL AS DOUBLE) AS exchange,
    CASE WHEN u.rk_t_n > 0 THEN
        (COALESCE(s.rk_t, CAST(0 AS DOUBLE)) + (CAST(0.5 AS DOUBLE) - w.t) * CAST(s.rk_t_n AS DOUBLE))
        / CAST(u.rk_t_n AS DOUBLE)
    END AS t,
    CASE WHEN u.rk_o_n > 0 THEN
        (COALESCE(s.rk_o, CAST(0 AS DOUBLE)) + (CAST(0.5 AS DOUBLE) - w.o) * CAST(s.rk_o_n AS DOUBLE))
        / CAST(u.rk_o_n AS DOUBLE)
    END AS o
FROM spoke_to AS s
JOIN ranked AS u ON u.frame = s.frame AND u.actor = s.actor
JOIN (SELECT frame, AVG(t_mean) AS t, AVG(o_mean) AS o FROM ranked GROUP BY frame) AS w ON w.frame = s.frame
WHERE s.rk_t_n > 0 OR s.rk_o_n > 0;

CREATE VIEW shared AS
SELECT frame, SUM(exchange * exchange) AS exchange, SUM(t * t) AS t, SUM(o * o) AS o
FROM (
    SELECT frame, person, SUM(exchange) AS exchange, SUM(t) AS t, SUM(o) AS o
    FROM (
        SELECT frame, actor AS person, exchange, t, o FROM apart
        UNION ALL
        SELECT frame, partner AS person, exchange, t, o FROM apart WHERE partner IS NOT NULL
    ) AS sides
    GROUP BY frame, person
) AS of_people
GROUP BY frame
UNION ALL
SELECT frame, -SUM(exchange * exchange) AS exchange, -SUM(t * t) AS t, -SUM(o * o) AS o
FROM (
    SELECT frame, one, other, SUM(exchange) AS exchange, SUM(t) AS t, SUM(o) AS o
    FROM (
        SELECT
            frame, exchange, t, o, CASE WHEN actor < partner THEN actor ELSE partner END AS one,
            CASE WHEN actor < partner THEN partner ELSE actor END AS other
        FROM apart
        WHERE partner IS NOT NULL
    ) AS sides
    GROUP BY frame, one, other
) AS of_pairs
GROUP BY frame;

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
    SELECT frame, SUM(exchange) AS exchange, SUM(t) AS t, SUM(o) AS o FROM shared GROUP BY frame
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
