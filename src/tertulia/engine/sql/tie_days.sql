-- What each day added to the track record of A about B: acts -> evidence -> entries -> one row a pair and day.
-- Input: acts (the columns of engine.table). Constants: the fields of params.TieParams, and at_us, day_us.
-- Weights are whole thousandths, so that any order of arrival and any removal give the same sums.
-- Source of the rules: ENGINE.md, section 4. engine.entries says the same of one act at a time.

-- Everything that closes, confirms or corrects something. What corrects an act counts whenever it happens.
CREATE TABLE marks AS
SELECT act, t, actor, person, verb, parent, ref, confidence
FROM acts
WHERE verb IN (
        'heard', 'not_quite', 'credited', 'decided', 'promised', 'tried', 'declined', 'met', 'accepted', 'missed',
        'not_kept', 'stands', 'contested', 'contest_answered', 'measuring_off', 'measuring_on'
    )
    AND (t <= :at_us OR verb IN ('contested', 'contest_answered', 'measuring_off', 'measuring_on'))
    -- Whoever opts out is heard, however the act came to be written.
    AND (basis <> 'inferred_turn' OR verb IN ('measuring_off', 'measuring_on')) AND NOT contested;

-- Who has contested what, and whether that is still open: until somebody else answers the contest, naming it or the act.
CREATE VIEW contest_names AS
SELECT act, t, actor, ref AS of_act, act AS named FROM marks WHERE verb = 'contested' AND ref IS NOT NULL
UNION ALL
SELECT act, t, actor, ref AS of_act, ref AS named FROM marks WHERE verb = 'contested' AND ref IS NOT NULL;

CREATE VIEW contest_answers AS
SELECT act, t, actor, ref AS named FROM marks WHERE verb = 'contest_answered' AND ref IS NOT NULL
UNION ALL
SELECT act, t, actor, parent AS named FROM marks WHERE verb = 'contest_answered' AND parent IS NOT NULL;

CREATE VIEW contests_closed AS
SELECT DISTINCT c.act AS act
FROM contest_names AS c
JOIN contest_answers AS x ON x.named = c.named
WHERE x.actor <> c.actor AND (x.t > c.t OR (x.t = c.t AND x.act > c.act));

CREATE TABLE disputes AS
SELECT c.of_act AS act, c.actor AS actor, MAX(CASE WHEN d.act IS NULL THEN 1 ELSE 0 END) AS is_open
FROM contest_names AS c
LEFT JOIN contests_closed AS d ON d.act = c.act
GROUP BY c.of_act, c.actor;

-- Who does not want to be noted: their last word counts, also for the past.
CREATE TABLE unmeasured AS
SELECT actor
FROM (
    SELECT actor, verb, ROW_NUMBER() OVER (PARTITION BY actor ORDER BY t DESC, act DESC) AS back
    FROM marks
    WHERE verb IN ('measuring_off', 'measuring_on')
) AS words_on_it
WHERE back = 1 AND verb = 'measuring_off';

-- A mark beside the contribution of another person that it names.
CREATE TABLE about_words AS
SELECT
    m.act AS act, m.t AS t, m.actor AS actor, m.verb AS verb, m.ref AS ref, m.confidence AS confidence,
    c.actor AS author, c.person AS towards, c.parent AS parent, c.move AS move,
    CASE WHEN c.confidence < m.confidence THEN c.confidence ELSE m.confidence END AS both_confidence,
    CASE WHEN c.basis = 'inferred_turn' THEN 1 ELSE 0 END AS inferred
FROM marks AS m
JOIN acts AS c ON c.act = m.ref
WHERE m.verb IN ('heard', 'not_quite', 'credited', 'decided', 'promised', 'tried', 'declined')
    AND c.verb IN ('posted', 'replied', 'answered') AND c.words >= 1 AND NOT c.contested AND c.t <= :at_us
    AND c.actor <> m.actor AND (c.t < m.t OR (c.t = m.t AND c.act < m.act));

