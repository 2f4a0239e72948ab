"""Whatever people do, in whatever order: threads stay in order, counters stay right, and lists agree."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.actions.replies import INDENTS, place_in_thread
from tertulia.ideas.models import Idea, Reply
from tertulia.ideas.queries import PAGE
from tertulia.people.policies import Refused
from tests.community import NOON, a_space, somebody, waiting_count

# For each reply, which of those before it it answers; -1: the idea.
TREES = st.lists(st.integers(-1, 40), max_size=40).map(
    lambda parents: [min(parent, i - 1) for i, parent in enumerate(parents)]
)


def placed(parents: list[int]) -> list[Reply]:
    rows: list[Reply] = []
    for number, parent in enumerate(parents, 1):
        depth, path = place_in_thread(rows[parent] if parent >= 0 else None, number)
        rows.append(Reply(number=number, depth=depth, path=path))
    return rows


def depth_first(parents: list[int]) -> list[int]:
    """The numbers as a page should list them: children under parents, and what is deeper in the order of time."""
    depths: list[int] = []
    above: list[int] = []
    for parent in parents:
        deepest = parent >= 0 and depths[parent] == INDENTS
        # Beyond the last indent an answer stands beside what it answers.
        above.append(above[parent] if deepest else parent)
        depths.append(0 if parent < 0 else INDENTS if deepest else depths[parent] + 1)

    def under(parent: int) -> list[int]:
        return [n for i, a in enumerate(above) if a == parent for n in (i + 1, *under(i))]

    return under(-1)


@given(TREES)
def test_the_order_of_paths_is_depth_first_with_three_indents(parents: list[int]) -> None:
    rows = placed(parents)

    assert [row.number for row in sorted(rows, key=lambda row: row.path)] == depth_first(parents)
    assert all(row.depth <= INDENTS for row in rows)
    assert all(len(row.path) <= 40 for row in rows)
    assert len({row.path for row in rows}) == len(rows)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=4, max_size=4))
def test_a_path_of_the_largest_numbers_fits_its_column(numbers: list[int]) -> None:
    row = None
    for number in numbers:
        depth, path = place_in_thread(row, number)
        row = Reply(depth=depth, path=path)

    assert row is not None
    assert len(row.path) <= 40


PEOPLE = ("Ana", "Bo", "Cleo")
STARTERS = ("", "question", "say_back", "try", "keep", "dont_know", "was_wrong")
STEP = st.tuples(
    st.sampled_from(
        ["reply", "answer", "answer", "confirm", "not_quite", "take_back", "set_aside", "revise", "decide",
         "try", "credit_answer", "unnamed", "moved", "withdraw"]
    ),
    st.sampled_from(PEOPLE),
    st.integers(0, 30),
    st.sampled_from(STARTERS),
)  # fmt: skip


class Evening:
    """Plays steps; what the house refuses is no step."""

    def __init__(self) -> None:
        self.people = {name: somebody(name) for name in PEOPLE}
        self.space = a_space(*self.people.values())
        self.at = NOON
        self.idea = actions.write_idea(
            by=self.people["Ana"], space=self.space, title="Rye", text="Rye.", ask="help", at=NOON
        )

    def play(self, what: str, name: str, which: int, starter: str) -> None:
        self.at += timedelta(minutes=2)
        replies = list(queries.replies_of(self.idea))
        reply = replies[which % len(replies)].pk if replies else 0
        credits = list(queries.credits_of(self.idea))
        credit = credits[which % len(credits)].pk if credits else 0
        try:
            self.step(what, name, starter, reply, credit)
        except Refused:
            return

    def step(self, what: str, name: str, starter: str, reply: int, credit: int) -> None:
        by, at, idea = self.people[name], self.at, self.idea.pk
        version = Idea.objects.get(pk=idea).version
        steps: dict[str, Callable[[], object]] = {
            "reply": lambda: actions.reply(by=by, idea_id=idea, text="Is it?", at=at),
            "answer": lambda: actions.answer(by=by, reply_id=reply, text="So?", starter=starter, at=at),
            "confirm": lambda: actions.confirm(by=by, reply_id=reply, at=at),
            "not_quite": lambda: actions.not_quite(by=by, reply_id=reply, text="No.", at=at),
            "take_back": lambda: actions.take_back(by=by, reply_id=reply, at=at),
            "set_aside": lambda: actions.set_aside(by=by, reply_id=reply, at=at),
            "revise": lambda: actions.revise(
                by=by, idea_id=idea, base_version=version, title="Rye", text=f"Rye {at}.", at=at,
                credits=[Credited(reply, "This.")] if reply else [],
            ),
            "decide": lambda: actions.decide(by=by, idea_id=idea, text="Yes.", naming=(reply,) if reply else (), at=at),
            "try": lambda: actions.tell_tried(by=by, idea_id=idea, text="It tore.", naming=reply or None, at=at),
            "credit_answer": lambda: actions.answer_credit(by=by, credit_id=credit, got_me_right=True, at=at),
            "unnamed": lambda: actions.prefer_unnamed(by=by, credit_id=credit, at=at),
            "moved": lambda: actions.say_what_moved(by=by, credit_id=credit, text="A lot.", at=at),
            "withdraw": lambda: actions.withdraw_idea(by=by, idea_id=idea, at=at),
        }  # fmt: skip
        steps[what]()


class TestAnyEvening(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEP, max_size=25))
    def test_counters_and_lists_say_what_the_rows_say(self, steps: list[tuple[str, str, int, str]]) -> None:
        evening = Evening()

        for step in steps:
            evening.play(*step)

        idea = Idea.objects.get(pk=evening.idea.pk)
        rows = list(Reply.objects.filter(idea=idea).order_by("number"))
        shown = [row for row in rows if row.withdrawn_at is None]
        others = [row.created_at for row in shown if row.author_id != idea.author_id]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert (idea.contributions, idea.replies_shown) == (len(rows), len(shown))
        assert idea.answered_at == min(others, default=None)
        for person in evening.people.values():
            lists = len(queries.waiting_replies(person, evening.at)) + len(
                queries.waiting_credits(person, evening.at)
            )
            assert waiting_count(person, evening.at) == lists

    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(-1, 300), min_size=PAGE + 1, max_size=PAGE + 60))
    def test_pages_of_a_hundred_hold_the_thread_once_in_its_order(self, parents: list[int]) -> None:
        evening = Evening()
        by = evening.people["Bo"]
        made: list[int] = []
        for parent in parents:
            which = min(parent, len(made) - 1)
            if which < 0:
                made.append(actions.reply(by=by, idea_id=evening.idea.pk, text=f"x {len(made)}").pk)
            else:
                made.append(actions.answer(by=by, reply_id=made[which], text=f"x {len(made)}").pk)

        pages = [queries.replies_on_page(evening.idea, page) for page in (1, 2, 3)]

        assert [len(page) for page in pages] == [PAGE, len(made) - PAGE, 0]
        assert [row.number for page in pages for row in page] == depth_first(
            [min(parent, i - 1) for i, parent in enumerate(parents)]
        )
