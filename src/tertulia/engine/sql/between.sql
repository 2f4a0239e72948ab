-- Everything that either of two people did: what is between them is among it.
CREATE TABLE between_two AS
SELECT act, t, actor, verb, person, move, space, thread, parent, ref, words, basis, confidence, contested
FROM acts
WHERE (actor = :a OR actor = :b) AND (t <= :at_us OR verb IN (
    'contested', 'contest_answered', 'measuring_off', 'measuring_on'
))