-- A mark beside the mark of another person that it names.
CREATE TABLE about_marks AS
SELECT
    m.act AS act, m.t AS t, m.actor AS actor, m.verb AS verb, m.confidence AS confidence,
    n.act AS ref, n.t AS ref_t, n.actor AS author, n.verb AS ref_verb, n.person AS ref_person, n.ref AS ref_ref
FROM marks AS m
JOIN marks AS n ON n.act = m.ref
WHERE m.verb IN ('heard', 'not_quite', 'missed', 'not_kept')
    AND n.verb IN ('credited', 'decided', 'tried', 'declined', 'promised', 'accepted')
    AND n.actor <> m.actor AND (n.t < m.t OR (n.t = m.t AND n.act < m.act));

-- "Yes, that's it": of what was said back to A, or of an answer to A's question or challenge.
CREATE VIEW hearing AS
SELECT
    h.act AS act, h.t AS t, h.ref AS named, p.act AS third, h.actor AS a, h.author AS b,
    CASE WHEN h.move = 'say_back' THEN 'heard' ELSE 'answered' END AS kind,
    CASE WHEN h.move = 'say_back' THEN :heard ELSE :answered END AS weight,
    h.both_confidence AS confidence
FROM about_words AS h
LEFT JOIN acts AS p
    ON p.act = h.parent AND p.actor = h.actor AND p.verb IN ('posted', 'replied', 'answered') AND p.words >= 1
    AND p.t <= :at_us AND NOT p.contested
WHERE h.verb = 'heard' AND h.inferred = 0
    AND ((h.move = 'say_back' AND (h.towards = h.actor OR p.act IS NOT NULL))
        OR ((h.move IS NULL OR h.move <> 'say_back') AND p.move IN ('question', 'challenge')));

-- A promise is kept by the next telling: each promise once, each telling once.
CREATE VIEW tellings AS
SELECT
    act, t, ref, actor, author, verb, confidence,
    LAG(verb) OVER (PARTITION BY actor, ref ORDER BY t, act) AS before,
    LAG(act) OVER (PARTITION BY actor, ref ORDER BY t, act) AS promise
FROM about_words
WHERE verb IN ('promised', 'tried');

-- What B closed alone: an outcome that names A's words. From A's side, about B.
CREATE TABLE closed_alone AS
SELECT
    act, t, ref AS named, ref AS third, author AS a, actor AS b,
    CASE WHEN verb = 'declined' THEN 'declined' ELSE 'acted' END AS kind,
    CASE WHEN verb = 'declined' THEN :declined ELSE :acted END AS weight,
    confidence
FROM about_words
WHERE verb IN ('credited', 'decided', 'tried', 'declined')
UNION ALL
SELECT act, t, ref AS named, promise AS third, author AS a, actor AS b, 'kept' AS kind, :kept AS weight, confidence
FROM tellings
WHERE verb = 'tried' AND before = 'promised';

-- "Not quite", of B's words or of what B did with A's.
CREATE VIEW not_quites AS
SELECT act, t, actor, author, ref, confidence FROM about_words WHERE verb = 'not_quite'
UNION ALL
SELECT act, t, actor, author, ref, confidence FROM about_marks WHERE verb = 'not_quite';

CREATE VIEW standing AS
SELECT s.act AS act, s.t AS t, q.act AS named, q.ref AS third, q.actor AS a, q.author AS b,
    CASE WHEN q.confidence < s.confidence THEN q.confidence ELSE s.confidence END AS confidence
FROM (
    SELECT act, t, actor, author, ref, confidence, act AS said_of FROM not_quites
    UNION ALL
    SELECT act, t, actor, author, ref, confidence, ref AS said_of FROM not_quites
) AS q
JOIN marks AS s ON s.verb = 'stands' AND s.ref = q.said_of AND s.actor = q.actor
WHERE s.t - q.t >= :not_heard_after_us;

