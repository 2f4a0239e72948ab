-- What became of conversations and of what was asked; no state is made of it. Input: what talk.sql and reading.sql make.

-- What became of an episode. It belongs to the window of its last contribution: one that ended before is not looked at.
CREATE TABLE voices AS
SELECT frame, episode, one, other
FROM (
    SELECT
        f.frame AS frame, f.starts AS starts, p.episode AS episode, MIN(p.actor) AS one, MAX(p.actor) AS other,
        MAX(p.t) AS last_t
    FROM placed AS p
    JOIN episodes AS e ON e.episode = p.episode
    JOIN frames AS f ON f.space = e.space AND p.t <= f.ends AND e.ends > f.starts
    LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = p.act
    WHERE g.act IS NULL
    GROUP BY f.frame, f.starts, p.episode
) AS heard
WHERE last_t > starts;

CREATE TABLE fates AS
SELECT
    v.frame AS frame, v.episode AS episode,
    CASE
        WHEN c.episode IS NOT NULL THEN 'came_of_it'
        WHEN b.episode IS NOT NULL THEN 'both_ways'
        WHEN v.one <> v.other THEN 'one_way'
        ELSE 'no_answer'
    END AS became,
    CASE WHEN d.episode IS NOT NULL THEN 1 ELSE 0 END AS is_closed
FROM voices AS v
LEFT JOIN (
    SELECT DISTINCT f.frame AS frame, d.episode AS episode
    FROM deeds AS d
    JOIN episodes AS e ON e.episode = d.episode
    JOIN frames AS f ON f.space = d.space AND d.t <= f.ends AND e.ends > f.starts
    LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = d.act
    WHERE d.is_movement = 1 AND g.act IS NULL
) AS c ON c.frame = v.frame AND c.episode = v.episode
LEFT JOIN (
    SELECT DISTINCT f.frame AS frame, m.episode AS episode
    FROM meetings AS m
    JOIN frames AS f
        ON f.space = m.space AND m.first_one <= f.ends AND m.first_other <= f.ends AND m.ends > f.starts
    LEFT JOIN absent AS x ON x.frame = f.frame AND x.episode = m.episode AND x.one = m.one AND x.other = m.other
    WHERE x.frame IS NULL
) AS b ON b.frame = v.frame AND b.episode = v.episode
LEFT JOIN (SELECT DISTINCT frame, episode FROM closed) AS d ON d.frame = v.frame AND d.episode = v.episode;

CREATE TABLE became AS
SELECT
    frame, COUNT(*) AS episodes,
    COUNT(CASE WHEN became = 'came_of_it' THEN 1 END) AS came_of_it,
    COUNT(CASE WHEN became = 'both_ways' THEN 1 END) AS both_ways,
    COUNT(CASE WHEN became = 'one_way' THEN 1 END) AS one_way,
    COUNT(CASE WHEN became = 'no_answer' THEN 1 END) AS no_answer,
    COUNT(CASE WHEN is_closed = 1 THEN 1 END) AS closed
FROM fates
GROUP BY frame;

-- Questions and challenges, with an outcome that names them in time, or without; younger ones apart.
CREATE TABLE acted AS
SELECT
    q.frame AS frame, COALESCE(w.acted, 0) AS acted, q.asks AS asks, q.younger AS younger
FROM (
    SELECT
        f.frame AS frame, COUNT(CASE WHEN f.ends - a.t >= :outcome_us THEN 1 END) AS asks,
        COUNT(CASE WHEN f.ends - a.t < :outcome_us THEN 1 END) AS younger
    FROM acts AS a
    JOIN frames AS f ON f.space = a.space AND a.t > f.starts AND a.t <= f.ends
    LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = a.act
    WHERE a.move IN ('question', 'challenge') AND a.verb IN ('replied', 'answered') AND a.words >= 1
        AND g.act IS NULL
    GROUP BY f.frame
) AS q
LEFT JOIN (
    SELECT f.frame AS frame, COUNT(DISTINCT d.ref) AS acted
    FROM deeds AS d
    JOIN acts AS a ON a.act = d.ref
    JOIN frames AS f ON f.space = d.space AND d.ref_t > f.starts AND d.t <= f.ends AND f.ends - d.ref_t >= :outcome_us
    LEFT JOIN gone AS g ON g.frame = f.frame AND g.act = d.act
    LEFT JOIN gone AS h ON h.frame = f.frame AND h.act = d.ref
    WHERE d.is_outcome = 1 AND d.t - d.ref_t <= :outcome_us AND g.act IS NULL AND h.act IS NULL
        AND a.move IN ('question', 'challenge') AND a.verb IN ('replied', 'answered')
    GROUP BY f.frame
) AS w ON w.frame = q.frame
