"""Who knows about a topic, for whom; and whom to ask today."""

import pytest

from tertulia.engine.expertise import credits_of, expertise_for, known_for
from tertulia.engine.params import DAY_US, DEFAULT_EXPERTISE
from tertulia.engine.routing import Router
from tests.engine.tables import Table

WILLING = frozenset({"Ana", "Bo", "Cleo", "Dan"})


class Credits(Table):
    """Credits between people, each in a thread of its own with one topic."""

    topics: list[dict[str, object]]

    def credit(self, giver: str, receiver: str, topic: str = "bread") -> int:
        self.topics = getattr(self, "topics", [])
        idea = self.opens(giver)
        self.topics.append({"act": idea, "topic": topic})
        return self.does(giver, "credited", self.replies(receiver, idea))

    def seen_by(
        self, beliefs: dict[str, float], topic: str = "bread", at: float = 0
    ) -> dict[int | str, float]:
        credits = credits_of(self.acts, self.topics, at=int(at * DAY_US))
        return expertise_for(credits, beliefs, [topic])  # type: ignore[arg-type]


def test_a_credit_counts_as_much_as_the_viewer_believes_its_giver() -> None:
    table = Credits()
    table.credit("Bo", "Cleo")

    assert table.seen_by({"Bo": 0.6}) == {"Cleo": pytest.approx(0.3)}


def test_it_is_on_its_topic_alone() -> None:
    table = Credits()
    table.credit("Bo", "Cleo", "bread")

    assert table.seen_by({"Bo": 0.6}, "kettles") == {}


def test_a_day_counts_once_and_half_as_much_after_a_half_life() -> None:
    table = Credits()
    table.credit("Bo", "Cleo")
    table.credit("Bo", "Cleo")

    assert table.seen_by({"Bo": 1.0}) == {"Cleo": pytest.approx(1 / 2)}
    assert table.seen_by({"Bo": 1.0}, at=90) == {"Cleo": pytest.approx(0.5 / 1.5)}


def test_what_was_credited_back_is_taken_off_whatever_its_topic() -> None:
    table = Credits()
    table.credit("Bo", "Cleo", "bread")
    table.credit("Cleo", "Bo", "kettles")

    assert table.seen_by({"Bo": 1.0}) == {}


@pytest.mark.parametrize("ring", [2, 5, 20])
def test_a_ring_of_strangers_adds_one_at_most(ring: int) -> None:
    table = Credits()
    for day in range(5):
        table.day(day)
        for n in range(ring):
            table.credit(f"ring {n}", "the fifth account")

    seen = table.seen_by({"Bo": 0.9}, at=5)

    assert seen == {"the fifth account": pytest.approx(DEFAULT_EXPERTISE.strangers_at_most)}


def test_a_screen_names_the_willing_by_name_with_their_credits() -> None:
    table = Credits()
    first = table.credit("Bo", "Dan")
    table.credit("Bo", "Eve")
    second = table.credit("Dan", "Cleo")

    known = known_for(credits_of(table.acts, table.topics, at=0), "bread", willing=WILLING)

    assert [(one.person, one.acts) for one in known] == [("Cleo", (second,)), ("Dan", (first,))]


def test_whoever_answers_on_a_topic_is_asked_first() -> None:
    router = Router()
    for day, (person, topic) in enumerate(
        [("Ana", "bread"), ("Bo", "kettles"), ("Bo", "kettles"), ("Cleo", "rye")]
    ):
        router.asked([topic])
        router.answered(person, [topic], at=day)

    assert router.whom_to_ask(["bread"], at=5)[0] == "Ana"
    assert router.whom_to_ask(["kettles"], at=5)[0] == "Bo"


def test_nobody_is_asked_more_than_three_times_a_day() -> None:
    router = Router()
    router.answered("Ana", ["bread"], at=0)

    asked = [router.whom_to_ask(["bread"], at=1.0 + n / 10) for n in range(4)]

    assert asked == [["Ana"], ["Ana"], ["Ana"], []]
    assert router.whom_to_ask(["bread"], at=2.0) == ["Ana"]


def test_the_one_who_asks_and_the_unwilling_are_left_out() -> None:
    router = Router()
    for person in ("Ana", "Bo"):
        router.answered(person, ["bread"], at=0)

    assert router.whom_to_ask(["bread"], at=1, not_these=frozenset({"Ana"})) == ["Bo"]


def test_credit_decides_between_equals() -> None:
    router = Router()
    for person in ("Ana", "Bo"):
        router.answered(person, ["bread"], at=0)

    assert router.whom_to_ask(["bread"], at=1, credit={"Bo": 0.5}) == ["Bo", "Ana"]


def test_a_long_time_overflows_nothing_and_the_latest_comes_first() -> None:
    router = Router()
    router.answered("Ana", ["bread"], at=0)
    router.answered("Bo", ["bread"], at=1e6)

    assert router.whom_to_ask(["bread"], at=1e6 + 1, spare=False) == ["Bo", "Ana"]
