"""What becomes of the lines of a channel: who spoke, to whom, in which conversation."""

import lzma
import zipfile
from pathlib import Path

import pytest

from tertulia.importers.detect import detect, silently
from tertulia.importers.irc.nicks import judge, stems
from tertulia.importers.irc.read import read
from tertulia.importers.stream import Idea, Item, Person, Reply
from tests.importers.blogs import leaves_out
from tests.importers.dumps import only, report


def at(minute: int, hour: int = 10) -> str:
    return f"2020-01-01T{hour:02}:{minute:02}"


def log(folder: Path, *lines: str, name: str = "channel.txt") -> list[Item]:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(read(folder / name, silently))


def replies(items: list[Item]) -> list[tuple[str | None, str | None, str]]:
    return [(item.author, item.addressee, item.basis) for item in only(Reply, items)]


def test_what_follows_within_an_hour_is_one_conversation(tmp_path: Path) -> None:
    items = log(
        tmp_path, f"{at(0)} <ana> good morning", f"{at(59)} <bo> hello", f"{at(0, 13)} <ana> still here?"
    )

    assert [idea.text for idea in only(Idea, items)] == ["good morning", "still here?"]
    assert only(Idea, items)[0].title == "Conversation of 2020-01-01, 10:00"
    assert report(items).counted == {"messages": 3}


def test_a_message_answers_whoever_is_called_or_else_whose_turn_it_was(tmp_path: Path) -> None:
    items = log(
        tmp_path,
        f"{at(0)} <ana> shall we begin",
        f"{at(1)} <ana> the list is long",
        f"{at(2)} <bo> ana: yes",
        f"{at(3)} <cleo> hello",
        f"{at(4)} <ana> what do you think?",
    )

    assert replies(items) == [
        ("nick:ana", None, "explicit"),
        ("nick:bo", "nick:ana", "mentioned"),
        ("nick:cleo", "nick:bo", "inferred_turn"),
        ("nick:ana", "nick:cleo", "inferred_turn"),
    ]
    assert [reply.confidence for reply in only(Reply, items)] == [1.0, 0.7, 0.3, 0.3]
    assert only(Reply, items)[-1].move == "question"


def test_a_parent_is_what_that_person_said_last(tmp_path: Path) -> None:
    items = log(
        tmp_path,
        f"{at(0)} <ana> one",
        f"{at(0)} <bo> two",
        f"{at(0)} <cleo> three",
        f"{at(0)} <dan> ana, four",
    )

    assert only(Reply, items)[-1].parent == only(Idea, items)[0].source_id


@pytest.mark.parametrize("nick", ["ana_", "Ana", "ana__", "ana|away", "ana-home", "ana1", "ana`"])
def test_a_nick_with_a_tail_is_the_same_person(tmp_path: Path, nick: str) -> None:
    items = log(tmp_path, f"{at(0)} <ana> one", f"{at(1)} <ana> two", f"{at(2)} <{nick}> three")

    assert [(person.source_id, person.name) for person in only(Person, items)] == [("nick:ana", "ana")]


@pytest.mark.parametrize("nick", ["anabel", "ana-berlin", "ana2020", "banana"])
def test_a_nick_that_only_looks_alike_is_another_person(tmp_path: Path, nick: str) -> None:
    assert report(log(tmp_path, f"{at(0)} <ana> one", f"{at(2)} <{nick}> three")).people == 2


def test_a_number_stays_where_nobody_has_the_nick_without_it() -> None:
    assert stems(["bo7", "ana1", "ana"]) == {"bo7": "bo7", "ana1": "ana", "ana": "ana"}


def test_a_bridge_gives_the_words_to_whoever_said_them(tmp_path: Path) -> None:
    items = log(
        tmp_path,
        f"{at(0)} <ana> good morning",
        f"{at(1)} <TableBot> <bo> hello from the other side",
        f"{at(1)} <TableBot> and a second line",
        f"{at(2)} <TableBot> Action: cleo waves",
        f"{at(3)} <TableBot> <ana> me too",
        f"{at(30)} <TableBot> restarted",
    )

    assert [author for author, *_ in replies(items)] == ["nick:bo", "nick:bo", "nick:cleo", "nick:ana"]
    assert report(items).counted == {"messages": 5, "messages through a bridge": 4}
    assert leaves_out(items)["lines of a bridge that name nobody"] == 1


def test_somebody_who_quotes_a_friend_is_no_bridge() -> None:
    said = [("ana", "<bo> that was his answer"), ("ana", "and I agree"), ("ana", "with it")]

    assert judge(said).bridges == frozenset()


@pytest.mark.parametrize("nick", ["ChanServ", "meetbot", "url-bot", "TitleBot2", "zodbot"])
def test_programs_are_left_out_by_their_names(tmp_path: Path, nick: str) -> None:
    items = log(tmp_path, f"{at(0)} <ana> hello", f"{at(1)} <{nick}> hello to you")

    assert (report(items).people, leaves_out(items)["messages by bots"]) == (1, 1)


