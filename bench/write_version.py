"""What it costs to write a version of 5,000 words: its difference from the version before, in CPU milliseconds."""

import json
import time
from dataclasses import dataclass

from bench.corpus import Writer, words
from bench.site import build_folder
from tertulia.ideas.difference import compare
from tertulia.ideas.markdown import blocks

LENGTH, ROUNDS = 5000, 5


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str


def changes() -> list[Change]:
    """From a tidied text to another one."""
    writer = Writer(5000)
    text = writer.text(LENGTH)
    paragraphs = text.split("\n\n")
    moved = [*paragraphs[len(paragraphs) // 2 :], *paragraphs[: len(paragraphs) // 2]]
    return [
        Change("one word in ten is another", text, with_other_words(writer, text, 0.1)),
        Change("every other word is another", text, with_other_words(writer, text, 0.5)),
        Change("the halves change places", text, "\n\n".join(moved)),
        Change("a wholly different text", text, writer.text(LENGTH)),
    ]


def with_other_words(writer: Writer, text: str, part: float) -> str:
    known = words()
    return "\n\n".join(
        " ".join(
            writer.draw.choice(known) if writer.draw.random() < part else word
            for word in paragraph.split(" ")
        )
        for paragraph in text.split("\n\n")
    )


def cpu_ms(change: Change) -> float:
    """The least of several times, from the blocks of both texts as the action has them."""
    before, after = blocks(change.before), blocks(change.after)
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        compare(before, after)
        found.append((time.process_time() - began) * 1000)
    return min(found)


def measure() -> dict[str, float]:
    figures = {change.name: round(cpu_ms(change), 1) for change in changes()}
    (build_folder() / "bench-version.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return figures
