-- When each space's life began and ended: with what somebody did there, not with housekeeping such as an import's close.
-- Input: acts.
CREATE TABLE lives AS
SELECT space, MIN(t) AS begins, MAX(t) AS ends
FROM acts
WHERE space IS NOT NULL AND verb IN (
    'posted', 'replied', 'answered', 'credited', 'decided', 'tried', 'declined', 'moved', 'was_wrong', 'noticed',
    'revised', 'heard', 'not_quite', 'promised'
)
GROUP BY space
