"""The corpus of PERFORMANCE.md, as plain values: 200 people, 50 threads, 2,093 posts of 102 words on average.

Nothing here is anybody's: the words are drawn from `words.txt`, by a seed, so that every run measures the same texts.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

PEOPLE, THREADS, POSTS, WORDS = 200, 50, 2093, 102
# Replies of the first two threads; the others share what is left.
LONG = (100, 1000)
SEED = 14
SHORTEST, LONGEST = 12, 400

FIRST = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Ema",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jan",
    "Kaja",
    "Leo",
    "Mira",
    "Nils",
    "Olga",
    "Pau",
    "Rosa",
    "Sven",
    "Tess",
    "Uma",
]
LAST = ["Arden", "Bloom", "Castell", "Dorn", "Ekman", "Fabre", "Grove", "Holt", "Ibsen", "Juhl"]
ASKS = ("doubts", "experience", "help", "half_baked")
TOPICS = ("gardens", "clocks", "bridges", "bread", "maps", "choirs", "tools", "rivers")
TO_AN_IDEA = ("", "", "question", "challenge", "experience", "build_on")
TO_A_REPLY = ("", "", "", "say_back", "question", "try", "dont_know")


@dataclass(frozen=True)
class Post:
    """A reply, or an answer to an earlier one of its thread."""

    by: int
    text: str
    starter: str
    # The place of what it answers among the posts of the thread; None where it replies to the idea.
    answers: int | None
    # A saying-back that the person answered confirmed.
    confirmed: bool


@dataclass(frozen=True)
class Thread:
    by: int
    title: str
    text: str
    ask: str
    topics: tuple[str, ...]
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Corpus:
    names: tuple[str, ...]
    threads: tuple[Thread, ...]


@cache
def words() -> tuple[str, ...]:
    """The vocabulary, the commonest first."""
    return tuple(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())


@cache
def corpus() -> Corpus:
    writer = Writer(SEED)
    lengths = iter(writer.lengths(POSTS))
    names = tuple(f"{first} {last}" for last in LAST for first in FIRST)
    return Corpus(names, tuple(writer.thread(size, lengths) for size in sizes()))


def sizes() -> list[int]:
    """How many replies each thread has."""
    others = THREADS - len(LONG)
    share, more = divmod(POSTS - THREADS - sum(LONG), others)
    return [*LONG, *(share + (at < more) for at in range(others))]


def searches() -> list[str]:
    """What people look for: words that a tenth of the posts hold, and two together."""
    known = words()
    return [known[200], known[250], known[300], f"{known[60]} {known[100]}"]


class Writer:
    """Draws people, words and openings, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - nothing here is secret
        # As in any language, a word of rank r is about 1/r as frequent. With the 20, ten thousand words are about as
        # long, and as hard for gzip, as ten thousand of a real forum (53 and 21 KB; a Stack Exchange dump: 58, 22).
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(1, len(words()) + 1)))

    def lengths(self, count: int) -> list[int]:
        """Mostly short, some long, exactly the average."""
        drawn = [
            min(max(round(self.draw.lognormvariate(4.4, 0.65)), SHORTEST), LONGEST) for _ in range(count)
        ]
        over = sum(drawn) - count * WORDS
        step = -1 if over > 0 else 1
        at = 0
        while over:
            if SHORTEST < drawn[at] < LONGEST:
                drawn[at] += step
                over += step
            at = (at + 1) % count
        return drawn

    def thread(self, size: int, lengths: Iterator[int]) -> Thread:
        circle = self.draw.sample(range(1, PEOPLE), min(PEOPLE - 1, 8 + size // 4))
        author, text = circle[0], self.text(next(lengths))
        posts: list[Post] = []
        for _ in range(size):
            # The bench's own person speaks in every thread, so that something waits for them.
            by = self.draw.choice([0, *circle])
            posts.append(self.post(by, author, posts, next(lengths)))
        return Thread(
            by=author,
            title=" ".join(self.some_words(6)).capitalize(),
            text=text,
            ask=self.draw.choice(ASKS),
            topics=tuple(self.draw.sample(TOPICS, 2)),
            posts=tuple(posts),
        )

    def post(self, by: int, author: int, before: list[Post], length: int) -> Post:
        text = self.text(length)
        if not before or self.draw.random() < 0.5:
            starter = self.draw.choice(TO_AN_IDEA) if by != author else ""
            return Post(by, text, starter, None, confirmed=False)
        answers = self.draw.randrange(max(0, len(before) - 30), len(before))
        own = before[answers].by == by
        starter = "" if own else self.draw.choice(TO_A_REPLY)
        return Post(by, text, starter, answers, starter == "say_back" and self.draw.random() < 0.7)

    def some_words(self, count: int) -> list[str]:
        return self.draw.choices(words(), cum_weights=self.weights, k=count)

    def text(self, length: int) -> str:
        """Markdown of so many words: paragraphs of a few sentences, here and there emphasis, a quote, a list."""
        paragraphs = []
        while length:
            take = length if length < 70 else self.draw.randint(35, 60)
            paragraphs.append(self.paragraph(take))
            length -= take
        return "\n\n".join(paragraphs)

    def paragraph(self, length: int) -> str:
        sentences = []
        left = length
        while left:
            take = left if left < 18 else self.draw.randint(6, 14)
            sentences.append(self.sentence(take))
            left -= take
        kind = self.draw.random()
        if kind < 0.06:
            return "\n".join(f"- {sentence}" for sentence in sentences)
        return f"> {' '.join(sentences)}" if kind < 0.1 else " ".join(sentences)

    def sentence(self, length: int) -> str:
        chosen = self.some_words(length)
        if self.draw.random() < 0.08:
            chosen[-1] = f"*{chosen[-1]}*"
        end = "?" if self.draw.random() < 0.05 else "."
        return f"{chosen[0].capitalize()} {' '.join(chosen[1:])}".rstrip() + end
