-- What each meeting of a frame brings to the sums: to first order, with the people read and the few left as they are.
-- Input: what talk.sql and reading.sql make, of one frame. Only the sums of a meeting's two people move, and those of
-- the openers whom they answered.

CREATE VIEW ranks_met AS
SELECT
    p.episode AS episode, CASE WHEN p.actor < p.addressee THEN p.actor ELSE p.addressee END AS one,
    CASE WHEN p.actor < p.addressee THEN p.addressee ELSE p.actor END AS other, p.actor AS actor, a.rk_t AS rk_t,
    a.rk_o AS rk_o
FROM placed AS p
JOIN acts AS a ON a.act = p.act
JOIN frames AS f ON f.space = a.space AND a.t > f.starts AND a.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = p.act
WHERE p.opening = 0 AND p.addressee IS NOT NULL AND g.act IS NULL AND (a.rk_t IS NOT NULL OR a.rk_o IS NOT NULL);

-- An opening without one meeting: which of those who answered it are left, and which of them answered back. A meeting
-- may hold an answer, or what the opener said back, or both.
CREATE TABLE pieces AS
SELECT
    opening, answerer, episode, returned,
    CASE WHEN answerer < addressee THEN answerer ELSE addressee END AS said_one,
    CASE WHEN answerer < addressee THEN addressee ELSE answerer END AS said_other,
    CASE WHEN answerer < opener THEN answerer ELSE opener END AS back_one,
    CASE WHEN answerer < opener THEN opener ELSE answerer END AS back_other
FROM answers_counted;

CREATE VIEW left_of_openings AS
SELECT
    t.opening AS opening, t.episode AS episode, t.one AS one, t.other AS other, t.answerer AS answerer,
    MAX(p.returned) AS returned,
    MAX(CASE WHEN p.episode = t.episode AND p.said_one = t.one AND p.said_other = t.other THEN 0 ELSE 1 END) AS stays,
    MAX(CASE
        WHEN p.episode = t.episode AND p.said_one = t.one AND p.said_other = t.other THEN 0
        WHEN p.episode = t.episode AND p.back_one = t.one AND p.back_other = t.other THEN 0
        ELSE p.returned
    END) AS still_returned
FROM (
    SELECT opening, answerer, episode, said_one AS one, said_other AS other FROM pieces
    UNION
    SELECT opening, answerer, episode, back_one AS one, back_other AS other FROM pieces WHERE returned = 1
) AS t
JOIN pieces AS p ON p.opening = t.opening AND p.answerer = t.answerer
GROUP BY t.opening, t.episode, t.one, t.other, t.answerer;

CREATE VIEW openings_moved AS
SELECT
    l.episode AS episode, l.one AS one, l.other AS other, o.opener AS actor,
    o.phi - CASE WHEN o.answerers > l.lost THEN CAST(FLOOR(
        CAST(o.returned - l.returned_lost AS DOUBLE) * CAST(1000000000 AS DOUBLE)
        / CAST(CASE WHEN o.answerers > l.lost THEN o.answerers - l.lost ELSE 1 END AS DOUBLE)
    ) AS BIGINT) ELSE 0 END AS phi,
    CASE WHEN o.answerers > l.lost THEN 0 ELSE 1 END AS phi_n,
    CASE WHEN o.answerers > l.lost THEN 0 ELSE o.old_enough END AS answered
FROM (
    SELECT
        opening, episode, one, other, CAST(SUM(1 - stays) AS BIGINT) AS lost,
        CAST(SUM(returned - still_returned) AS BIGINT) AS returned_lost
    FROM left_of_openings
    GROUP BY opening, episode, one, other
) AS l
JOIN opened AS o ON o.opening = l.opening;

-- What leaves with a meeting, a row for each person whose sums it moves.
CREATE TABLE leaving AS
SELECT
    episode, one, other, actor, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(phi) AS BIGINT) AS phi,
    CAST(SUM(phi_n) AS BIGINT) AS phi_n, SUM(rk_t) AS rk_t, COUNT(rk_t) AS rk_t_n, SUM(rk_o) AS rk_o,
    COUNT(rk_o) AS rk_o_n, CAST(SUM(closed) AS BIGINT) AS closed, CAST(SUM(answered) AS BIGINT) AS answered
