from typing import Any

from tertulia.engine.fold import said as fold_of
from tests.engine.tables import Table


def said(table: Table, *, chat: bool = False) -> dict[int, dict[str, Any]]:
    return {row["act"]: row for row in fold_of(table.acts, chat=chat).to_pylist()}


def test_a_reply_is_directed_at_its_parents_author() -> None:
    table = Table()
    reply = table.replies("Bo", table.opens("Ana"))

    assert said(table)[reply]["addressee"] == "Ana"


def test_the_person_whom_a_row_names_comes_before_the_parents_author() -> None:
    table = Table()
    reply = table.replies("Bo", table.opens("Ana"), person="Cleo", basis="mentioned")

    assert (said(table)[reply]["addressee"], said(table)[reply]["basis"]) == ("Cleo", "mentioned")


def test_an_answer_under_ones_own_post_is_directed_at_the_last_other_there() -> None:
    table = Table()
    idea = table.opens("Ana")
    table.replies("Bo", idea)
    table.replies("Cleo", idea)
    table.replies("Ana", idea)
    second = table.replies("Ana", idea)

    assert (said(table)[second]["addressee"], said(table)[second]["basis"]) == ("Cleo", "inferred_turn")


def test_where_nobody_is_under_that_parent_the_last_other_in_the_thread_is_meant() -> None:
    table = Table()
    first = table.replies("Ana", table.opens("Bo"))
    own = table.replies("Ana", first)

    assert said(table)[own]["addressee"] == "Bo"


def test_an_addition_before_anybody_came_is_directed_at_nobody() -> None:
    table = Table()
    addition = table.replies("Ana", table.opens("Ana"))

    assert said(table)[addition]["addressee"] is None


def test_an_answer_to_an_authors_own_addition_answers_the_opening() -> None:
    table = Table()
    idea = table.opens("Ana")
    reply = table.replies("Bo", table.replies("Ana", idea))

    assert said(table)[reply]["answers"] == idea


def test_an_answer_to_an_authors_third_addition_in_a_row_answers_it_no_more() -> None:
    table = Table()
    idea = table.opens("Ana")
    second = table.replies("Ana", table.replies("Ana", idea))
    third = table.replies("Ana", second)
    near, far = table.replies("Bo", second), table.replies("Cleo", third)

    assert [said(table)[act]["answers"] for act in (near, far)] == [idea, None]
    assert said(table)[far]["addressee"] == "Ana"


def test_a_word_to_the_opener_under_somebody_elses_reply_does_not_answer_the_opening() -> None:
    table = Table()
    theirs = table.replies("Ana", table.replies("Bo", table.opens("Ana")))
    word = table.replies("Cleo", theirs)

    assert (said(table)[word]["addressee"], said(table)[word]["answers"]) == ("Ana", None)


def test_a_reply_without_parent_to_the_opener_answers_what_they_opened_last() -> None:
    table = Table()
    idea = table.opens("Ana")
    reply = table.add("Bo", "replied", person="Ana", thread=idea, words=4)

    assert said(table)[reply]["answers"] == idea


def test_only_talk_of_at_least_one_word_is_a_contribution() -> None:
    table = Table()
    idea = table.opens("Ana")
    table.add("Ana", "noticed", thread=idea, words=90)
    table.replies("Bo", idea, words=0)
    table.does("Bo", "tried", idea, words=12)

    assert list(said(table)) == [idea]


def test_an_episode_ends_after_ninety_days_of_silence() -> None:
    table = Table()
    idea = table.opens("Ana")
    near = table.day(90).replies("Bo", idea)
    far = table.day(180.1).replies("Cleo", idea)

    assert [said(table)[act]["episode"] for act in (idea, near, far)] == [idea, idea, far]


def test_on_a_chat_an_episode_ends_after_sixty_minutes() -> None:
    table = Table()
    idea = table.opens("Ana")
    near = table.day(1 / 24).replies("Bo", idea)
    far = table.day(2.1 / 24).replies("Cleo", idea)

    found = said(table, chat=True)

    assert [found[act]["episode"] for act in (idea, near, far)] == [idea, idea, far]
