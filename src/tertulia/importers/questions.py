"""The only move that is ever inferred: a question, by one plain rule. Everything else stays unsaid."""

import re

# What only looks like a question: code, addresses with parameters, and words quoted from somebody else.
NOT_OWN_WORDS = re.compile(
    r"`[^`]*`|\[[^\]\n]*\]\([^)\n]*\)|https?://[^\s)>\]]+|\"[^\"]*\"|“[^”]*”|^\s*>.*$", re.MULTILINE
)
# Lines that only name what stands elsewhere; its title may ask, this person does not.
SEE_ALSO = re.compile(
    r"^\W*(?:see also|also see|related|(?:possible )?duplicate(?: of)?)\b.*$", re.IGNORECASE | re.MULTILINE
)
LEADING_NAME = re.compile(r"^\s*@\S+")
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
WORD = re.compile(r"\w+")


def asks(text: str) -> bool:
    """Whether a sentence of at least two words ends with a question mark, in the writer's own words."""
    return bool(question_in(text))


def question_in(text: str) -> str:
    """The first sentence that asks; "" where none does."""
    own = LEADING_NAME.sub("", NOT_OWN_WORDS.sub(" ", SEE_ALSO.sub(" ", text)))
    for sentence in SENTENCE.findall(own):
        if "?" in sentence and len(WORD.findall(sentence)) >= 2:
            return str(sentence).strip()
    return ""
