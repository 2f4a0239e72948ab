-- What a reading of one space shows besides; no state is made of it. Input: what talk.sql and reading.sql make.

-- How it is known who spoke to whom.
CREATE TABLE bases AS
SELECT f.frame AS frame, s.basis AS basis, COUNT(*) AS n
FROM said AS s
JOIN frames AS f ON f.space = s.space AND s.t > f.starts AND s.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = s.act
WHERE s.addressee IS NOT NULL AND g.act IS NULL
GROUP BY f.frame, s.basis;

-- A-B-A in a row, and what the same turns in any order would give: Σ c(c-1)(n-c)/(n(n-1)) an episode of n turns, c by
-- each person.
CREATE TABLE turns AS
SELECT
    f.frame AS frame, p.episode AS episode, p.actor AS actor,
    LAG(p.actor, 1) OVER (PARTITION BY f.frame, p.episode ORDER BY p.t, p.act) AS before,
    LAG(p.actor, 2) OVER (PARTITION BY f.frame, p.episode ORDER BY p.t, p.act) AS before_that
FROM placed AS p
JOIN episodes AS e ON e.episode = p.episode
JOIN frames AS f ON f.space = e.space AND p.t > f.starts AND p.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = p.act
WHERE g.act IS NULL;

CREATE TABLE alternation AS
SELECT
    s.frame AS frame, CAST(SUM(s.seen) AS BIGINT) AS seen, CAST(SUM(s.possible) AS BIGINT) AS possible,
    SUM(CASE WHEN s.n > 2 THEN CAST(c.orders AS DOUBLE) / (CAST(s.n AS DOUBLE) * CAST(s.n - 1 AS DOUBLE))
        ELSE CAST(0 AS DOUBLE) END) AS expected
FROM (
    SELECT
        frame, episode, COUNT(*) AS n, COUNT(CASE WHEN before_that = actor AND before <> actor THEN 1 END) AS seen,
        COUNT(before_that) AS possible
    FROM turns
    GROUP BY frame, episode
) AS s
JOIN (
    SELECT k.frame AS frame, k.episode AS episode, CAST(SUM(k.c * (k.c - 1) * (t.n - k.c)) AS BIGINT) AS orders
    FROM (SELECT frame, episode, actor, COUNT(*) AS c FROM turns GROUP BY frame, episode, actor) AS k
    JOIN (SELECT frame, episode, COUNT(*) AS n FROM turns GROUP BY frame, episode) AS t
        ON t.frame = k.frame AND t.episode = k.episode
    GROUP BY k.frame, k.episode
) AS c ON c.frame = s.frame AND c.episode = s.episode
GROUP BY s.frame;

-- Answers that took up an opening's words more than chance, by opener, in slices counted back from the end.
CREATE TABLE led AS
SELECT
    f.frame AS frame, CAST(FLOOR(CAST(f.ends - s.t AS DOUBLE) / CAST(:slice_us AS DOUBLE)) AS BIGINT) AS slice,
    o.actor AS opener, COUNT(*) AS uptakes
FROM said AS s
JOIN (SELECT act, actor FROM placed WHERE opening = 1) AS o ON o.act = s.answers
JOIN frames AS f ON f.space = s.space AND s.t > f.starts AND s.t <= f.ends
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = s.act
WHERE g.act IS NULL AND s.rk_t > :delta_uptake AND (s.rk_o > :delta_uptake OR s.rk_o IS NULL)
GROUP BY f.frame, CAST(FLOOR(CAST(f.ends - s.t AS DOUBLE) / CAST(:slice_us AS DOUBLE)) AS BIGINT), o.actor;

