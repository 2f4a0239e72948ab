-- Where the people to whom one person has ties talk lately, and that person never did. Over acts that they may read.
-- Inputs besides acts: near (b, r, s), their ties; topics (act, topic).

CREATE TABLE lately AS
SELECT x.act AS act, x.t AS t, x.actor AS actor, x.space AS space
FROM acts AS x
JOIN near AS n ON n.b = x.actor
WHERE n.r > n.s AND x.verb IN ('posted', 'replied', 'answered') AND x.words >= 1
    AND x.t <= :at_us AND x.t > :lately_us;

CREATE TABLE here AS
SELECT DISTINCT actor FROM lately;

CREATE TABLE spaces_beyond AS
SELECT l.space AS beyond, l.actor AS actor, MAX(l.act) AS act
FROM lately AS l
LEFT JOIN (
    SELECT DISTINCT space
    FROM acts
    WHERE actor = :person AND verb IN ('posted', 'replied', 'answered') AND words >= 1 AND t <= :at_us
) AS m ON m.space = l.space
WHERE m.space IS NULL AND l.space IS NOT NULL
GROUP BY l.space, l.actor;

CREATE TABLE topics_beyond AS
SELECT k.topic AS beyond, l.actor AS actor, MAX(l.act) AS act
FROM lately AS l
JOIN topics AS k ON k.act = l.act
LEFT JOIN (
    SELECT DISTINCT t.topic AS topic
    FROM topics AS t
    JOIN acts AS x ON x.act = t.act
    WHERE x.actor = :person AND x.t <= :at_us
) AS m ON m.topic = k.topic
WHERE m.topic IS NULL
GROUP BY k.topic, l.actor
