"""A stream becomes acts by the rules of the house: nothing made up, nobody's words no act."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tertulia.engine.table import table_of, texts_of, topics_of
from tertulia.importers.stream import Idea, Item, Link, Mark, Person, Reply, Report, Version
from tertulia.importers.table import Tables, tables_of

DAY = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = [Person(source_id=f"user:{n}", name=name) for n, name in enumerate(("Ana", "Bo", "Cleo"), 1)]
END = Report(
    people=3, ideas=0, answers=0, comments=0, revisions_own=0, revisions_others=0, accepted=0, links=0
)


def idea(number: int = 1, by: str | None = "user:1", day: int = 0, **more: Any) -> Idea:
    at = DAY + timedelta(days=day)
    return Idea(source_id=f"post:{number}", at=at, author=by, title="Rye", text="two words", **more)


def reply(
    number: int, by: str | None, to: str = "post:1", addressee: str | None = None, **more: Any
) -> Reply:
    given: dict[str, Any] = {
        "kind": "comment",
        "basis": "explicit",
        "confidence": 1.0,
        "text": "I see",
    } | more
    return Reply(
        source_id=f"comment:{number}",
        at=DAY + timedelta(days=number),
        author=by,
        idea="post:1",
        parent=to,
        addressee=addressee,
        **given,
    )


def tables(*items: Item, chat: bool = False) -> Tables:
    return tables_of(iter([*PEOPLE, *items, END]), space="Kitchen", chat=chat)


def acts(*items: Item, chat: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tables(*items, chat=chat).acts.to_pylist()
    return found


def test_an_idea_and_its_replies_are_contributions_of_one_thread() -> None:
    first, second, third = acts(
        idea(), reply(1, "user:2", addressee="user:1"), reply(2, "user:1", to="comment:1", addressee="user:2")
    )

    assert (first["verb"], first["actor"], first["space"], first["thread"]) == ("posted", "p1", "Kitchen", 1)
    assert (second["verb"], second["person"], second["parent"]) == ("replied", "p1", first["act"])
    assert (third["verb"], third["person"], third["parent"]) == ("answered", "p2", second["act"])
    assert {act["thread"] for act in (first, second, third)} == {1}


def test_acts_pass_the_engines_own_checks() -> None:
    made = tables(idea(topics=("Bread",)), reply(1, "user:2", addressee="user:1"))

    assert len(table_of(made.acts)) == 2
    assert texts_of(made.texts).to_pylist()[0] == {"act": 1, "text": "Rye\ntwo words"}
    assert topics_of(made.topics).to_pylist() == [{"act": 1, "topic": "bread"}]


def test_the_title_counts_where_people_wrote_it_and_not_in_a_chat() -> None:
    assert acts(idea())[0]["words"] == 3
    assert acts(idea(), chat=True)[0]["words"] == 2


def test_nobodys_words_make_no_act_and_what_answers_them_has_no_parent() -> None:
    (answer,) = acts(idea(by=None), reply(1, "user:2"))

    assert (answer["act"], answer["parent"], answer["person"], answer["thread"]) == (1, None, None, 1)


def test_a_move_is_only_what_the_importer_inferred() -> None:
    asked = reply(1, "user:2", move="question", move_inferred=True, basis="mentioned", confidence=0.7)

    _, act = acts(idea(), asked)
    assert (act["move"], act["basis"], act["confidence"]) == ("question", "mentioned", 0.7)


def test_a_revision_names_nobody_and_an_edit_by_another_is_an_act_of_its_own() -> None:
    def version(by: str, *, own: bool) -> Version:
        return Version(source_id=by, of="post:1", at=DAY, by=by, own=own, title=None, text="new")

    _, own, other = acts(idea(), version("user:1", own=True), version("user:2", own=False))
    assert (own["verb"], own["person"], own["ref"], own["parent"]) == ("revised", None, None, 1)
    assert (other["verb"], other["actor"], other["person"], other["ref"]) == (
        "edited_by_other",
        "p2",
        "p1",
        None,
    )


@pytest.mark.parametrize(
    ("by", "verb", "ref"), [("user:1", "heard", 2), ("user:2", "accepted", None), ("user:3", "heard", 2)]
)
def test_an_answer_is_heard_by_another_and_only_accepted_by_oneself(
    by: str, verb: str, ref: int | None
) -> None:
    mark = Mark(source_id="accepted:1", kind="accepted", at=DAY, by=by, on="comment:1")

    act = acts(idea(), reply(1, "user:2", addressee="user:1"), mark)[-1]
    assert (act["verb"], act["ref"]) == (verb, ref)


def test_a_change_taken_back_is_an_act_of_whoever_took_it_back() -> None:
    mark = Mark(source_id="rollback:1", kind="rolled_back", at=DAY, by="user:2", on="post:1", text="old")

    act = acts(idea(), mark)[-1]
    assert (act["verb"], act["actor"], act["person"]) == ("rolled_back", "p2", "p1")


@pytest.mark.parametrize(("target", "ref"), [("user:1", None), ("user:2", 1)])
def test_a_link_is_an_act_where_it_is_known_who_made_it(target: str, ref: int | None) -> None:
    def link(by: str | None) -> Link:
        own = target == "user:1"
        return Link(
            source_id="l", at=DAY, from_idea="post:2", to_idea="post:1", kind="pingback", own=own, by=by
        )

    both = (idea(by=target), idea(2, day=1))
    act = acts(*both, link("user:1"))[-1]
    assert (act["verb"], act["thread"], act["ref"]) == ("linked", 2, ref)
    assert len(acts(*both, link(None))) == 2


def test_names_and_source_ids_stand_in_tables_of_their_own() -> None:
    made = tables(idea(url="https://example.org/1", licence="CC BY 4.0"))

    assert "user:1" not in str(made.acts.to_pylist())
    assert made.people.to_pylist()[0] == {"key": "p1", "source_id": "user:1", "name": "Ana", "url": None}
    assert made.sources.to_pylist() == [
        {"act": 1, "source_id": "post:1", "url": "https://example.org/1", "licence": "CC BY 4.0"}
    ]


def test_a_stream_that_was_cut_off_is_no_table() -> None:
    with pytest.raises(ValueError, match="without its report"):
        tables_of(iter([*PEOPLE, idea()]), space="Kitchen", chat=False)
