-- What each person's contributions come to, and from it everything that the states of a space are made of.
-- Input: acts; what talk.sql makes of them; frames (frame, space, starts, ends), each one look at a space: what lies
-- after `starts` and up to `ends` (µs); left_out (frame, episode, one, other), meetings that the frame is to be read
-- without. Leaving one out for its evidence, or all contested ones, is a frame more. ENGINE.md, section 3.
-- φ is counted in billionths, so that sums are whole and the same in any order, on every engine.

-- Meetings that their two people gave up, because one contested an act and the other agreed, are in no frame.
CREATE TABLE absent AS
SELECT DISTINCT frame, episode, one, other
FROM (
    SELECT frame, episode, one, other FROM left_out
    UNION ALL
    SELECT f.frame AS frame, p.episode AS episode,
        CASE WHEN p.actor < p.addressee THEN p.actor ELSE p.addressee END AS one,
        CASE WHEN p.actor < p.addressee THEN p.addressee ELSE p.actor END AS other
    FROM acts AS c
    JOIN placed AS p ON p.act = c.act
    JOIN frames AS f ON f.space = c.space
    WHERE c.contested AND p.addressee IS NOT NULL
    UNION ALL
    SELECT f.frame AS frame, d.episode AS episode, d.one AS one, d.other AS other
    FROM acts AS c
    JOIN deeds AS d ON d.act = c.act
    JOIN frames AS f ON f.space = d.space
    WHERE c.contested
) AS named;

-- With a meeting goes what its two said to each other, and what came of it. Openings stay: they speak to everybody.
CREATE TABLE gone AS
SELECT x.frame AS frame, p.act AS act
FROM absent AS x
JOIN placed AS p ON p.episode = x.episode AND p.actor = x.one AND p.addressee = x.other
WHERE p.opening = 0
UNION ALL
SELECT x.frame AS frame, p.act AS act
FROM absent AS x
JOIN placed AS p ON p.episode = x.episode AND p.actor = x.other AND p.addressee = x.one
WHERE p.opening = 0
UNION ALL
SELECT x.frame AS frame, d.act AS act
FROM absent AS x
JOIN deeds AS d ON d.episode = x.episode AND d.one = x.one AND d.other = x.other;

-- What each person said in a frame, apart by whom they said it to (null: to everybody).
CREATE TABLE spoke_to AS
SELECT
    f.frame AS frame, a.actor AS actor, p.addressee AS partner, COUNT(*) AS n,
    COUNT(CASE WHEN a.verb = 'posted' THEN 1 END) AS openings,
    COUNT(CASE WHEN a.verb = 'posted' AND f.ends - a.t >= :answerable_us THEN 1 END) AS answerable,
    SUM(a.rk_t) AS rk_t, COUNT(a.rk_t) AS rk_t_n, SUM(a.rk_t * a.rk_t) AS rk_t_squares,
    SUM(a.rk_o) AS rk_o, COUNT(a.rk_o) AS rk_o_n, SUM(a.rk_o * a.rk_o) AS rk_o_squares,
    MAX(a.text_version) AS text_version
FROM acts AS a
JOIN frames AS f ON f.space = a.space AND a.t > f.starts AND a.t <= f.ends
LEFT JOIN placed AS p ON p.act = a.act
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = a.act
WHERE a.verb IN ('posted', 'replied', 'answered') AND a.words >= 1 AND g.act IS NULL
GROUP BY f.frame, a.actor, p.addressee;

CREATE VIEW spoke AS
SELECT
    frame, actor, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(openings) AS BIGINT) AS openings,
    CAST(SUM(answerable) AS BIGINT) AS answerable,
    SUM(rk_t) AS rk_t, CAST(SUM(rk_t_n) AS BIGINT) AS rk_t_n, SUM(rk_t_squares) AS rk_t_squares,
    SUM(rk_o) AS rk_o, CAST(SUM(rk_o_n) AS BIGINT) AS rk_o_n, SUM(rk_o_squares) AS rk_o_squares,
    MAX(text_version) AS text_version
FROM spoke_to
GROUP BY frame, actor;

-- The meetings of a frame. Those of an episode that lies wholly inside bring their own counts; only where a border
-- cuts an episode they are counted anew. An exchange belongs to the window of its later side, so what came of it may bring in an older one.
CREATE VIEW cut AS
SELECT f.frame AS frame, p.episode AS episode, m.one AS one, m.other AS other, 1 - p.opening AS by_one, 0 AS by_other
FROM meetings AS m
JOIN frames AS f
    ON f.space = m.space AND m.begins <= f.ends AND m.ends > f.starts AND (m.begins <= f.starts OR m.ends > f.ends)
