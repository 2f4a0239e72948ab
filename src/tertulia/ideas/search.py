"""Search in ideas and replies: the same words find the same things on SQLite and on PostgreSQL.

What is stored is folded first (no accents, no marks, lower case), so that neither database's own idea of a word
matters, and so is what a person types. The index hangs on the table by triggers or a generated column (search_sql.py).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from tertulia.ideas.markdown import plain_of_html
from tertulia.ideas.models import Idea
from tertulia.ideas.search_forms import forms_of_short
from tertulia.ideas.search_sql import unstemmed
from tertulia.importers.words import UNSPACED


@dataclass(frozen=True, slots=True)
class Hit:
    idea_id: int
    # None when the idea itself was found.
    reply_id: int | None
    # Higher is better; comparable within one search only.
    rank: float
    # The plain text of what was found, for `snippet`.
    text: str
    # Of the idea; where it stands is for those who know of the space.
    title: str
    slug: str
    space_id: int
    space: str
    space_is_open: bool
    # Of what was found: None where whoever wrote it is no longer here.
    author: str | None
    at: datetime

    @property
    def pk(self) -> int:
        """An address is an idea's."""
        return self.idea_id


# What a person types is cut there: more words do not find better, and cost.
_MOST_WORDS: Final = 12
_LONGEST_WORD: Final = 40
# One letter begins too many words to be a beginning.
_SHORTEST_BEGINNING: Final = 2
_TITLE_WEIGHT: Final = 10.0

_SNIPPET_LENGTH: Final = 240
_SNIPPET_LEAD: Final = 60
_ENDINGS: Final = re.compile(r"(?:ings?|ed|ers?|es|s|e)$")
_SHORTEST_STEM: Final = 3

_UNSPACED_RUN: Final = re.compile(f"[{UNSPACED}]+")
_LONE: Final = re.compile(f"[{UNSPACED}]")


class _Folding(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_folded(letter) for letter in unicodedata.normalize("NFKD", chr(code)))
        self[code] = folded
        return folded


def _folded(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] in "LN":
        # Casefolding can give accents again (ΐ), and they go as well.
        lower = unicodedata.normalize("NFKD", letter.casefold())
        return "".join(part for part in lower if not unicodedata.combining(part))
    if category[0] == "M":
        # An accent goes; a vowel sign that takes part in the word stays.
        return "" if unicodedata.combining(letter) else letter
    # Characters that are not seen do not part words.
    return "" if category == "Cf" else " "


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Words without accents, marks and capitals, one space between them; scripts without spaces in pairs of letters."""
    return " ".join(_UNSPACED_RUN.sub(_in_pairs, text.translate(_FOLDING)).split())


def _in_pairs(run: re.Match[str]) -> str:
    letters = run.group()
    if len(letters) == 1:
        return f" {letters} "
    return f" {' '.join(letters[at : at + 2] for at in range(len(letters) - 1))} "


# Twenty snippets of a page ask for the same words.
@lru_cache(maxsize=32)
def match(person_words: str) -> tuple[str, ...]:
    """The folded words that all must be found. None where a person typed nothing that can be looked for."""
    words = fold(person_words).split()
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in words))[:_MOST_WORDS]


def find(visible: QuerySet[Idea], words: str, *, limit: int, offset: int = 0) -> list[Hit]:
    """What contains all the words, best first, in the given ideas and the replies to them that are shown."""
    wanted = match(words)
    if not wanted:
        return []
    connection = connections[visible.db]
    try:
        ideas, parameters = visible.order_by().values("pk").query.get_compiler(visible.db).as_sql()
    except EmptyResultSet:
        return []
    sql, asked = _SEARCHES[connection.vendor](wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(ideas=ideas), [*asked, *parameters, limit, offset])
        rows = cursor.fetchall()
    return [_hit(row) for row in rows]


def _hit(row: tuple[Any, ...]) -> Hit:
    idea, reply, rank, html, question, written_at, said_at, title, slug, space_id, space, is_open, author = (
        row
    )
    text = plain_of_html(html or "")
    at = said_at or written_at
    return Hit(
        idea_id=idea,
        reply_id=reply,
        rank=rank,
        text=f"{text} {question}".strip() if reply is None else text,
        title=title,
        slug=slug,
        space_id=space_id,
        space=space,
        space_is_open=is_open,
        author=author,
        # SQLite keeps no zone: what stands there is UTC.
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
    )


# What is shown is asked inside: a rank, a count or a snippet of anything else is never made.
_SHOWN: Final = """
  LEFT JOIN ideas_reply said ON said.id = found.reply_id
  WHERE {matches} AND found.idea_id IN ({{ideas}})
    AND (found.reply_id IS NULL OR (said.withdrawn_at IS NULL AND NOT said.staged))
"""
# Only pieces written here are put together; whatever a person typed is a parameter.
_SQL: Final = f"""
{{asked}}SELECT hit.idea_id, hit.reply_id, hit.rank, COALESCE(reply.html, version.html), idea.question, idea.created_at,
  reply.created_at, idea.title, idea.slug, idea.space_id, space.name, space.is_open, author.name
FROM (
  SELECT found.id, found.idea_id, found.reply_id, {{rank}} AS rank
  FROM {{found}}{_SHOWN}
  ORDER BY rank DESC, found.id LIMIT %s OFFSET %s
) hit
JOIN ideas_idea idea ON idea.id = hit.idea_id
JOIN spaces_space space ON space.id = idea.space_id
LEFT JOIN ideas_reply reply ON reply.id = hit.reply_id
LEFT JOIN ideas_version version ON hit.reply_id IS NULL
  AND version.idea_id = hit.idea_id AND version.reply_id IS NULL AND version.number = idea.version
