-- One person's ties, and with which act each began and was last added to. After ties.sql.

CREATE TABLE my_ties AS
SELECT a, b, r, s, first_day, last_day, days, kinds, earned, state FROM ties WHERE a = :person;

CREATE TABLE mine AS
SELECT b, MIN(act) AS first_act, MAX(act) AS last_act
FROM (
    SELECT b, act FROM undisputed WHERE a = :person
    UNION ALL
    SELECT CASE WHEN one = :person THEN other ELSE one END AS b, act
    FROM meetings_noted
    WHERE one = :person OR other = :person
) AS of_mine
GROUP BY b
