"""Was it taken up? The text stage on small tables."""

import math
import zlib
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tertulia.engine.acts import Act
from tertulia.engine.params import DEFAULT
from tertulia.engine.text.draws import crc32
from tertulia.engine.uptake import Weights, measure, weights_of
from tests.engine.tables import Table


def talk(*lines: tuple[str, int | None, str], **columns: Any) -> tuple[list[Act], pa.Table]:
    """One thread: who, the number of the line that is answered, the words."""
    acts = [
        Act(
            act=number,
            t=number,
            actor=who,
            verb="posted" if parent is None and number == 0 else "replied",
            space=1,
            thread=1,
            parent=parent,
            words=max(1, len(text.split())),
        )
        for number, (who, parent, text) in enumerate(lines)
    ]
    texts = pa.table({"act": range(len(lines)), "text": [text for _, _, text in lines]})
    return acts, texts


def measured(acts: list[Act], texts: pa.Table, **options: Any) -> dict[int, dict[str, Any]]:
    return {row["act"]: row for row in measure(acts, texts, **options).to_pylist()}


FLAT = Weights(version=7, contributions=0, hashes=np.zeros(0, np.uint64), counts=np.zeros(0, np.int64))
ONE_WORD = math.log((DEFAULT.weights_prior + 1) / 2)


def test_uptake_is_the_weight_of_the_words_shared_with_the_parent() -> None:
    acts, texts = talk(("Ana", None, "the kettle boils"), ("Bo", 0, "which kettle boils over"))

    row = measured(acts, texts, weights=FLAT)[1]

    assert row["uptake"] == pytest.approx(math.log1p(2 * ONE_WORD), abs=1e-4)
    assert row["text_version"] == 7


def test_a_word_said_twice_counts_once() -> None:
    acts, texts = talk(("Ana", None, "kettle kettle"), ("Bo", 0, "kettle kettle kettle"))

    assert measured(acts, texts, weights=FLAT)[1]["uptake"] == pytest.approx(math.log1p(ONE_WORD), abs=1e-4)


def test_what_answers_nothing_has_no_uptake() -> None:
    acts, texts = talk(("Ana", None, "the kettle boils"), ("Bo", 0, "indeed"))

    assert measured(acts, texts)[0]["uptake"] is None
    assert measured(acts, texts)[1]["uptake"] == 0.0


def test_without_a_parent_the_last_five_by_others_are_the_context() -> None:
    lines = [("Bo", None, f"word{n}") for n in range(7)]
    acts, texts = talk(*lines, ("Ana", None, " ".join(f"word{n}" for n in range(7))))

    assert measured(acts, texts, weights=FLAT)[7]["uptake"] == pytest.approx(
        math.log1p(5 * ONE_WORD), abs=1e-4
    )


def test_what_was_said_more_than_eight_turns_ago_is_out_of_sight() -> None:
    own = [("Ana", None, "hm well") for _ in range(8)]
    acts, texts = talk(("Bo", None, "kettle"), *own, ("Ana", None, "kettle"))

    assert measured(acts, texts)[9]["uptake"] is None


def test_ones_own_parent_is_not_taken_up() -> None:
    acts, texts = talk(("Ana", None, "kettle pot"), ("Bo", 0, "cups"), ("Ana", 0, "kettle pot"))

    assert measured(acts, texts, weights=FLAT)[2]["uptake"] == 0.0


def test_quoting_is_not_uptake() -> None:
    said = "the old kettle boils over every morning before seven"
    acts, texts = talk(("Ana", None, said), ("Bo", 0, f"> {said}\n\nno"), ("Cleo", 0, f"well {said} no"))

    assert measured(acts, texts)[1]["uptake"] == 0.0
    assert measured(acts, texts)[2]["uptake"] == 0.0


def test_seven_words_in_a_row_are_still_ones_own() -> None:
    said = "the old kettle boils over every morning"
    acts, texts = talk(("Ana", None, said), ("Bo", 0, said))

    assert measured(acts, texts, weights=FLAT)[1]["uptake"] == pytest.approx(
        math.log1p(7 * ONE_WORD), abs=1e-4
    )


