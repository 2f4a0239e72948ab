-- The moment of an imported history: its last act.
CREATE TABLE last AS
SELECT MAX(t) AS t FROM acts
