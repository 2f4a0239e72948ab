"""What must hold for uptake, whatever people write."""

import random
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.text import draws, overlap
from tertulia.engine.text.cleaning import own_words
from tertulia.engine.text.tokens import distinct, tokenise
from tertulia.engine.uptake import measure, weights_of

PEOPLE = ["Ana", "Bo", "Cleo", "Dan"]
# Anything that Arrow can hold: also NUL, marks without a letter, right to left, emoji, private letters.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SPOKEN = st.lists(st.sampled_from(["kettle", "tea", "cup", "boil", "so", "茶壶", "12"]), max_size=12).map(
    " ".join
)


@st.composite
def talks(draw: st.DrawFn, texts: st.SearchStrategy[str] = SPOKEN) -> tuple[list[Act], pa.Table]:
    """Threads in two spaces, with parents or without, and a text for most contributions."""
    acts: list[Act] = []
    said: dict[int, str] = {}
    for number in range(draw(st.integers(0, 40))):
        thread, space = draw(st.integers(0, 3)), 1
        before = [act for act in acts if act.thread == thread]
        parent = draw(st.none() | st.sampled_from([act.act for act in before])) if before else None
        acts.append(
            Act(
                act=number,
                t=draw(st.integers(0, 30)) * 60_000_000,
                actor=draw(st.sampled_from(PEOPLE)),
                verb="replied" if before else "posted",
                move=draw(st.sampled_from([None, None, "question", "say_back"])),
                space=1 + thread // 2 if space else None,
                thread=thread,
                parent=parent,
                words=1,
            )
        )
        if draw(st.integers(0, 9)):
            said[number] = draw(texts)
    table = pa.table(
        {"act": pa.array(list(said), pa.int64()), "text": pa.array(list(said.values()), pa.string())}
    )
    return acts, table


