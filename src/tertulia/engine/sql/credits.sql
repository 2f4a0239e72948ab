-- Who credited whom on which topic: a day counts once, half as much a half-life later, less what was credited back.
-- After ties.sql. Input besides acts: topics (act, topic). A topic of any act of a thread is a topic of that thread.

CREATE VIEW topics_of_threads AS
SELECT DISTINCT x.space AS space, x.thread AS thread, k.topic AS topic
FROM topics AS k
JOIN acts AS x ON x.act = k.act;

CREATE TABLE given AS
SELECT g.act AS act, g.a AS giver, g.b AS receiver, x.space AS space, x.thread AS thread,
    CAST(FLOOR(CAST(g.t AS DOUBLE) / CAST(:day_us AS DOUBLE)) AS BIGINT) AS day
FROM undisputed AS g
JOIN acts AS x ON x.act = g.named
LEFT JOIN unmeasured AS u ON u.actor = g.a
LEFT JOIN unmeasured AS v ON v.actor = g.b
WHERE g.kind = 'moved_me' AND u.actor IS NULL AND v.actor IS NULL;

CREATE VIEW given_on AS
SELECT g.giver AS giver, g.receiver AS receiver, k.topic AS topic, g.day AS day, MAX(g.act) AS act
FROM given AS g
JOIN topics_of_threads AS k ON k.space = g.space AND k.thread = g.thread
GROUP BY g.giver, g.receiver, k.topic, g.day;

CREATE VIEW given_at_all AS
SELECT giver, receiver,
    SUM(POWER(CAST(2 AS DOUBLE), CAST(day - :at_day AS DOUBLE) / CAST(:expertise_half_life_days AS DOUBLE))) AS e
FROM (SELECT DISTINCT giver, receiver, day FROM given) AS once_a_day
GROUP BY giver, receiver;

CREATE VIEW credited_on AS
SELECT giver, receiver, topic,
    SUM(POWER(CAST(2 AS DOUBLE), CAST(day - :at_day AS DOUBLE) / CAST(:expertise_half_life_days AS DOUBLE))) AS e,
    MAX(act) AS last_act
FROM given_on
GROUP BY giver, receiver, topic;

CREATE TABLE credits AS
SELECT c.topic AS topic, c.giver AS giver, c.receiver AS receiver, c.e - COALESCE(b.e, CAST(0 AS DOUBLE)) AS e,
    c.last_act AS last_act
FROM credited_on AS c
LEFT JOIN given_at_all AS b ON b.giver = c.receiver AND b.receiver = c.giver
WHERE c.e - COALESCE(b.e, CAST(0 AS DOUBLE)) > CAST(0 AS DOUBLE)