@pytest.mark.parametrize("nick", ["abbot", "talbot", "elliott", "botha"])
def test_people_are_not_programs_because_of_their_names(tmp_path: Path, nick: str) -> None:
    assert report(log(tmp_path, f"{at(0)} <{nick}> hello")).people == 1


def test_a_program_is_known_by_what_it_writes() -> None:
    talk = [("ana", f"look at https://example.org/{n}") for n in range(30)]
    titles = [("teller", f"[ Page {n} ] - https://example.org/{n}") for n in range(30)]
    repeats = [("other", f"Title of https://example.org/{n}") for n in range(30)]
    said = [line for lines in zip(talk, titles, repeats, strict=True) for line in lines]

    assert judge(said).bots == {"teller", "other"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("* ana (ana@host) has joined #table", "people who come, go or change their nick"),
        ("* ana (ana@host) Quit (Ping timeout)", "people who come, go or change their nick"),
        ("* ana is now known as ana_", "people who come, go or change their nick"),
        ("*** ana joins", "notices of servers and programs"),
        ("-server- welcome", "notices of servers and programs"),
        ("* ana nods", "gestures in the third person (“* Ana waves”)"),
        ("<- *ana* psst", "private messages to whoever kept the log"),
    ],
)
def test_what_is_no_message_is_left_out_and_counted(tmp_path: Path, line: str, reason: str) -> None:
    items = log(tmp_path, f"{at(0)} <bo> hello", f"{at(1)} {line}")

    assert leaves_out(items) == {reason: 1}


@pytest.mark.parametrize(
    "line",
    [
        "2020-01-01T10:00 <ana> hello",
        "2020-01-01 10:00:00 <@ana> hello",
        "[2020-01-01 10:00:00] < ana> hello",
        "2020-01-01T12:00:00+02:00 <ana> hello",
        '<span class="irc-date">[10:00]</span> <span class="irc-black">&lt;ana&gt; <b>hello</b></span><br />',
        "10:00 <ana> \x02hello\x0f",
    ],
)
def test_a_line_is_read_in_each_of_its_shapes(tmp_path: Path, line: str) -> None:
    idea = only(Idea, log(tmp_path, line, name="2020-01-01.log"))[0]

    assert (idea.at.isoformat(), idea.author, idea.text) == ("2020-01-01T10:00:00+00:00", "nick:ana", "hello")


def test_html_is_what_it_shows(tmp_path: Path) -> None:
    line = (
        '<span class="irc-date">[1:05]</span> <span class="irc-black">&lt;ana&gt; see '
        '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a> &amp; more</span><br />'
    )

    assert (
        only(Idea, log(tmp_path, line, name="2020-01-01.log"))[0].text
        == "see https://example.org/?a=1&b=2 & more"
    )


def test_a_log_is_read_from_xz_from_zip_and_from_a_folder_of_days_alike(tmp_path: Path) -> None:
    lines = f"{at(0)} <ana> hello\n{at(1)} <bo> hello\n".encode()
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "a.log").write_bytes(lines)
    (tmp_path / "log.xz").write_bytes(lzma.compress(lines[:20]) + lzma.compress(lines[20:]) + bytes(8))
    with zipfile.ZipFile(tmp_path / "log.zip", "w") as archive:
        archive.writestr("a.log", lines)

    streams = [
        list(detect(tmp_path / name).read(tmp_path / name, silently))
        for name in ("days", "log.xz", "log.zip")
    ]
    assert streams[0] == streams[1] == streams[2]
    assert report(streams[0]).counted == {"messages": 2}


def test_a_day_that_two_files_hold_is_taken_once(tmp_path: Path) -> None:
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_text(f"{at(0)} <ana> hello\n{at(0)} <ana> hello\n")

    items = list(read(tmp_path, silently))
    assert report(items).counted == {"messages": 2}
    assert leaves_out(items) == {"messages that another file holds too": 2}


def test_the_meetings_give_what_they_hold(shared_data: Path) -> None:
    held = report(list(read(shared_data / "irc" / "duraspace-2009-2018.messages.txt.xz", silently)))

    assert held.counted == {"messages": 82_947, "messages through a bridge": 6_600}
    assert held.ideas + held.comments == 82_947
    assert (held.people, held.ideas) == (294, 1_015)
    assert held.left_out["messages by bots"] == 6_379


def test_the_days_as_they_were_kept_give_the_same_people(shared_data: Path) -> None:
    items = list(read(shared_data / "irc" / "original-2011", silently))

    assert report(items).counted == {"messages": 725}
    assert {"nick:tdonohue", "nick:mhwood"} <= {person.source_id for person in only(Person, items)}
    assert leaves_out(items)["people who come, go or change their nick"] == 278
