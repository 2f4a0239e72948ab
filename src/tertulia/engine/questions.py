"""Does somebody ask? The one move that is ever inferred, by plain rules. Everything else stays unsaid."""

import re
from typing import Final

# What only looks like a question: code, the words of links, addresses with parameters, words quoted from somebody else.
_NOT_OWN_WORDS: Final = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*\)|https?://[^\s)>\]]+|\"[^\"\n]*[\w\s][^\"\n]*\?\"|“[^”]*”|^\s*>[^\n]*$",
    re.MULTILINE | re.DOTALL,
)
# Lines that only name what stands elsewhere; its title may ask, this person does not.
_SEE_ALSO: Final = re.compile(
    r"^\W*(?:see also|also see|related|(?:possible )?duplicate(?: of)?)\b.*$", re.IGNORECASE | re.MULTILINE
)
_ADDRESSED: Final = re.compile(r"@\S+")
# The question marks of Latin, Greek, Armenian, Arabic, Ethiopic and full-width type.
_MARKS: Final = "?\u037e\u055e\u061f\u1367\u2047\u2048\u2049\uff1f"
# A stop within a word ends no sentence: example.org.
_SENTENCE: Final = re.compile(rf"(?:[^.!{_MARKS}…。！\n]|\.(?=\w))*[.!{_MARKS}…。！]*")
_LETTER: Final = re.compile(r"\w")
# Words with which people begin before they ask.
_BEFORE: Final = re.compile(
    r"^(?:\W+|(?:so|ok|okay|and|but|or|hey|hi|hello|great|well|yes|yeah|right|then|also|guys|all|now|cool|sorry|"
    r"alright|everyone|wait|oh|hmm)\b)+",
    re.IGNORECASE,
)
# How an English sentence without its mark shows that it asks: a question word, or the verb before the person.
_ENGLISH: Final = re.compile(
    r"(?:why\b(?!\s+(?:i|we)\b)|what(?:'?s|\s+(?:about|if|is|are|was|were|do|does|did|would|should|can|could|you|"
    r"everyone|the\s+others))\b|how(?:\s+(?:about|do|does|did|is|are|can|could|would|should|come|many|much|long|sure))\b|"
    r"who\b(?:'s|\s+(?:is|are|was|else|has|did|thinks|wants))|"
    r"where(?:'?s|\s+(?:is|are|do|did))\b|"
    r"which\s+(?:one|ones|of|way|do|did|are|is(?!\s+why)|\w+\s+(?:do|did|should|shall|would|are|is|to))\b|"
    r"(?:should|shall|can|could|would|will|do|does|did|are|is|was|were|have|has|am|(?:do|does|is|are|should|would|did)n['’]?t|"
    r"r)\s+(?:we|you|u|i|it|that|this|these|those|they|he|she|there|everyone|everybody|"
    r"anyone|anybody|someone|people|the)\b|"
    r"(?:does|has|is|did|can)\s+(?:any|every|some)\w+\b|"
    r"any(?:one|body)?\s+(?:thoughts|ideas?|else|objections?|questions|suggestions|other|opinions?)\b|"
    r"thoughts\s*$)",
    re.IGNORECASE,
)
_ASKED_INSIDE: Final = re.compile(
    r"\b(?:what\s+(?:do|did|does|about)\s+(?:you|we|everyone|u)|how\s+about\s+you|do\s+you\s+(?:all\s+)?(?:agree|think)|"
    r"let\s+us\s+know|tell\s+(?:me|us)\s+(?:why|what|how)|your\s+thoughts)\b",
    re.IGNORECASE,
)
# "Why" alone is a question in these; their other question words open other sentences too.
_WHY: Final = re.compile(
    r"(?:warum|wieso|weshalb|pourquoi|por\s+qué|por\s+que|waarom|varför|hvorfor|dlaczego|proč|prečo|почему|зачем|чому|"
    r"miksi|miért|neden|niçin)\b",
    re.IGNORECASE,
)
_PARTICLE: Final = re.compile(r"(?:吗|嗎|呢|吧|ですか|ますか|でしょうか|까요|나요|습니까|ไหม|หรือเปล่า)\s*$")


def asks(text: str) -> bool:
    """Whether a sentence asks something, in the writer's own words.

    A sentence asks if it ends with a question mark of any script; or, without a full stop, if it opens as English
    questions do, or with "why" in one of some other languages, or ends with a particle that asks in Chinese,
    Japanese, Korean or Thai. Quoted lines and words, code and addresses are not the writer's own.

    How to read it: checked on English chats of small groups alone (validity, *question or not*). Rhetorical questions
    ask; a polite hint without a mark does not. Elsewhere only the question mark has been looked at.
    """
    return bool(question_in(text))


# Marks that open what they stand before.
_OPENING: Final = frozenset("\"'(\u00a1\u00ab\u00bf\u2018\u201c\u201e")


def question_in(text: str) -> str:
    """The first sentence of `text` that asks, by the same rule and as it stands there; "" where none does."""
    own = text
    for other in (_SEE_ALSO, _NOT_OWN_WORDS, _ADDRESSED):
        # As many spaces: a place in what is left is the place in the text.
        own = other.sub(lambda found: " " * len(found[0]), own)
    for sentence in _SENTENCE.finditer(own):
        if _asks(sentence[0]):
            return _from_its_first_word(" ".join(text[sentence.start() : sentence.end()].split()))
    return ""


def _from_its_first_word(sentence: str) -> str:
    """Without what closes the sentence before; with what opens before the word."""
    letter = _LETTER.search(sentence)
    start = letter.start() if letter else 0
    while start and sentence[start - 1] in _OPENING:
        start -= 1
    return sentence[start:]


def _asks(sentence: str) -> bool:
    words = sentence.rstrip(" '\")")
    if not _LETTER.search(words):
        return False
    if words[-1] in _MARKS or any(mark in words for mark in _MARKS):
        return True
    if words.endswith((".", "。", "…")):
        return False
    opening = _BEFORE.sub("", words.lstrip(" '\"("))
    return bool(
        _ENGLISH.match(opening)
        or _WHY.match(opening)
        or _ASKED_INSIDE.search(words)
        or _PARTICLE.search(words)
    )