FROM (
    SELECT
        episode, one, other, one AS actor, n_one AS n, n_one * both_ways * CAST(1000000000 AS BIGINT) AS phi,
        n_one AS phi_n, CAST(NULL AS DOUBLE) AS rk_t, CAST(NULL AS DOUBLE) AS rk_o, 0 AS closed, 0 AS answered
    FROM met
    UNION ALL
    SELECT
        episode, one, other, other AS actor, n_other AS n, n_other * both_ways * CAST(1000000000 AS BIGINT) AS phi,
        n_other AS phi_n, CAST(NULL AS DOUBLE) AS rk_t, CAST(NULL AS DOUBLE) AS rk_o, 0 AS closed, 0 AS answered
    FROM met
    UNION ALL
    SELECT episode, one, other, actor, 0 AS n, 0 AS phi, 0 AS phi_n, rk_t, rk_o, 0 AS closed, 0 AS answered
    FROM ranks_met
    UNION ALL
    SELECT
        episode, one, other, one AS actor, 0 AS n, 0 AS phi, 0 AS phi_n, CAST(NULL AS DOUBLE) AS rk_t,
        CAST(NULL AS DOUBLE) AS rk_o, here AS closed, 0 AS answered
    FROM closed
    UNION ALL
    SELECT
        episode, one, other, other AS actor, 0 AS n, 0 AS phi, 0 AS phi_n, CAST(NULL AS DOUBLE) AS rk_t,
        CAST(NULL AS DOUBLE) AS rk_o, here AS closed, 0 AS answered
    FROM closed
    UNION ALL
    SELECT
        episode, one, other, actor, 0 AS n, phi, phi_n, CAST(NULL AS DOUBLE) AS rk_t, CAST(NULL AS DOUBLE) AS rk_o,
        0 AS closed, answered
    FROM openings_moved
) AS parts
GROUP BY episode, one, other, actor;

CREATE VIEW before_and_after AS
SELECT
    l.episode AS episode, l.one AS one, l.other AS other, l.answered AS answered, l.phi_n AS phi_n,
    CASE WHEN p.n > 0 AND p.n = l.n THEN 1 ELSE 0 END AS absent_then,
    CASE WHEN p.closed > 0 AND p.closed = l.closed THEN 1 ELSE 0 END AS open_then,
    CASE WHEN r.actor IS NULL THEN 0 ELSE 1 END AS is_read, COALESCE(r.is_few, 0) AS is_few,
    r.y AS y,
    CASE WHEN p.phi_n > l.phi_n THEN CAST(p.phi - l.phi AS DOUBLE)
        / (CAST(1000000000 AS DOUBLE) * CAST(p.phi_n - l.phi_n AS DOUBLE)) END AS y_then,
    l.rk_t_n AS t_n, l.rk_o_n AS o_n,
    u.t_mean AS t_mean, u.t_few AS t_few, u.o_mean AS o_mean, u.o_few AS o_few,
    CASE WHEN p.rk_t_n > l.rk_t_n THEN (p.rk_t - COALESCE(l.rk_t, CAST(0 AS DOUBLE)))
        / CAST(p.rk_t_n - l.rk_t_n AS DOUBLE) + CAST(0.5 AS DOUBLE) END AS t_then,
    CASE WHEN p.rk_o_n > l.rk_o_n THEN (p.rk_o - COALESCE(l.rk_o, CAST(0 AS DOUBLE)))
        / CAST(p.rk_o_n - l.rk_o_n AS DOUBLE) + CAST(0.5 AS DOUBLE) END AS o_then
FROM leaving AS l
JOIN people AS p ON p.actor = l.actor
LEFT JOIN read AS r ON r.actor = l.actor
LEFT JOIN ranked AS u ON u.actor = l.actor;