-- "We met": the pair's acts about one and the same meeting. Each says it; one names the other's, or both the same.
CREATE VIEW meeting_notes AS
SELECT
    m.act AS act, m.t AS t, m.actor AS actor, m.person AS person, m.confidence AS confidence,
    CASE WHEN m.actor < m.person THEN m.actor ELSE m.person END AS one,
    CASE WHEN m.actor < m.person THEN m.person ELSE m.actor END AS other,
    CASE WHEN n.act IS NOT NULL THEN COALESCE(n.ref, n.act) ELSE COALESCE(m.ref, m.act) END AS meeting
FROM marks AS m
LEFT JOIN marks AS n ON n.act = m.ref AND n.verb = 'met'
WHERE m.verb = 'met' AND m.person IS NOT NULL AND m.person <> m.actor;

CREATE VIEW meetings_noted AS
SELECT n.one AS one, n.other AS other, n.meeting AS meeting, n.act AS act, n.t AS t, n.actor AS actor,
    n.confidence AS confidence
FROM meeting_notes AS n
LEFT JOIN disputes AS d ON d.act = n.act AND d.actor = n.one
LEFT JOIN disputes AS e ON e.act = n.act AND e.actor = n.other
WHERE COALESCE(d.is_open, 0) = 0 AND COALESCE(e.is_open, 0) = 0;

CREATE VIEW meetings_confirmed AS
SELECT one, other, MIN(t) AS t, MIN(confidence) AS confidence
FROM meetings_noted
GROUP BY one, other, meeting
HAVING MIN(actor) < MAX(actor);