JOIN placed AS p ON p.episode = m.episode AND p.actor = m.one AND p.addressee = m.other
WHERE p.t > f.starts AND p.t <= f.ends
UNION ALL
SELECT f.frame AS frame, p.episode AS episode, m.one AS one, m.other AS other, 0 AS by_one, 1 - p.opening AS by_other
FROM meetings AS m
JOIN frames AS f
    ON f.space = m.space AND m.begins <= f.ends AND m.ends > f.starts AND (m.begins <= f.starts OR m.ends > f.ends)
JOIN placed AS p ON p.episode = m.episode AND p.actor = m.other AND p.addressee = m.one
WHERE p.t > f.starts AND p.t <= f.ends
UNION ALL
SELECT f.frame AS frame, d.episode AS episode, d.one AS one, d.other AS other, 0 AS by_one, 0 AS by_other
FROM deeds AS d
JOIN frames AS f ON f.space = d.space AND d.t > f.starts AND d.t <= f.ends
JOIN meetings AS m ON m.episode = d.episode AND m.one = d.one AND m.other = d.other
WHERE (m.begins <= f.starts OR m.ends > f.ends) AND (m.first_one <= f.ends OR m.first_other <= f.ends);

CREATE TABLE recounted AS
SELECT frame, episode, one, other, CAST(SUM(by_one) AS BIGINT) AS n_one, CAST(SUM(by_other) AS BIGINT) AS n_other
FROM cut
GROUP BY frame, episode, one, other;

CREATE VIEW met AS
SELECT
    i.frame AS frame, i.episode AS episode, i.one AS one, i.other AS other, i.n_one AS n_one, i.n_other AS n_other,
    i.both_ways AS both_ways
FROM (
    SELECT
        f.frame AS frame, m.episode AS episode, m.one AS one, m.other AS other, m.n_one AS n_one,
        m.n_other AS n_other,
        CASE WHEN m.first_one IS NULL OR m.first_other IS NULL THEN 0 ELSE 1 END AS both_ways
    FROM meetings AS m
    JOIN frames AS f ON f.space = m.space AND m.begins > f.starts AND m.ends <= f.ends
    UNION ALL
    SELECT
        c.frame AS frame, c.episode AS episode, c.one AS one, c.other AS other, c.n_one AS n_one,
        c.n_other AS n_other,
        CASE WHEN m.first_one <= f.ends AND m.first_other <= f.ends THEN 1 ELSE 0 END AS both_ways
    FROM recounted AS c
    JOIN frames AS f ON f.frame = c.frame
    JOIN meetings AS m ON m.episode = c.episode AND m.one = c.one AND m.other = c.other
) AS i
LEFT JOIN absent AS x ON x.frame = i.frame AND x.episode = i.episode AND x.one = i.one AND x.other = i.other
WHERE x.frame IS NULL;

-- Openings in the frame that somebody answered: by how many, and how many of them were answered back.
CREATE VIEW answers_counted AS
SELECT
    f.frame AS frame, w.opening AS opening, w.opener AS opener, w.opened_t AS opened_t, w.answerer AS answerer,
    w.addressee AS addressee, w.episode AS episode, f.ends AS ends,
    CASE WHEN w.back_t <= f.ends AND r.frame IS NULL THEN 1 ELSE 0 END AS returned
FROM answerings AS w
JOIN frames AS f ON f.space = w.space AND w.opened_t > f.starts AND w.opened_t <= f.ends AND w.answered_t <= f.ends
LEFT JOIN absent AS x
    ON x.frame = f.frame AND x.episode = w.episode
    AND x.one = CASE WHEN w.answerer < w.addressee THEN w.answerer ELSE w.addressee END
    AND x.other = CASE WHEN w.answerer < w.addressee THEN w.addressee ELSE w.answerer END
LEFT JOIN absent AS r
    ON r.frame = f.frame AND r.episode = w.episode
    AND r.one = CASE WHEN w.answerer < w.opener THEN w.answerer ELSE w.opener END
    AND r.other = CASE WHEN w.answerer < w.opener THEN w.opener ELSE w.answerer END
WHERE x.frame IS NULL;

