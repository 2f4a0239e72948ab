"""The only move that is ever inferred: a question, by one plain rule. Everything else stays unsaid."""

import re

# What only looks like a question: code, addresses with parameters, and words quoted from somebody else.
NOT_OWN_WORDS = re.compile(r"`[^`]*`|https?://[^\s)>\]]+|\"[^\"]*\"|“[^”]*”|^\s*>.*$", re.MULTILINE)
LEADING_NAME = re.compile(r"^\s*@\S+")
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
WORD = re.compile(r"\w+")


def asks(text: str) -> bool:
    """Whether a sentence of at least two words ends with a question mark, in the writer's own words."""
    own = LEADING_NAME.sub("", NOT_OWN_WORDS.sub(" ", text))
    return any("?" in sentence and len(WORD.findall(sentence)) >= 2 for sentence in SENTENCE.findall(own))
