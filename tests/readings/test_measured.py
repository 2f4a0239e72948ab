"""The text stage on the site: each contribution is measured until enough follows it, with words weighed as the
space stood."""

from dataclasses import replace

import pytest

from tertulia.engine.acts import TALK, Act
from tertulia.engine.params import DEFAULT
from tertulia.ideas import actions
from tertulia.ideas.models import Reply
from tertulia.ledger import measures as of_ledger
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.measures import Measure, keep, measures_of
from tertulia.readings import measured as of_site
from tertulia.readings.measured import measured
from tertulia.readings.models import WordWeights
from tests.community import somebody
from tests.readings.places import round_table, table

pytestmark = pytest.mark.django_db


def said(acts: list[Act]) -> list[Act]:
    return [act for act in acts if act.verb in TALK]


def test_what_was_said_is_measured_and_kept() -> None:
    space = table()
    round_table(space)

    acts = said(measured(space.pk, acts_of_space(space.pk)))

    kept = measures_of(act.act for act in acts)
    assert {act.text_version for act in acts} == {1}
    assert any(act.rk_t is not None for act in acts)
    assert {act.act: (act.uptake, act.rk_t, act.rk_o) for act in acts} == {
        number: (one.uptake, one.rk_t, one.rk_o) for number, one in kept.items()
    }
    assert said(acts_of_space(space.pk)) == acts


def test_a_measure_stays_when_words_change_and_when_they_are_gone() -> None:
    space = table()
    round_table(space)
    before = measured(space.pk, acts_of_space(space.pk))
    Reply.objects.update(text="Something else altogether.")

    assert measured(space.pk, acts_of_space(space.pk)) == before

    round_table(space, threads=1)
    Reply.objects.update(text="")
    again = {act.act: act for act in measured(space.pk, acts_of_space(space.pk))}
    assert [again[act.act] for act in before] == before


def measures(acts: list[Act]) -> dict[int, tuple[float | None, ...]]:
    return {act.act: (act.uptake, act.rk_t, act.rk_o) for act in said(acts)}


def at_once(space_id: int) -> dict[int, tuple[float | None, ...]]:
    """The measures that the whole space would have, had it never been measured before, with the words that stand."""
    kept = Measure.objects.in_bulk()
    Measure.objects.all().delete()
    found = measures(measured(space_id, acts_of_space(space_id)))
    keep(kept.values())
    return found


def test_what_was_measured_early_is_measured_again_with_what_followed() -> None:
    space = table()
    round_table(space, threads=6)
    early = measures(measured(space.pk, acts_of_space(space.pk)))
    round_table(space, threads=3)

    now = measures(measured(space.pk, acts_of_space(space.pk)))

    assert now == at_once(space.pk)
    assert any(now[act] != before for act, before in early.items())


def test_a_measure_that_enough_followed_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_site, "DEFAULT", replace(DEFAULT, null_reach=5))
    space = table()
    round_table(space, threads=8)
    first = measures(measured(space.pk, acts_of_space(space.pk)))
    # Whatever words it was made of: it is not looked at again.
    Measure.objects.update(rk_t=0.25)
    round_table(space, threads=2)

    again = measures(measured(space.pk, acts_of_space(space.pk)))

    order = sorted(first)
    assert {again[act][1] for act in order[:-5]} == {0.25}
    assert any(again[act][1] != 0.25 for act in order[-5:])


def test_only_what_is_another_measure_now_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    space = table()
    round_table(space, threads=8)
    before = said(measured(space.pk, acts_of_space(space.pk)))
    written: list[int] = []
    monkeypatch.setattr(of_ledger, "keep", lambda rows: written.extend(row.act for row in rows))
    round_table(space, threads=1)

    again = said(measured(space.pk, acts_of_space(space.pk)))

    assert sorted(written) == [act.act for act in again if act not in before]
    assert len(written) < len(before)


def test_words_are_counted_anew_once_the_space_has_doubled() -> None:
    space = table()
    round_table(space, threads=4)
    measured(space.pk, acts_of_space(space.pk))
    round_table(space, threads=1)
    second = said(measured(space.pk, acts_of_space(space.pk)))
    round_table(space, threads=4)
    third = said(measured(space.pk, acts_of_space(space.pk)))

    assert {act.text_version for act in second} == {1}
    assert {act.text_version for act in third} == {2}
    assert WordWeights.objects.get(space_id=space.pk).contributions == len(third)


def test_words_that_the_space_may_not_read_weigh_nothing() -> None:
    space = table()
    round_table(space, threads=4)
    heard = len(said(acts_of_space(space.pk)))
    actions.write_idea(by=somebody("Ana"), space=space, title="Mine alone", text="A secret.", audience="me")

    measured(space.pk, acts_of_space(space.pk))

    assert WordWeights.objects.get(space_id=space.pk).contributions == heard


def test_the_weights_hold_no_word_that_can_be_read_back() -> None:
    space = table()
    round_table(space)

    measured(space.pk, acts_of_space(space.pk))

    stored = bytes(WordWeights.objects.get(space_id=space.pk).words)
    assert b"hash" in stored
    assert b"when" not in stored.lower()
    assert b"fell" not in stored.lower()


def test_a_space_in_which_nothing_was_said_has_no_weights() -> None:
    space = table()

    assert measured(space.pk, acts_of_space(space.pk)) == acts_of_space(space.pk)
    assert not WordWeights.objects.exists()