-- One row a meeting: by how much the sums of its frame would fall without it.
CREATE TABLE moved AS
SELECT
    b.episode AS episode, b.one AS one, b.other AS other, MAX(m.n_one + m.n_other) AS responses,
    CAST(SUM(b.answered) AS BIGINT) AS answered, CAST(SUM(b.absent_then) AS BIGINT) AS present,
    CAST(SUM(b.open_then) AS BIGINT) AS closed_in,
    COUNT(CASE WHEN b.is_read = 1 AND b.y_then IS NULL THEN 1 END) AS exchange_k,
    SUM(CASE WHEN b.is_read = 1 THEN b.y - COALESCE(b.y_then, CAST(0 AS DOUBLE)) ELSE CAST(0 AS DOUBLE) END)
        AS exchange_total,
    SUM(CASE WHEN b.is_read = 1 THEN b.y * b.y - COALESCE(b.y_then * b.y_then, CAST(0 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS exchange_squares,
    CAST(SUM(CASE WHEN b.is_read = 1 THEN b.phi_n ELSE 0 END) AS BIGINT) AS exchange_items,
    COUNT(CASE WHEN b.is_read = 1 AND b.is_few = 0 AND b.y_then IS NULL THEN 1 END) AS rest_k,
    SUM(CASE WHEN b.is_read = 1 AND b.is_few = 0 THEN b.y - COALESCE(b.y_then, CAST(0 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS rest_total,
    SUM(CASE WHEN b.is_read = 1 AND b.is_few = 0 THEN b.y * b.y - COALESCE(b.y_then * b.y_then, CAST(0 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS rest_squares,
    CAST(SUM(CASE WHEN b.is_read = 1 AND b.is_few = 0 THEN b.phi_n ELSE 0 END) AS BIGINT) AS rest_items,
    COUNT(CASE WHEN b.t_mean IS NOT NULL AND b.t_then IS NULL THEN 1 END) AS uptake_t_k,
    SUM(COALESCE(b.t_mean, CAST(0 AS DOUBLE)) - COALESCE(b.t_then, CAST(0 AS DOUBLE))) AS uptake_t_total,
    SUM(COALESCE(b.t_mean * b.t_mean, CAST(0 AS DOUBLE)) - COALESCE(b.t_then * b.t_then, CAST(0 AS DOUBLE)))
        AS uptake_t_squares,
    CAST(SUM(b.t_n) AS BIGINT) AS uptake_t_items,
    COUNT(CASE WHEN b.t_few = 0 AND b.t_mean IS NOT NULL AND b.t_then IS NULL THEN 1 END)
        AS uptake_t_rest_k,
    SUM(CASE WHEN b.t_few = 0 THEN COALESCE(b.t_mean, CAST(0 AS DOUBLE)) - COALESCE(b.t_then, CAST(0 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS uptake_t_rest_total,
    SUM(CASE WHEN b.t_few = 0 THEN COALESCE(b.t_mean * b.t_mean, CAST(0 AS DOUBLE))
        - COALESCE(b.t_then * b.t_then, CAST(0 AS DOUBLE)) ELSE CAST(0 AS DOUBLE) END) AS uptake_t_rest_squares,
    CAST(SUM(CASE WHEN b.t_few = 0 THEN b.t_n ELSE 0 END) AS BIGINT) AS uptake_t_rest_items,
    COUNT(CASE WHEN b.o_mean IS NOT NULL AND b.o_then IS NULL THEN 1 END) AS uptake_o_k,
    SUM(COALESCE(b.o_mean, CAST(0 AS DOUBLE)) - COALESCE(b.o_then, CAST(0 AS DOUBLE))) AS uptake_o_total,
    SUM(COALESCE(b.o_mean * b.o_mean, CAST(0 AS DOUBLE)) - COALESCE(b.o_then * b.o_then, CAST(0 AS DOUBLE)))
        AS uptake_o_squares,
    CAST(SUM(b.o_n) AS BIGINT) AS uptake_o_items,
    COUNT(CASE WHEN b.o_few = 0 AND b.o_mean IS NOT NULL AND b.o_then IS NULL THEN 1 END)
        AS uptake_o_rest_k,
    SUM(CASE WHEN b.o_few = 0 THEN COALESCE(b.o_mean, CAST(0 AS DOUBLE)) - COALESCE(b.o_then, CAST(0 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS uptake_o_rest_total,
    SUM(CASE WHEN b.o_few = 0 THEN COALESCE(b.o_mean * b.o_mean, CAST(0 AS DOUBLE))
        - COALESCE(b.o_then * b.o_then, CAST(0 AS DOUBLE)) ELSE CAST(0 AS DOUBLE) END) AS uptake_o_rest_squares,
    CAST(SUM(CASE WHEN b.o_few = 0 THEN b.o_n ELSE 0 END) AS BIGINT) AS uptake_o_rest_items
FROM before_and_after AS b
JOIN met AS m ON m.episode = b.episode AND m.one = b.one AND m.other = b.other
GROUP BY b.episode, b.one, b.other