@given(talks(), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter(
    talk: tuple[list[Act], pa.Table], chance: random.Random, chat: bool
) -> None:
    acts, texts = talk
    shuffled, order = list(acts), list(range(len(texts)))
    chance.shuffle(shuffled)
    chance.shuffle(order)

    again = measure(shuffled, texts.take(pa.array(order, pa.int64())), chat=chat)

    assert again.equals(measure(acts, texts, chat=chat))


@given(talks(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_what_is_measured_is_bounded(talk: tuple[list[Act], pa.Table], chat: bool) -> None:
    acts, texts = talk
    backs = {act.act for act in acts if act.move == "say_back"}

    for row in measure(acts, texts, chat=chat).to_pylist():
        assert row["uptake"] is None or row["uptake"] >= 0
        assert row["act"] not in backs or row["uptake"] is None
        for rank in (row["rk_t"], row["rk_o"]):
            assert rank is None or (-0.5 <= rank <= 0.5 and row["uptake"] is not None)


@given(talks(), talks(ANYTHING))
@settings(max_examples=25, deadline=None)
def test_other_words_in_the_vocabulary_change_no_number(
    talk: tuple[list[Act], pa.Table], other: tuple[list[Act], pa.Table]
) -> None:
    acts, texts = talk
    weights = weights_of(texts)
    elsewhere = [
        Act(act.act + 1000, act.t, str(act.actor), act.verb, space=9, thread=act.thread) for act in other[0]
    ]
    more = pa.table(
        {
            "act": pa.array([int(act or 0) + 1000 for act in other[1]["act"].to_pylist()], pa.int64()),
            "text": other[1]["text"].combine_chunks(),
        }
    )

    both = measure([*acts, *elsewhere], pa.concat_tables([texts, more]), weights=weights)

    alone = measure(acts, texts, weights=weights)
    assert [row for row in both.to_pylist() if row["act"] < 1000] == alone.to_pylist()


@given(talks(), st.booleans(), st.integers(1, 7), st.sampled_from([0.01, 5.0]), st.sampled_from([1, 50]))
@settings(max_examples=40, deadline=None)
def test_how_far_is_looked_at_once_makes_no_difference(
    talk: tuple[list[Act], pa.Table], chat: bool, tries: int, heaps: float, at_once: int
) -> None:
    acts, texts = talk
    found = measure(acts, texts, chat=chat)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draws, "_TRIES", tries)
        patch.setattr(draws, "_HEAPS", heaps)
        for name in ("_BLOCK", "_WORDS", "_CELLS"):
            patch.setattr(overlap, name, at_once)
        again = measure(acts, texts, chat=chat)

    assert again.equals(found)


@given(talks(ANYTHING))
@settings(max_examples=25, deadline=None)
def test_without_a_table_words_weigh_as_by_the_table_of_the_same_texts(
    talk: tuple[list[Act], pa.Table],
) -> None:
    acts, texts = talk
    acts = [replace(act, space=1) for act in acts]

    assert measure(acts, texts).equals(measure(acts, texts, weights=weights_of(texts)))


@given(talks(ANYTHING))
@settings(max_examples=40, deadline=None)
def test_any_text_is_survived(talk: tuple[list[Act], pa.Table]) -> None:
    acts, texts = talk

    found = measure(acts, texts)

    assert len(found) <= len(texts)


@given(st.lists(ANYTHING, max_size=8))
@settings(max_examples=100, deadline=None)
def test_tokens_are_lower_case_and_of_two_characters_or_more(texts: list[str]) -> None:
    tokens = tokenise(own_words(pa.array(texts, pa.string())))

    assert len(tokens.starts) == len(texts) + 1
    assert tokens.starts[-1] == len(tokens.ids)
    for word in tokens.words.to_pylist():
        assert len(str(word)) >= 2
        assert not any("A" <= letter <= "Z" for letter in str(word))
    assert (distinct(tokens).sizes <= tokens.sizes).all()


@pytest.mark.parametrize("word", ["kettle ", "茶壶", "`", "> ", "@", "](", "\n-- \n", "~~~", "😀", "a\u0301"])
def test_a_message_of_a_megabyte_is_survived(word: str) -> None:
    acts = [
        Act(act=0, t=0, actor="Ana", verb="posted", space=1, thread=1, words=2),
        Act(act=1, t=1, actor="Bo", verb="replied", space=1, thread=1, parent=0, words=2),
    ]
    texts = pa.table({"act": [0, 1], "text": ["the kettle", word * (1_000_000 // len(word.encode()))]})

    assert len(measure(acts, texts)) == 2


def rooms(rng: np.random.Generator, *, real: bool, copied: bool = False) -> tuple[list[Act], pa.Table]:
    """Rooms of four people who all use one language; in real ones each message repeats a word of what was just said;
    with `copied`, every fifth is a wall made of the message before."""
    acts: list[Act] = []
    texts: list[str] = []
    rare = 1 / np.arange(1, 801)
    rare /= rare.sum()
    for room in range(40):
        last: list[str] = []
        speaker = 0
        for turn in range(40):
            number = room * 40 + turn
            speaker = int((speaker + rng.integers(0, 4)) % 4)
            words = [f"word{rank}" for rank in rng.choice(800, rng.integers(8 if copied else 2, 15), p=rare)]
            if real and last:
                words[0] = str(rng.choice(last))
            if copied and turn % 5 == 4:
                words += texts[-1].split() * 40
            acts.append(
                Act(
                    act=number,
                    t=number * 1_000_000,
                    actor=f"{room} {speaker}",
                    verb="replied" if turn else "posted",
                    space=1,
                    thread=room,
                    words=9,
                )
            )
            texts.append(" ".join(words))
            last = words
    return acts, pa.table({"act": range(len(texts)), "text": texts})


def means(acts: list[Act], texts: pa.Table) -> tuple[float, float]:
    found = measure(acts, texts, chat=True)
    return float(np.nanmean(found["rk_t"].to_numpy())), float(np.nanmean(found["rk_o"].to_numpy()))


def test_each_null_is_fair_where_nobody_takes_anything_up() -> None:
    rng = np.random.default_rng(1)
    found = np.array([means(*rooms(rng, real=False)) for _ in range(8)]).mean(axis=0)

    assert found == pytest.approx([0, 0], abs=0.01)


def unequal(seed: int) -> tuple[list[Act], pa.Table]:
    """Long and short texts whose words are drawn one by one, as often as words are used: nobody listens."""
    rng = np.random.default_rng(seed)
    often = 1 / (np.arange(4000) + 3.7)
    often /= often.sum()
    acts, texts = [], []
    for number in range(560):
        thread, turn = divmod(number, 14)
        size = int(np.clip(np.exp(rng.normal(4 if turn == 0 else 3, 1)), 3, 300))
        acts.append(
            Act(
                act=seed * 10_000 + number,
                t=number * 1_000_000,
                actor=f"{rng.integers(30)}",
                verb="replied" if turn else "posted",
                space=1,
                thread=thread,
                parent=seed * 10_000 + number - 1 - int(rng.integers(turn)) if turn else None,
                words=size,
            )
        )
        texts.append(" ".join(f"word{rank}" for rank in rng.choice(4000, size, p=often)))
    return acts, pa.table({"act": [act.act for act in acts], "text": texts})


def test_each_null_is_fair_to_texts_of_unequal_lengths() -> None:
    found = np.array([means(*unequal(seed)) for seed in range(1, 31)])

    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    assert (error < 0.006).all(), "so few that nothing would be found"
    assert (np.abs(found.mean(axis=0)) < 3 * error).all()


def test_both_nulls_see_it_where_people_take_up_what_was_just_said() -> None:
    elsewhere, out_of_order = means(*rooms(np.random.default_rng(2), real=True))

    assert elsewhere > 0.05
    assert out_of_order > 0.05


def test_a_copied_wall_of_text_counts_no_more_than_an_honest_reply() -> None:
    acts, texts = rooms(np.random.default_rng(3), real=True, copied=True)
    found = measure(acts, texts, chat=True).to_pylist()

    for name in ("rk_t", "rk_o"):
        walls = [row[name] for row in found if row["act"] % 5 == 4 and row[name] is not None]
        honest = [row[name] for row in found if row["act"] % 5 != 4 and row[name] is not None]
        # Were a wall taken for uptake, all of these would rank at one half.
        assert np.mean(walls) < np.mean(honest) + 0.05
