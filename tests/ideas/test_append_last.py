"""From its first act on, an action holds the ledger of the whole site: texts are worked on before."""

from collections.abc import Callable
from typing import Any

import pytest

from tertulia.ideas import actions, markdown
from tertulia.ideas.actions import Credited, record, replies, revisions, sharing, writing
from tertulia.ideas.difference import compare
from tertulia.ledger.append import append
from tests.community import a_reply, after, an_idea, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done since, in its order: "text" for work on a text, "act" for an act appended."""
    done: list[str] = []

    def told(what: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def telling(*values: Any, **named: Any) -> Any:
            done.append(what)
            return do(*values, **named)

        return telling

    for name in ("blocks", "render", "plain", "plain_of_html"):
        monkeypatch.setattr(markdown, name, told("text", getattr(markdown, name)))
    for module in (replies, revisions, sharing, writing):
        for name in ("fold", "word_count"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, told("text", getattr(module, name)))
    monkeypatch.setattr(revisions, "compare", told("text", compare))
    monkeypatch.setattr(record, "append", told("act", append))
    return done


def acts_come_last(order: list[str], acts: int) -> bool:
    return order.count("act") == acts and "text" in order and "text" not in order[order.index("act") :]


def test_an_idea_and_a_reply_are_rendered_before_they_are_appended(order: list[str]) -> None:
    idea = an_idea(topics=("rye",))
    assert acts_come_last(order[order.index("text") :], 1)

    order.clear()
    reply = a_reply(idea)
    assert acts_come_last(order, 1)

    order.clear()
    actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="I will.", starter="try", at=after(20))
    assert acts_come_last(order, 2)


def test_a_version_is_compared_before_it_is_appended(order: list[str]) -> None:
    idea = an_idea()
    first, second = a_reply(idea, text="By volume."), a_reply(idea, somebody("Cleo"), text="Colder.")
    order.clear()

    version = actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Rise", text="By volume.\n\nBake it colder.",
        credits=[Credited(first.pk, "The volume."), Credited(second.pk, "How cold.")], at=after(20),
    )  # fmt: skip

    assert acts_come_last(order, 3)
    version.refresh_from_db()
    by_reply = {credit.reply_id: credit.pk for credit in version.credits.all()}
    assert [passage["credits"] for passage in version.passages] == [
        [by_reply[first.pk]],
        [by_reply[second.pk]],
    ]


def test_a_shared_idea_is_counted_before_it_is_appended(order: list[str]) -> None:
    idea = an_idea(audience="me")
    order.clear()

    actions.share_idea(by=somebody("Ana"), idea_id=idea.pk, audience="space")

    assert acts_come_last(order, 2)