-- All that may be evidence of B to A. `once`: it counts once however often it is said. `third`: what it rests on besides.
-- What B closed alone counts half, and the other half from when A has confirmed it, on the day it was done.
CREATE TABLE evidence AS
SELECT act, t, named, third, a, b, kind, named AS once, 0 AS unless_disputed,
    CAST(FLOOR(CAST(weight AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM hearing
UNION ALL
SELECT act, t, named, third, a, b, kind, CAST(NULL AS BIGINT) AS once, 0 AS unless_disputed,
    CAST(FLOOR(CAST(weight AS DOUBLE) / CAST(2 AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM closed_alone
UNION ALL
SELECT h.act AS act, c.t AS t, c.act AS named, c.third AS third, c.a AS a, c.b AS b, c.kind AS kind,
    c.act AS once, 0 AS unless_disputed,
    CAST(FLOOR(
        CAST(c.weight AS DOUBLE) / CAST(2 AS DOUBLE)
        * CASE WHEN h.confidence < c.confidence THEN h.confidence ELSE c.confidence END + CAST(0.5 AS DOUBLE)
    ) AS BIGINT) AS w
FROM closed_alone AS c
JOIN about_marks AS h ON h.ref = c.act AND h.actor = c.a AND h.verb = 'heard'
UNION ALL
SELECT act, t, ref AS named, ref AS third, actor AS a, author AS b, 'moved_me' AS kind,
    CAST(NULL AS BIGINT) AS once, 0 AS unless_disputed,
    CAST(FLOOR(CAST(:moved_me AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM about_words
WHERE verb = 'credited'
UNION ALL
SELECT act, t, ref AS named, ref AS third, actor AS a, author AS b, 'missed' AS kind,
    ref AS once, 1 AS unless_disputed,
    CAST(FLOOR(CAST(:missed AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM about_marks
WHERE verb = 'missed' AND ref_verb = 'accepted' AND (ref_person IS NULL OR ref_person = actor)
UNION ALL
SELECT m.act AS act, m.t AS t, m.ref AS named, p.ref AS third, m.actor AS a, m.author AS b, 'not_kept' AS kind,
    m.ref AS once, 1 AS unless_disputed,
    CAST(FLOOR(CAST(:not_kept AS DOUBLE) * m.confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM about_marks AS m
JOIN about_words AS p ON p.act = m.ref AND p.verb = 'promised' AND p.author = m.actor
WHERE m.verb = 'not_kept' AND m.t - m.ref_t >= :not_kept_after_us
UNION ALL
SELECT act, t, named, third, a, b, 'not_heard' AS kind, third AS once, 0 AS unless_disputed,
    CAST(FLOOR(CAST(:not_heard AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM standing;

-- Without what either of the two contests openly: the act itself or what it rests on. A missed meeting and a broken
-- promise are out for good once contested.
CREATE TABLE undisputed AS
SELECT e.act AS act, e.named AS named, e.a AS a, e.b AS b, e.t AS t, e.kind AS kind, e.once AS once, e.w AS w
FROM evidence AS e
LEFT JOIN disputes AS d1 ON d1.act = e.act AND d1.actor = e.a
LEFT JOIN disputes AS d2 ON d2.act = e.act AND d2.actor = e.b
LEFT JOIN disputes AS d3 ON d3.act = e.named AND d3.actor = e.a
LEFT JOIN disputes AS d4 ON d4.act = e.named AND d4.actor = e.b
LEFT JOIN disputes AS d5 ON d5.act = e.third AND d5.actor = e.a
LEFT JOIN disputes AS d6 ON d6.act = e.third AND d6.actor = e.b
WHERE e.w > 0
    AND COALESCE(d1.is_open, 0) + COALESCE(d2.is_open, 0) + COALESCE(d3.is_open, 0)
        + COALESCE(d4.is_open, 0) + COALESCE(d5.is_open, 0) + COALESCE(d6.is_open, 0) = 0
    AND (e.unless_disputed = 0 OR (d1.act IS NULL AND d2.act IS NULL));

CREATE VIEW entered AS
SELECT a, b, t, kind, w FROM undisputed WHERE once IS NULL
UNION ALL
SELECT a, b, MIN(t) AS t, kind, MAX(w) AS w FROM undisputed WHERE once IS NOT NULL GROUP BY a, b, kind, once
UNION ALL
SELECT one AS a, other AS b, t, 'met' AS kind,
    CAST(FLOOR(CAST(:met AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM meetings_confirmed
UNION ALL
SELECT other AS a, one AS b, t, 'met' AS kind,
    CAST(FLOOR(CAST(:met AS DOUBLE) * confidence + CAST(0.5 AS DOUBLE)) AS BIGINT) AS w
FROM meetings_confirmed;

CREATE VIEW entries AS
SELECT
    e.a AS a, e.b AS b,
    CAST(FLOOR(CAST(e.t AS DOUBLE) / CAST(:day_us AS DOUBLE)) AS BIGINT) AS day,
    e.kind AS kind,
    CASE WHEN e.kind IN ('missed', 'not_kept', 'not_heard') THEN 0 ELSE e.w END AS r,
    CASE WHEN e.kind IN ('missed', 'not_kept', 'not_heard') THEN e.w ELSE 0 END AS s,
    CASE e.kind
        WHEN 'answered' THEN 1 WHEN 'heard' THEN 2 WHEN 'acted' THEN 4 WHEN 'declined' THEN 8 WHEN 'moved_me' THEN 16
        WHEN 'met' THEN 32 WHEN 'kept' THEN 64 WHEN 'missed' THEN 128 WHEN 'not_kept' THEN 256 ELSE 512
    END AS mask
FROM entered AS e
LEFT JOIN unmeasured AS u ON u.actor = e.a
LEFT JOIN unmeasured AS v ON v.actor = e.b
WHERE e.w > 0 AND u.actor IS NULL AND v.actor IS NULL;

-- One row a pair and UTC day: the raw sums, and which kinds (a bit each, in the order of ENGINE.md's table).
-- The sums are of whole numbers below 2 to the 53, which a DOUBLE holds exactly and every engine adds fast.
CREATE TABLE tie_days AS
SELECT a, b, day,
    CAST(SUM(CAST(r AS DOUBLE)) AS BIGINT) AS r, CAST(SUM(CAST(s AS DOUBLE)) AS BIGINT) AS s,
    CAST(BIT_OR(mask) AS BIGINT) AS kinds
FROM entries
GROUP BY a, b, day;