CREATE TABLE answered_by AS
SELECT
    frame, opening, opener, answerer, MAX(returned) AS returned,
    MAX(CASE WHEN ends - opened_t >= :answerable_us THEN 1 ELSE 0 END) AS old_enough
FROM answers_counted
GROUP BY frame, opening, opener, answerer;

CREATE TABLE opened AS
SELECT
    frame, opening, opener, MAX(old_enough) AS old_enough, COUNT(*) AS answerers,
    CAST(SUM(returned) AS BIGINT) AS returned,
    CAST(FLOOR(CAST(SUM(returned) AS DOUBLE) * CAST(1000000000 AS DOUBLE) / CAST(COUNT(*) AS DOUBLE)) AS BIGINT) AS phi
FROM answered_by
GROUP BY frame, opening, opener;

-- Closed: an outcome by one that names the other's contribution, and movement by the other, after it and in time,
-- between two who have spoken to each other there.
CREATE TABLE closed AS
SELECT
    i.frame AS frame, i.episode AS episode, i.one AS one, i.other AS other, COUNT(*) AS times,
    COUNT(CASE WHEN i.t > i.starts THEN 1 END) AS here
FROM (
    SELECT DISTINCT
        f.frame AS frame, f.starts AS starts, v.act AS act, v.t AS t, v.episode AS episode, v.one AS one,
        v.other AS other
    FROM deeds AS v
    JOIN deeds AS o
        ON o.episode = v.episode AND o.one = v.one AND o.other = v.other
    JOIN frames AS f ON f.space = v.space AND v.t <= f.ends
    JOIN meetings AS m ON m.episode = v.episode AND m.one = v.one AND m.other = v.other
    WHERE v.is_movement = 1 AND o.is_outcome = 1 AND o.actor <> v.actor
        AND (o.t < v.t OR (o.t = v.t AND o.act < v.act)) AND v.t - o.t <= :outcome_us
        AND m.first_one <= f.ends AND m.first_other <= f.ends
) AS i
LEFT JOIN absent AS x ON x.frame = i.frame AND x.episode = i.episode AND x.one = i.one AND x.other = i.other
WHERE x.frame IS NULL
GROUP BY i.frame, i.episode, i.one, i.other;

-- How often each person spoke to each other one, and in how many of these cases in a meeting both ways.
CREATE TABLE addressed_to AS
SELECT frame, actor, partner, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(n * both_ways) AS BIGINT) AS n_both_ways
FROM (
    SELECT frame, one AS actor, other AS partner, n_one AS n, both_ways FROM met
    UNION ALL
    SELECT frame, other AS actor, one AS partner, n_other AS n, both_ways FROM met
) AS sides
WHERE n > 0
GROUP BY frame, actor, partner;

-- One row a person: all that a frame knows of them.
CREATE VIEW exchanged AS
SELECT frame, actor, n AS phi_n, n_both_ways * CAST(1000000000 AS BIGINT) AS phi FROM addressed_to
UNION ALL
SELECT frame, opener AS actor, CAST(1 AS BIGINT) AS phi_n, phi FROM opened;

CREATE TABLE people AS
SELECT
    s.frame AS frame, s.actor AS actor, s.n AS n, s.openings AS openings, s.answerable AS answerable, s.rk_t AS rk_t,
    s.rk_t_n AS rk_t_n, s.rk_t_squares AS rk_t_squares, s.rk_o AS rk_o, s.rk_o_n AS rk_o_n,
    s.rk_o_squares AS rk_o_squares, s.text_version AS text_version,
    COALESCE(e.phi, 0) AS phi, COALESCE(e.phi_n, 0) AS phi_n, COALESCE(c.closed, 0) AS closed
FROM spoke AS s
LEFT JOIN (
    SELECT frame, actor, CAST(SUM(phi) AS BIGINT) AS phi, CAST(SUM(phi_n) AS BIGINT) AS phi_n
    FROM exchanged
    GROUP BY frame, actor
) AS e ON e.frame = s.frame AND e.actor = s.actor
LEFT JOIN (
    SELECT frame, actor, CAST(SUM(here) AS BIGINT) AS closed
    FROM (
        SELECT frame, one AS actor, here FROM closed
        UNION ALL
        SELECT frame, other AS actor, here FROM closed
    ) AS both_sides
    GROUP BY frame, actor
) AS c ON c.frame = s.frame AND c.actor = s.actor;

