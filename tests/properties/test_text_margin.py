"""Whatever is written and credited, the marks of its notes break nothing: none stands within a tag or another link."""

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tertulia.ideas.difference import compare
from tertulia.ideas.markdown import ATTRIBUTES, TAGS, blocks
from tertulia.ideas.models import Credit, Idea, Reply, Version
from tertulia.people.models import Person
from tertulia.web.margin import passages_of

WRITTEN = st.lists(
    st.sampled_from(
        [
            "bread", "kettle.", "*rye*", "**it", "so**", "`x < y`", "<b>", "&lt;ins&gt;", "!", "\n\n", "\n- ", "\n\n> ",
            "\n# ", "\n\n---\n\n", "~~old~~", "```\n", "|a|b|\n|-|-|\n|c|d|\n", "https://e.org/kettle", "[bread", "](https://e.org)",
            '[a](https://e.org "<ins>bread</ins></a><script>rye</script>")', '[a](https://e.org "</a><a ")', "1. ",
        ]
    )
    | st.text(max_size=4),
    max_size=20,
).map(" ".join)  # fmt: skip
SAID = st.lists(st.sampled_from(["bread", "kettle", "rye", "script", "nothing"]), min_size=1, max_size=3).map(
    " ".join
)
IN_LINK = '[a](https://e.org "<ins>bread</ins></a><script>rye</script>") bread'
MARK = re.compile(r'<sup class="ref"><a id="words-\d+".*?</sup>')


class Reader(HTMLParser):
    """Refuses what is not allowed, badly nested, or a link within a link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert tag in TAGS | {"ins", "del", "span", "sup"}
        assert tag != "a" or "a" not in self.open
        if tag == "a" and "id" in given:
            self.marks += 1
            assert set(given) == {"id", "href", "role", "aria-label"}
            assert self.open[-1] == "sup"
        else:
            assert given.keys() <= ATTRIBUTES.get(tag, set()) | {"rel", "class"}
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def as_earlier_cleaners_wrote(html: str) -> str:
    """Stored HTML may have in its attributes what today's cleaner escapes there."""
    return re.sub(r"<[^>]*>", lambda tag: tag[0].replace("&lt;", "<").replace("&gt;", ">"), html)


def shown(old: str, new: str, said: list[str], mode: str) -> list[tuple[str, str]]:
    """Each passage of the second version without and with the marks of so many notes."""
    ana, bo = Person(pk=1, name="Ana"), Person(pk=2, name='Bo "<script>"')
    idea = Idea(pk=1, title="Bread", author=ana)
    before, after = ([as_earlier_cleaners_wrote(block) for block in blocks(text)] for text in (old, new))
    passages: list[dict[str, Any]] = [
        {
            "clean": one.clean,
            "marked": one.marked,
            "difference": one.difference,
            "credits": [*range(len(said))],
        }
        for one in compare(before, after)
    ]
    version = Version(pk=2, number=2, idea=idea, passages=passages)
    credits = [
        Credit(
            pk=at, version=version, sentence=words, by=ana, to=bo, reply=Reply(pk=9, html=f"<p>{words}</p>")
        )
        for at, words in enumerate(said)
    ]
    seen = passages_of(idea, version, credits, mode)
    return [(one[mode or "marked"], str(passage.html)) for one, passage in zip(passages, seen, strict=True)]


@given(WRITTEN, WRITTEN, st.lists(SAID, min_size=1, max_size=3), st.sampled_from(["", "difference"]))
@example("kettle", IN_LINK, ["bread"], "")
@example(IN_LINK, f"{IN_LINK} rye", ["bread"], "difference")
@example("", "[see bread and](https://e.org) kettle", ["bread"], "")
def test_marks_leave_a_text_as_it_is_and_well_nested(old: str, new: str, said: list[str], mode: str) -> None:
    for without, marked in shown(old, new, said, mode):
        assert MARK.sub("", marked) == without
        reader = Reader()
        reader.feed(marked)
        reader.close()
        assert reader.open == []
        assert reader.marks == len(said)
