"""Rooms as acts, and the rooms in which nobody answers anybody."""

import random

import pyarrow as pa
import pytest

from validity.rooms import (
    Room,
    bundles,
    foreign_rooms,
    foreign_words,
    rooms_of,
    shuffled_order,
    spaces_of,
)


@pytest.fixture
def rooms() -> dict[str, Room]:
    rows = [
        {
            "room": f"room {room}",
            "at": room * 10**9 + turn * 10**6,
            "speaker": who,
            "text": f"{who} {room} {turn}",
        }
        for room in range(9)
        for turn, who in enumerate(["Ana", "Bo", "Ana", "Cleo", "Ana", "Bo"])
    ]
    random.Random(0).shuffle(rows)
    return rooms_of(pa.Table.from_pylist([*rows, {"room": "room 0", "at": 1, "speaker": "Dan", "text": " "}]))


def test_a_room_is_read_in_the_order_of_time_without_empty_messages(rooms: dict[str, Room]) -> None:
    assert [message.speaker for message in rooms["room 0"]] == ["Ana", "Bo", "Ana", "Cleo", "Ana", "Bo"]


def test_every_room_is_in_one_space_and_what_is_left_over_is_left_out(rooms: dict[str, Room]) -> None:
    found = bundles(rooms, 4, seed=1)

    assert [len(bundle) for bundle in found] == [4, 4]
    assert len({name for bundle in found for name in bundle}) == 8


def test_shuffled_order_keeps_the_clock_and_each_persons_words(rooms: dict[str, Room]) -> None:
    made = shuffled_order(rooms["room 1"], random.Random(2))

    assert [message.at for message in made] == [message.at for message in rooms["room 1"]]
    assert made != rooms["room 1"]
    assert sorted(message.text for message in made) == sorted(message.text for message in rooms["room 1"])
    assert all(message.text.startswith(message.speaker) for message in made)


def test_foreign_words_keep_clock_and_turns_and_come_from_other_rooms(rooms: dict[str, Room]) -> None:
    bundle = ["room 1", "room 2"]

    made = foreign_words(bundle, rooms, random.Random(3))

    lent: list[str] = []
    for name in bundle:
        assert [(message.at, message.speaker) for message in made[name]] == [
            (message.at, message.speaker) for message in rooms[name]
        ]
        for speaker in ("Ana", "Bo", "Cleo"):
            homes = {message.text.split()[1] for message in made[name] if message.speaker == speaker}
            assert len(homes) == 1
            lent += homes
    assert len(set(lent)) == 6
    assert not {"1", "2"} & set(lent)


def test_each_guest_of_a_foreign_room_is_from_another_room(rooms: dict[str, Room]) -> None:
    made = foreign_rooms(["room 1"], rooms, random.Random(4))["room 1"]

    homes = {message.speaker: message.text.split()[1] for message in made}
    assert len(set(homes.values())) == 3
    assert "1" not in homes.values()


def test_the_first_message_opens_and_the_others_are_to_the_last_other_speaker(rooms: dict[str, Room]) -> None:
    spaces = spaces_of([{"room 1": rooms["room 1"]}, {"room 1": rooms["room 1"]}])

    first, second = spaces.acts
    assert [act.verb for act in first] == ["posted", *["replied"] * 5]
    assert [act.person for act in first] == [
        None,
        "room 1/Ana",
        "room 1/Bo",
        "room 1/Ana",
        "room 1/Cleo",
        "room 1/Ana",
    ]
    assert {act.space for act in second} == {1}
    assert len({act.act for act in spaces.every_act}) == len(spaces.texts) == 12