def test_a_say_back_has_no_uptake() -> None:
    table = Table()
    idea = table.opens("Ana")
    back = table.replies("Bo", idea, move="say_back")
    texts = pa.table({"act": [idea, back], "text": ["the kettle boils", "the kettle boils"]})

    assert measured(table.acts, texts)[back]["uptake"] is None


def test_what_a_lost_text_was_about_is_left_as_it_was_stored() -> None:
    acts, texts = talk(("Ana", None, "kettle"), ("Bo", 0, "kettle"), ("Cleo", 1, "kettle"))

    assert set(measured(acts, texts.slice(1))) == {2}


def test_two_texts_of_one_act_are_refused() -> None:
    acts, texts = talk(("Ana", None, "kettle"))

    with pytest.raises(ValueError, match="Act 0 has two texts"):
        measure(acts, pa.concat_tables([texts, texts]))


def test_an_empty_table_measures_nothing() -> None:
    assert (
        len(measure([], pa.table({"act": pa.array([], pa.int64()), "text": pa.array([], pa.string())}))) == 0
    )


def test_without_other_episodes_there_is_no_rank_elsewhere() -> None:
    acts, texts = talk(("Ana", None, "kettle"), ("Bo", 0, "kettle"))

    row = measured(acts, texts)[1]

    assert row["rk_t"] is None
    assert row["rk_o"] is None


def chat(rooms: int, length: int) -> tuple[list[Act], pa.Table]:
    """Rooms in which three people say in turn what room and moment are about."""
    acts, texts = [], []
    for room in range(rooms):
        for turn in range(length):
            number = room * length + turn
            acts.append(
                Act(
                    act=number,
                    t=number * 1_000_000,
                    actor=f"{room} {turn % 3}",
                    verb="replied",
                    space=1,
                    thread=room,
                    words=9,
                )
            )
            texts.append(
                f"room{room} topic{room} moment{room}x{turn // 6} point{room}x{turn // 6} yes indeed"
            )
    return acts, pa.table({"act": range(len(texts)), "text": texts})


def test_talk_about_this_ranks_above_talk_from_elsewhere_and_above_other_moments() -> None:
    rows = measured(*chat(rooms=8, length=30), chat=True).values()
    elsewhere = [row["rk_t"] for row in rows if row["rk_t"] is not None]
    out_of_order = [row["rk_o"] for row in rows if row["rk_o"] is not None]

    assert np.mean(elsewhere) > 0.4
    assert np.mean(out_of_order) > 0.2


def test_frozen_weights_survive_storage_and_give_the_same_numbers() -> None:
    acts, texts = chat(rooms=4, length=20)
    weights = weights_of(texts, version=3)

    again = Weights.from_arrow(weights.as_arrow())

    assert measure(acts, texts, weights=again, chat=True).equals(
        measure(acts, texts, weights=weights, chat=True)
    )
    assert again.version == 3


def test_the_table_of_weights_keeps_no_word_of_a_single_contribution() -> None:
    weights = weights_of(pa.table({"act": [1, 2], "text": ["kettle secret", "kettle"]}))

    assert weights.counts.tolist() == [2]
    assert weights.contributions == 2


def test_a_new_contribution_is_measured_as_in_a_rebuild() -> None:
    acts, texts = chat(rooms=6, length=30)
    weights = weights_of(texts.slice(0, 100))
    whole = measure(acts, texts, weights=weights, chat=True)

    # All that a value of the first rooms looks at: their episodes, and 200 contributions after.
    near = measure(acts[:170], texts.slice(0, 170), weights=weights, chat=True)

    assert near.slice(0, 30)["uptake"].equals(whole.slice(0, 30)["uptake"])
    assert near.slice(0, 30)["rk_o"].equals(whole.slice(0, 30)["rk_o"])


@pytest.mark.parametrize("act", [0, 1, 255, 65_536, 2**40 + 17])
def test_seeds_are_the_crc32_of_act_null_and_draw(act: int) -> None:
    expected = zlib.crc32(act.to_bytes(8, "little") + bytes([1, 3]))

    assert crc32(np.array([act]), 1, np.array([3]))[0] == expected