-- What was asked and waits: openings that nobody answered, questions and challenges that their addressee did not.
CREATE TABLE asked AS
SELECT
    f.frame AS frame, f.ends AS ends, s.act AS act, s.t AS t, s.actor AS actor, s.addressee AS addressee,
    s.space AS space, s.thread AS thread, CASE WHEN s.opening = 1 THEN 'opening' ELSE s.move END AS kind,
    CAST(FLOOR(CAST(f.ends - s.t AS DOUBLE) / CAST(:day_us AS DOUBLE)) AS BIGINT) AS age_days
FROM said AS s
JOIN frames AS f ON f.space = s.space AND s.t > f.starts AND s.t <= f.ends - :open_ask_us
LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = s.act
WHERE g.act IS NULL
    AND (s.opening = 1 OR (s.move IN ('question', 'challenge') AND s.addressee IS NOT NULL));

-- What the addressee later said to the asker in that thread answers, and any act of theirs that responds to it or names
-- it, unless it is a mark such as thanks.
CREATE VIEW replied_to AS
SELECT frame, opening AS act FROM opened
UNION ALL
SELECT q.frame AS frame, q.act AS act
FROM asked AS q
JOIN acts AS a ON a.parent = q.act AND a.actor = q.addressee AND a.t <= q.ends
LEFT JOIN gone AS g ON g.frame = q.frame AND g.act = a.act
WHERE g.act IS NULL AND a.verb NOT IN (
    'thanked', 'heard', 'not_quite', 'shared', 'linked', 'named', 'unnamed', 'contested', 'contest_answered', 'hidden',
    'edited', 'withdrew'
)
UNION ALL
SELECT q.frame AS frame, q.act AS act
FROM asked AS q
JOIN acts AS a ON a.ref = q.act AND a.actor = q.addressee AND a.t <= q.ends
LEFT JOIN gone AS g ON g.frame = q.frame AND g.act = a.act
WHERE g.act IS NULL AND a.verb NOT IN (
    'thanked', 'heard', 'not_quite', 'shared', 'linked', 'named', 'unnamed', 'contested', 'contest_answered', 'hidden',
    'edited', 'withdrew'
)
UNION ALL
SELECT q.frame AS frame, q.act AS act
FROM asked AS q
JOIN (
    SELECT f.frame AS frame, e.space AS space, e.thread AS thread, p.actor AS actor, p.addressee AS addressee,
        p.t AS t, MAX(p.act) AS act
    FROM placed AS p
    JOIN episodes AS e ON e.episode = p.episode
    JOIN frames AS f ON f.space = e.space
    JOIN (
        SELECT f.frame AS frame, e.space AS space, e.thread AS thread, p.actor AS actor, p.addressee AS addressee,
            MAX(p.t) AS t
        FROM placed AS p
        JOIN episodes AS e ON e.episode = p.episode
        JOIN frames AS f ON f.space = e.space AND p.t <= f.ends
        LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = p.act
        WHERE g.act IS NULL AND p.addressee IS NOT NULL
        GROUP BY f.frame, e.space, e.thread, p.actor, p.addressee
    ) AS latest
        ON latest.frame = f.frame AND latest.space = e.space AND latest.thread = e.thread
        AND latest.actor = p.actor AND latest.addressee = p.addressee AND latest.t = p.t
    LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = p.act
    WHERE g.act IS NULL
    GROUP BY f.frame, e.space, e.thread, p.actor, p.addressee, p.t
) AS last_word
    ON last_word.frame = q.frame AND last_word.space = q.space AND last_word.thread = q.thread
    AND last_word.actor = q.addressee AND last_word.addressee = q.actor
    AND (last_word.t > q.t OR (last_word.t = q.t AND last_word.act > q.act))
WHERE q.kind <> 'opening';

CREATE TABLE waiting AS
SELECT q.frame AS frame, q.act AS act, q.t AS t, q.thread AS thread, q.kind AS kind, q.age_days AS age_days
FROM asked AS q
LEFT JOIN (SELECT DISTINCT frame, act FROM replied_to) AS r ON r.frame = q.frame AND r.act = q.act
WHERE r.act IS NULL
