-- Who said something to whom: contributions with their addressee, their episode and the opening they answer; what came
-- of them; and who met whom. All spaces at once, each on its own; windows come later and fold nothing anew.
-- Input: acts (engine.table). The rules: ENGINE.md, section 1; docs/reference/engine.md.

-- Episodes first. A thread whose whole life is shorter than the silence that ends an episode is one; only the others
-- are walked through.
CREATE TABLE threads AS
SELECT space, thread, MIN(t) AS begins, MAX(t) AS ends
FROM acts
WHERE verb IN ('posted', 'replied', 'answered') AND words >= 1
GROUP BY space, thread;

CREATE TABLE unbroken AS
SELECT a.space AS space, a.thread AS thread, MIN(a.act) AS episode, MIN(h.begins) AS begins, MAX(h.ends) AS ends
FROM acts AS a
JOIN threads AS h ON h.space = a.space AND h.thread = a.thread AND h.begins = a.t
WHERE a.verb IN ('posted', 'replied', 'answered') AND a.words >= 1 AND h.ends - h.begins <= :gap_us
GROUP BY a.space, a.thread;

CREATE TABLE broken AS
SELECT
    act, t, space, thread,
    LAST_VALUE(CASE WHEN before IS NULL OR t - before > :gap_us THEN act END IGNORE NULLS) OVER (
        PARTITION BY space, thread ORDER BY t, act ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS episode
FROM (
    SELECT
        a.act AS act, a.t AS t, a.space AS space, a.thread AS thread,
        LAG(a.t) OVER (PARTITION BY a.space, a.thread ORDER BY a.t, a.act) AS before
    FROM acts AS a
    JOIN threads AS h ON h.space = a.space AND h.thread = a.thread
    WHERE a.verb IN ('posted', 'replied', 'answered') AND a.words >= 1 AND h.ends - h.begins > :gap_us
) AS walked;

-- Every episode, where it stands and how long it lasts.
CREATE TABLE episodes AS
SELECT episode, space, thread, begins, ends FROM unbroken
UNION ALL
SELECT episode, space, thread, MIN(t) AS begins, MAX(t) AS ends FROM broken GROUP BY episode, space, thread;

-- Talk, beside the act that it responds to, if that stands in the same space: `above`, and whether it is an opening.
-- `towards`, the person named, or else the parent's author; `own`, it stands under one's own parent; `meant`, so it does
-- and names nobody, so that somebody else is meant; `loose`, without a parent, to somebody named.
CREATE TABLE uttered AS
SELECT
    a.act AS act, a.t AS t, a.actor AS actor, a.space AS space, a.thread AS thread,
    CASE WHEN a.person <> a.actor THEN a.person WHEN p.space = a.space THEN p.actor END AS towards,
    CASE WHEN p.space = a.space THEN a.parent END AS above,
    CAST(CASE WHEN p.space = a.space THEN p.opening ELSE 0 END AS TINYINT) AS under_opening,
    CAST(CASE WHEN a.verb = 'posted' THEN 1 ELSE 0 END AS TINYINT) AS opening,
    CAST(CASE WHEN p.space = a.space AND p.actor = a.actor THEN 1 ELSE 0 END AS TINYINT) AS own,
    CAST(CASE WHEN a.person <> a.actor THEN 0 WHEN p.space = a.space AND p.actor = a.actor THEN 1 ELSE 0 END
        AS TINYINT) AS meant,
    CAST(CASE WHEN a.verb = 'posted' OR p.space = a.space THEN 0 WHEN a.person <> a.actor THEN 1 ELSE 0 END
        AS TINYINT) AS loose
FROM acts AS a
LEFT JOIN (
    SELECT act, space, actor, CAST(CASE WHEN verb = 'posted' AND words >= 1 THEN 1 ELSE 0 END AS TINYINT) AS opening
    FROM acts
) AS p ON p.act = a.parent
WHERE a.verb IN ('posted', 'replied', 'answered') AND a.words >= 1;

-- The last other under one's own parent: whom an author means who writes there. Whoever spoke before the present
-- speaker's own run is the last other. Only parents and threads in which that happens are looked at.
CREATE TABLE meant_there AS
SELECT
    act, space, thread, meant,
    LAST_VALUE(CASE WHEN before <> actor THEN before END IGNORE NULLS) OVER (
        PARTITION BY space, thread, parent ORDER BY t, act ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS other
FROM (
    SELECT
        u.act AS act, u.t AS t, u.actor AS actor, u.space AS space, u.thread AS thread, u.above AS parent,
        u.meant AS meant,
        LAG(u.actor) OVER (PARTITION BY u.space, u.thread, u.above ORDER BY u.t, u.act) AS before
    FROM uttered AS u
    JOIN (SELECT DISTINCT above FROM uttered WHERE meant = 1) AS o ON o.above = u.above
    WHERE u.opening = 0 OR u.meant = 1
) AS beside;

CREATE TABLE meant AS
SELECT m.act AS act, COALESCE(m.other, w.other) AS other
FROM meant_there AS m
LEFT JOIN (
    SELECT
        act,
        LAST_VALUE(CASE WHEN before <> actor THEN before END IGNORE NULLS) OVER (
            PARTITION BY space, thread ORDER BY t, act ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS other
    FROM (
        SELECT
            a.act AS act, a.t AS t, a.actor AS actor, a.space AS space, a.thread AS thread,
            LAG(a.actor) OVER (PARTITION BY a.space, a.thread ORDER BY a.t, a.act) AS before
        FROM uttered AS a
        JOIN (SELECT DISTINCT space, thread FROM meant_there WHERE meant = 1 AND other IS NULL) AS alone
            ON alone.space = a.space AND alone.thread = a.thread
    ) AS walked
) AS w ON w.act = m.act
WHERE m.meant = 1;

-- An answer to the opener's own addition answers the opening: one addition deep, and two. Deeper ones do not.
CREATE TABLE first_additions AS
SELECT act, above AS opened FROM uttered WHERE own = 1 AND under_opening = 1 AND opening = 0;

CREATE TABLE additions AS
SELECT act, opened FROM first_additions
UNION ALL
SELECT u.act AS act, f.opened AS opened
FROM uttered AS u
JOIN first_additions AS f ON f.act = u.above
WHERE u.own = 1 AND u.opening = 0;

-- A reply without a parent, to somebody who opened something in that thread, answers what they opened last.
CREATE TABLE loose AS
SELECT act, t, space, thread, towards AS opener FROM uttered WHERE loose = 1;

CREATE TABLE answered_last AS
SELECT act, answers
FROM (
    SELECT
        act, opened,
        LAST_VALUE(opened IGNORE NULLS) OVER (
            PARTITION BY space, thread, opener ORDER BY t, act ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS answers
    FROM (
        SELECT act, t, space, thread, opener, CAST(NULL AS BIGINT) AS opened FROM loose
        UNION ALL
        SELECT a.act AS act, a.t AS t, a.space AS space, a.thread AS thread, a.actor AS opener, a.act AS opened
        FROM uttered AS a
        JOIN (SELECT DISTINCT space, thread FROM loose) AS l ON l.space = a.space AND l.thread = a.thread
        WHERE a.opening = 1
    ) AS openings_and_loose
) AS walked
WHERE opened IS NULL AND answers IS NOT NULL;

-- One row a contribution, as narrow as the folds need it.
CREATE TABLE placed AS
SELECT
    u.act AS act, u.t AS t, u.actor AS actor,
    CASE WHEN u.meant = 1 THEN m.other ELSE u.towards END AS addressee,
    u.meant AS inferred,
    COALESCE(w.episode, b.episode) AS episode,
    u.opening AS opening,
    CASE
        WHEN u.opening = 1 OR u.own = 1 THEN NULL
        WHEN u.under_opening = 1 THEN u.above
        WHEN u.above IS NOT NULL THEN o.opened
        ELSE l.answers
    END AS answers
FROM uttered AS u
LEFT JOIN unbroken AS w ON w.space = u.space AND w.thread = u.thread
LEFT JOIN broken AS b ON b.act = u.act
LEFT JOIN meant AS m ON m.act = u.act
LEFT JOIN additions AS o ON o.act = u.above
LEFT JOIN answered_last AS l ON l.act = u.act;

-- One row a contribution, with all that is known of it: what others build on.
CREATE VIEW said AS
SELECT
    p.act AS act, p.t AS t, p.actor AS actor, p.addressee AS addressee,
    CASE WHEN p.inferred = 1 THEN 'inferred_turn' ELSE a.basis END AS basis,
    CASE WHEN p.inferred = 1 THEN :confidence_inferred ELSE a.confidence END AS confidence,
    a.space AS space, a.thread AS thread, p.episode AS episode, p.opening AS opening, p.answers AS answers,
    a.parent AS parent, a.move AS move, a.words AS words, a.uptake AS uptake, a.rk_t AS rk_t, a.rk_o AS rk_o,
    a.text_version AS text_version
FROM placed AS p
JOIN acts AS a ON a.act = p.act;

-- Outcomes and movements that are evidence of something between two people: they name an earlier contribution by
-- another, and are not a guess. A `revised` names nobody; its `credited` does. `declined` is an outcome, not movement.
CREATE TABLE deeds AS
SELECT
    d.act AS act, d.t AS t, d.actor AS actor, p.actor AS author, d.ref AS ref, p.t AS ref_t, d.verb AS verb,
    d.space AS space, p.episode AS episode,
    CASE WHEN d.actor < p.actor THEN d.actor ELSE p.actor END AS one,
    CASE WHEN d.actor < p.actor THEN p.actor ELSE d.actor END AS other,
    CASE WHEN d.verb IN ('credited', 'decided', 'tried', 'declined') THEN 1 ELSE 0 END AS is_outcome,
    CASE WHEN d.verb IN ('credited', 'decided', 'tried', 'moved', 'was_wrong') THEN 1 ELSE 0 END AS is_movement
FROM acts AS d
JOIN placed AS p ON p.act = d.ref
JOIN episodes AS e ON e.episode = p.episode AND e.space = d.space
WHERE d.verb IN ('credited', 'decided', 'tried', 'declined', 'moved', 'was_wrong')
    AND d.actor <> p.actor AND d.basis <> 'inferred_turn' AND (d.t > p.t OR (d.t = p.t AND d.act > p.act));

-- Two people in one episode (from `begins` to `ends`): since when each has spoken to the other (null: never), and how
-- often, openings left aside, which speak to everybody. `one` is the lesser id.
CREATE TABLE meetings AS
SELECT
    m.episode AS episode, m.one AS one, m.other AS other, e.space AS space, e.begins AS begins, e.ends AS ends,
    m.first_one AS first_one, m.first_other AS first_other, m.n_one AS n_one, m.n_other AS n_other
FROM (
    SELECT
        episode, one, other,
        MIN(CASE WHEN by_one = 1 THEN t END) AS first_one,
        MIN(CASE WHEN by_one = 0 THEN t END) AS first_other,
        COUNT(CASE WHEN by_one = 1 AND opening = 0 THEN 1 END) AS n_one,
        COUNT(CASE WHEN by_one = 0 AND opening = 0 THEN 1 END) AS n_other
    FROM (
        SELECT
            episode, t, opening,
            CASE WHEN actor < addressee THEN actor ELSE addressee END AS one,
            CASE WHEN actor < addressee THEN addressee ELSE actor END AS other,
            CASE WHEN actor < addressee THEN 1 ELSE 0 END AS by_one
        FROM placed
        WHERE addressee IS NOT NULL
    ) AS addressed
    GROUP BY episode, one, other
) AS m
JOIN episodes AS e ON e.episode = m.episode;

-- Answers to openings: by whom, speaking to whom; and since when the opener has spoken to them in that episode (null:
-- never).
CREATE VIEW answerings AS
SELECT
    a.answers AS opening, o.actor AS opener, o.t AS opened_t, e.space AS space, a.actor AS answerer,
    a.addressee AS addressee, a.episode AS episode, a.t AS answered_t,
    CASE WHEN o.actor < a.actor THEN m.first_one ELSE m.first_other END AS back_t
FROM placed AS a
JOIN (SELECT act, actor, t FROM placed WHERE opening = 1) AS o ON o.act = a.answers
JOIN episodes AS e ON e.episode = a.episode
LEFT JOIN meetings AS m
    ON m.episode = a.episode
    AND m.one = CASE WHEN o.actor < a.actor THEN o.actor ELSE a.actor END
    AND m.other = CASE WHEN o.actor < a.actor THEN a.actor ELSE o.actor END