-- How many people are a few, of all who are there: also of those who have no φ, because nobody answered them.
CREATE TABLE handfuls AS
SELECT
    frame, LEAST(:few_at_most, CAST(CEIL(CAST(COUNT(*) AS DOUBLE) / CAST(:few_share AS DOUBLE)) AS BIGINT)) AS few
FROM people
GROUP BY frame;

-- Whose φ is read: people with two contributions or more; everybody, if they are too few. And the few of highest φ,
-- on whom a reading must not rest.
CREATE TABLE read AS
SELECT
    i.frame AS frame, i.actor AS actor, i.phi_n AS phi_n, i.y AS y,
    CASE WHEN i.place <= h.few THEN 1 ELSE 0 END AS is_few
FROM (
    SELECT
        p.frame AS frame, p.actor AS actor, p.phi_n AS phi_n,
        CAST(p.phi AS DOUBLE) / (CAST(1000000000 AS DOUBLE) * CAST(p.phi_n AS DOUBLE)) AS y,
        ROW_NUMBER() OVER (
            PARTITION BY p.frame
            ORDER BY CAST(p.phi AS DOUBLE) / CAST(p.phi_n AS DOUBLE) DESC, p.phi_n DESC, p.actor
        ) AS place
    FROM people AS p
    JOIN (
        SELECT frame, COUNT(*) AS regulars
        FROM people
        WHERE phi_n > 0 AND n >= :exchange_contributions
        GROUP BY frame
        UNION ALL
        SELECT f.frame AS frame, CAST(0 AS BIGINT) AS regulars
        FROM frames AS f
        LEFT JOIN (SELECT DISTINCT frame FROM people WHERE phi_n > 0 AND n >= :exchange_contributions) AS known
            ON known.frame = f.frame
        WHERE known.frame IS NULL
    ) AS r ON r.frame = p.frame
    WHERE p.phi_n > 0 AND (p.n >= :exchange_contributions OR r.regulars < :exchange_people)
) AS i
JOIN handfuls AS h ON h.frame = i.frame;

-- The mean ranks of each person against both nulls (null: they have none), how their ranks scatter around them, and
-- the few of highest ones, on whom uptake must not rest. Two means are one where they differ by the order in which an
-- engine added: else each engine would take another of the two.
CREATE TABLE ranked AS
SELECT
    i.frame AS frame, i.actor AS actor, i.t_mean AS t_mean, i.rk_t_n AS rk_t_n, i.o_mean AS o_mean,
    i.rk_o_n AS rk_o_n, i.t_within AS t_within, i.o_within AS o_within,
    CASE WHEN i.t_place <= h.few THEN 1 ELSE 0 END AS t_few,
    CASE WHEN i.o_place <= h.few THEN 1 ELSE 0 END AS o_few
FROM (
    SELECT
        frame, actor, t_mean, rk_t_n, t_within, o_mean, rk_o_n, o_within,
        ROW_NUMBER() OVER (
            PARTITION BY frame
            ORDER BY
                CASE WHEN t_mean IS NULL THEN 1 ELSE 0 END,
                FLOOR(t_mean * CAST(1000000000 AS DOUBLE) + CAST(0.5 AS DOUBLE)) DESC, rk_t_n DESC, actor
        ) AS t_place,
        ROW_NUMBER() OVER (
            PARTITION BY frame
            ORDER BY
                CASE WHEN o_mean IS NULL THEN 1 ELSE 0 END,
                FLOOR(o_mean * CAST(1000000000 AS DOUBLE) + CAST(0.5 AS DOUBLE)) DESC, rk_o_n DESC, actor
        ) AS o_place
    FROM (
        SELECT
            frame, actor, rk_t_n, rk_o_n,
            CASE WHEN rk_t_n > 0 THEN rk_t / CAST(rk_t_n AS DOUBLE) + CAST(0.5 AS DOUBLE) END AS t_mean,
            CASE WHEN rk_o_n > 0 THEN rk_o / CAST(rk_o_n AS DOUBLE) + CAST(0.5 AS DOUBLE) END AS o_mean,
            CASE WHEN rk_t_n > 0 THEN rk_t_squares - rk_t * rk_t / CAST(rk_t_n AS DOUBLE) END AS t_within,
            CASE WHEN rk_o_n > 0 THEN rk_o_squares - rk_o * rk_o / CAST(rk_o_n AS DOUBLE) END AS o_within
        FROM people
        WHERE rk_t_n > 0 OR rk_o_n > 0
    ) AS means
) AS i
JOIN handfuls AS h ON h.frame = i.frame
