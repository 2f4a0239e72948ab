"""Which exchanges changed somebody's mind."""

from tertulia.engine.acts import Act
from tertulia.readings.changed import changed_minds, first_said_at

SAID = Act(act=1, t=10, actor="bo", verb="replied", space=1, thread=5, words=4)
CREDIT = Act(act=2, t=20, actor="ana", verb="credited", space=1, thread=5, ref=1)


def count(*acts: Act, start: int | None = None, end: int = 100) -> int:
    found: int = changed_minds(acts, start=start, end=end)["count"]
    return found


def test_a_credited_reply_changed_a_mind() -> None:
    found = changed_minds([SAID, CREDIT], start=None, end=100)

    assert found["exchanges"] == [
        {"thread": 5, "people": ["ana", "bo"], "acts": [1, 2], "both_ways": True, "closed": False}
    ]


def test_the_acts_of_an_exchange_are_in_the_order_in_which_they_were_said() -> None:
    answer = Act(act=3, t=15, actor="ana", verb="answered", space=1, thread=5, words=4)
    moved = Act(act=4, t=30, actor="bo", verb="moved", space=1, thread=5, ref=3)

    found = changed_minds([moved, CREDIT, answer, SAID], start=None, end=100)

    assert found["exchanges"][0]["acts"] == [1, 3, 2, 4]


def test_two_changes_between_two_people_under_one_idea_are_one_exchange() -> None:
    again = Act(act=3, t=30, actor="ana", verb="was_wrong", space=1, thread=5, ref=1)

    assert count(SAID, CREDIT, again) == 1


def test_trying_deciding_and_keeping_change_no_mind() -> None:
    others = [
        Act(act=9 + n, t=30, actor="ana", verb=verb, space=1, thread=5, ref=1)
        for n, verb in enumerate(["tried", "decided", "declined", "heard"])
    ]

    assert count(SAID, *others) == 0


def test_nobody_changes_their_own_mind_alone() -> None:
    own = Act(act=3, t=30, actor="bo", verb="was_wrong", space=1, thread=5, ref=1)

    assert count(SAID, own) == 0


def test_what_was_agreed_not_to_have_happened_is_left_out() -> None:
    assert count(SAID, Act(act=2, t=20, actor="ana", verb="credited", space=1, ref=1, contested=True)) == 0


def test_a_change_belongs_to_the_window_in_which_it_was_told() -> None:
    assert count(SAID, CREDIT, start=20) == 0
    assert count(SAID, CREDIT, start=19, end=20) == 1


def test_the_first_words_of_a_window_are_found() -> None:
    later = Act(act=3, t=30, actor="ana", verb="posted", space=1, thread=6, words=4)

    assert first_said_at([SAID, CREDIT, later], start=15, end=100) == 30
    assert first_said_at([CREDIT], start=None, end=100) is None