LEFT JOIN people_person author
  ON author.id = CASE WHEN hit.reply_id IS NULL THEN idea.author_id ELSE reply.author_id END
ORDER BY hit.rank DESC, hit.id
"""  # noqa: S608
_SQLITE: Final = _SQL.format(
    asked="",
    rank=f"-bm25(ideas_searchable_fts, {_TITLE_WEIGHT}, 1.0)",
    found="ideas_searchable_fts JOIN ideas_searchable found ON found.id = ideas_searchable_fts.rowid",
    matches="ideas_searchable_fts MATCH %s",
)


def _in_sqlite(words: tuple[str, ...]) -> tuple[str, list[str]]:
    return _SQLITE, [" AND ".join(map(_asked_of_sqlite, words))]


def _asked_of_sqlite(word: str) -> str:
    """Quoted, a word is never an operator: what has its stem, or begins with it as it is."""
    if not _begins(word):
        return f'"{word}"'
    begins = f'"{unstemmed(word)}"*'
    if len(_ENDINGS.sub("", word)) >= _SHORTEST_STEM:
        return f'("{word}" OR {begins})'
    # The stem of *ines* is *in*, of *using* *us*: they have it in common with little words that stand everywhere.
    forms = [f'"{unstemmed(form)}"' for form in forms_of_short(word)]
    return f"({' OR '.join([begins, *forms])})"


def _in_postgresql(words: tuple[str, ...]) -> tuple[str, list[str]]:
    asked = " && ".join(
        "(to_tsquery('english'::regconfig, %s) || to_tsquery('simple'::regconfig, %s))" for _ in words
    )
    # Folded words hold letters and digits alone, so that quotes are enough.
    parameters = [
        part for word in words for part in (f"'{word}'", f"'{word}':*" if _begins(word) else f"'{word}'")
    ]
    # Asked for once and under a name, the words are no constant that PostgreSQL counts beforehand. It then keeps one
    # plan for all words, which begins at the index. Planning anew took 0.8 ms, and chose to read every text there is.
    sql = _SQL.format(
        asked=f"WITH asked AS MATERIALIZED (SELECT {asked} AS words) ",
        rank="ts_rank_cd(found.document, (SELECT words FROM asked))",
        found="ideas_searchable found",
        matches="found.document @@ (SELECT words FROM asked)",
    )
    return sql, parameters


def _begins(word: str) -> bool:
    return len(word) >= _SHORTEST_BEGINNING or bool(_LONE.match(word))


_SEARCHES: Final = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}


def snippet(plain_text: str, words: str) -> list[tuple[str, bool]]:
    """The text around the first hit in pieces, each with whether it is a hit. To be escaped by whoever shows it."""
    spans = _spans(plain_text, match(words))
    start = _start(plain_text, spans[0][0] if spans else 0)
    end = _end(plain_text, start + _SNIPPET_LENGTH)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for first, last in spans:
        if last > end:
            break
        pieces += [(plain_text[at:first], False), (plain_text[first:last], True)]
        at = last
    pieces += [(plain_text[at:end], False), ("…" if end < len(plain_text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _start(text: str, hit: int) -> int:
    """A little before the hit, at the beginning of a word where there is one."""
    start = max(0, hit - _SNIPPET_LEAD)
    return text.find(" ", start, hit) + 1 or start if start else 0


def _end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - _SNIPPET_LEAD, end)
    return space if space > 0 else end


def _spans(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words stand in the text as it was written."""
    folded = text.translate(_FOLDING)
    spans = sorted(
        hit.span(1) for pattern in _patterns(words) for hit in pattern.finditer(folded) if hit.group(1)
    )
    places = _places(text)
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        if places is not None:
            first, last = places[first], places[last - 1] + 1  # noqa: PLW2901 - from the folded to the written
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _places(text: str) -> list[int] | None:
    """For each folded character the one it came from; None where they stand one to one, as they mostly do."""
    if text.isascii() or all(len(_FOLDING[ord(letter)]) == 1 for letter in set(text)):
        return None
    return [at for at, letter in enumerate(text) for _ in _FOLDING[ord(letter)]]


@lru_cache(maxsize=32)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    pairs = [re.escape(word) for word in words if _LONE.match(word)]
    spaced = [_spaced_pattern(word) for word in words if not _LONE.match(word)]
    patterns = []
    if pairs:
        # Looking ahead finds pairs that overlap.
        patterns.append(re.compile(f"(?=({'|'.join(pairs)}))"))
    if spaced:
        patterns.append(re.compile(f"(?<![^ {UNSPACED}])({'|'.join(spaced)})"))
    return tuple(patterns)


def _spaced_pattern(word: str) -> str:
    """The word, what begins with it, and its English relatives: nearly what the stemmers find."""
    rest, end = f"[^ {UNSPACED}]*", f"(?![^ {UNSPACED}])"
    if not _begins(word):
        return re.escape(word) + end
    stem = _ENDINGS.sub("", word)
    if len(stem) < _SHORTEST_STEM or stem == word:
        return "|".join([re.escape(word) + rest, *(re.escape(form) + end for form in forms_of_short(word))])
    return f"{re.escape(word)}{rest}|{re.escape(stem)}(?:{_ENDINGS.pattern.removesuffix('$')})?{end}"
